package dev.kontor.privacy.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kontor.privacy.keys.KeyDirectory.Stamp;

/** A key file and what it holds at present; another instance may replace it at any time. */
public final class KeyFile<T> {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final KeyDirectory directory;
    private final KeyFormat<T> format;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
    private volatile Loaded<T> loaded;

    private record Loaded<T>(T keys, Stamp stamp) {}

    private KeyFile(KeyDirectory directory, KeyFormat<T> format, Loaded<T> loaded) {
        this.directory = directory;
        this.format = format;
        this.loaded = loaded;
    }

    /** @throws UnusableKeys when the file is missing or damaged */
    static <T> KeyFile<T> open(KeyDirectory directory, KeyFormat<T> format) {
        try {
            return new KeyFile<>(directory, format, load(directory, format));
        } catch (IOException e) {
            throw unusable(directory, format, e);
        }
    }

    /** However many start at once, one creates the file and all use it. */
    static <T> KeyFile<T> openOrCreate(KeyDirectory directory, KeyFormat<T> format) {
        try {
            return directory.locked(() -> {
                directory.sweep(format.fileName());
                if (directory.stamp(format.fileName()) == null) {
                    directory.replace(format.fileName(), format.write(format.create()));
                }
                return open(directory, format);
            });
        } catch (IOException e) {
            throw unusable(directory, format, e);
        }
    }

    /** At most a second behind what other instances did. */
    public T keys() {
        var now = System.nanoTime();
        var before = lookedAt.get();
        if (now - before >= LOOK_EVERY && lookedAt.compareAndSet(before, now)) {
            return latest();
        }
        return loaded.keys();
    }

    /** As the file is now. Where it cannot be read, what was read last goes on serving. */
    public synchronized T latest() {
        try {
            if (!loaded.stamp().equals(directory.stamp(format.fileName()))) {
                loaded = follow(load(directory, format));
            }
        } catch (IOException e) {
            log.error("The key file {} cannot be read; Kontor goes on with the keys it has read before", path(), e);
        }
        return loaded.keys();
    }

    /** Replaces the keys by {@code change} of what the file holds now; when this returns, it is on the disk. */
    public T replace(UnaryOperator<T> change) {
        try {
            return directory.locked(() -> {
                var present = follow(load(directory, format)).keys();
                var changed = change.apply(present);
                if (changed != present) {
                    directory.replace(format.fileName(), format.write(changed));
                }
                return latest();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + path() + " could not be replaced", e);
        }
    }

    private Loaded<T> follow(Loaded<T> present) throws IOException {
        if (!format.follows(loaded.keys(), present.keys())) {
            throw new IOException("the file is an older copy that lacks keys in use");
        }
        return present;
    }

    KeyFormat<T> format() {
        return format;
    }

    private String path() {
        return directory.resolve(format.fileName()).toString();
    }

    /** The stamp is taken first: a file replaced in between is then read once more, and never missed. */
    private static <T> Loaded<T> load(KeyDirectory directory, KeyFormat<T> format) throws IOException {
        var stamp = directory.stamp(format.fileName());
        var content = directory.read(format.fileName());
        if (stamp == null || content == null) {
            throw new IOException("the file is missing");
        }
        return new Loaded<>(format.read(content), stamp);
    }

    private static UnusableKeys unusable(KeyDirectory directory, KeyFormat<?> format, IOException cause) {
        return new UnusableKeys(
                "KONTOR_KEYS: " + directory.resolve(format.fileName()) + " cannot be used (" + reason(cause)
                        + "); put the key files of this database back.",
                cause);
    }

    private static String reason(IOException cause) {
        return cause instanceof AccessDeniedException ? "access is denied" : String.valueOf(cause.getMessage());
    }
}
