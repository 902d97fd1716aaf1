package dev.kontor.privacy.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import org.springframework.stereotype.Component;

import dev.kontor.privacy.Cipher;

/** {@link Cipher} with the key set in {@code credentials.json}. */
@Component
class KeySetCipher implements Cipher {

    private final KeyFile<CredentialKeys> file;

    KeySetCipher(KeyFile<CredentialKeys> file) {
        this.file = file;
    }

    @Override
    public byte[] encrypt(byte[] plain, String context) {
        try {
            return file.keys().aead().encrypt(plain, bytes(context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not encrypt for " + context, e);
        }
    }

    @Override
    public byte[] decrypt(byte[] encrypted, String context) {
        try {
            return keysFor(encrypted).aead().decrypt(encrypted, bytes(context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key opens what was encrypted for " + context, e);
        }
    }

    @Override
    public boolean isOutdated(byte[] encrypted) {
        return CredentialKeys.keyOf(encrypted) != keysFor(encrypted).primary();
    }

    /** Another instance may have rotated the key set a moment ago. */
    private CredentialKeys keysFor(byte[] encrypted) {
        var keys = file.keys();
        return keys.has(CredentialKeys.keyOf(encrypted)) ? keys : file.latest();
    }

    private static byte[] bytes(String context) {
        return context.getBytes(StandardCharsets.UTF_8);
    }
}
