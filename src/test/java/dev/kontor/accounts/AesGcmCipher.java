package dev.kontor.accounts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

import dev.kontor.privacy.Cipher;

/** Authenticated encryption with a key set in memory; the first byte says which key. */
public final class AesGcmCipher implements Cipher {

    private static final int NONCE = 12;

    private final List<SecretKey> keys = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();

    public AesGcmCipher() {
        rotate();
    }

    public synchronized void rotate() {
        try {
            keys.add(KeyGenerator.getInstance("AES").generateKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized byte[] encrypt(byte[] plain, String context) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var key = keys.size() - 1;
        var sealed = run(javax.crypto.Cipher.ENCRYPT_MODE, key, nonce, plain, context);
        return ByteBuffer.allocate(1 + NONCE + sealed.length)
                .put((byte) key)
                .put(nonce)
                .put(sealed)
                .array();
    }

    @Override
    public synchronized byte[] decrypt(byte[] encrypted, String context) {
        var buffer = ByteBuffer.wrap(encrypted);
        var key = buffer.get();
        var nonce = new byte[NONCE];
        buffer.get(nonce);
        var sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        return run(javax.crypto.Cipher.DECRYPT_MODE, key, nonce, sealed, context);
    }

    @Override
    public synchronized boolean isOutdated(byte[] encrypted) {
        return encrypted[0] != keys.size() - 1;
    }

    private byte[] run(int mode, int key, byte[] nonce, byte[] input, String context) {
        try {
            var cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.get(key), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key opens the ciphertext of " + context, e);
        }
    }
}
