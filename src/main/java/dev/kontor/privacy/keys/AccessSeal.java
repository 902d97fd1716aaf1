package dev.kontor.privacy.keys;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;

import dev.kontor.access.Seal;
import dev.kontor.privacy.Cipher;

/** Seals under the key set for credentials what the access module keeps. */
@SecondaryAdapter
@Component
class AccessSeal implements Seal {

    private final Cipher cipher;

    AccessSeal(Cipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public byte[] close(byte[] plain, String context) {
        return cipher.encrypt(plain, context);
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
        return cipher.decrypt(sealed, context);
    }
}
