package dev.kontor.privacy.keys;

import java.nio.file.Path;

/** What another instance has of the same files. */
public final class AnotherInstance {

    private AnotherInstance() {}

    public static KeyFile<BuyerKeys> buyerKeys(Path keys) {
        return KeyFile.open(new KeyDirectory(keys), new BuyerKeysFormat());
    }

    /** @throws UnusableKeys as a start does */
    public static KeyFile<BuyerKeys> started(KeyChecks checks, Path keys) {
        return checks.open(new KeyDirectory(keys), new BuyerKeysFormat());
    }
}
