package dev.kontor.privacy;

/**
 * Encrypts what Kontor must be able to read again, such as credentials: authenticated encryption under a key set that can
 * be rotated while Kontor runs and that is never in the database.
 */
public interface Cipher {

    /** @param context authenticated along, so that a ciphertext moved to another row is refused; not secret */
    byte[] encrypt(byte[] plain, String context);

    /**
     * @throws IllegalStateException when no key of the set opens it, naming the context
     */
    byte[] decrypt(byte[] encrypted, String context);

    /** Whether {@code encrypted} was made by an older key than the one in use, so that it should be encrypted again. */
    boolean isOutdated(byte[] encrypted);
}
