package dev.kontor.privacy.keys;

import java.io.IOException;

/** What one kind of key file holds and how. */
interface KeyFormat<T> {

    /** Under which the database knows it. */
    String name();

    String fileName();

    /** New random keys. */
    T create();

    byte[] write(T keys);

    /** @throws IOException when the content is damaged; the message does not quote it */
    T read(byte[] content) throws IOException;

    /** By which a database can tell its own keys from others without being able to use them. */
    byte[] fingerprint(T keys);

    boolean matches(T keys, byte[] fingerprint);

    /** Whether a running Kontor may go on with {@code now}; not so where it would miss keys that it has used. */
    default boolean follows(T before, T now) {
        return true;
    }

    /** Whether the keys cannot open what the database of this generation holds. */
    default boolean isOlderThan(T keys, long generation) {
        return false;
    }
}
