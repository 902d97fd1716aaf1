package dev.kontor.privacy.keys;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A SHA-256 behind the content of a file, so that a damaged key is noticed before anything is encrypted with it. */
final class Checksum {

    private static final int LENGTH = 32;

    private Checksum() {}

    static byte[] append(byte[] content) {
        var sealed = Arrays.copyOf(content, content.length + LENGTH);
        System.arraycopy(sha256(content), 0, sealed, content.length, LENGTH);
        return sealed;
    }

    static byte[] verify(byte[] sealed) throws IOException {
        if (sealed.length < LENGTH) {
            throw new IOException("the file is damaged: it is too short");
        }
        var content = Arrays.copyOf(sealed, sealed.length - LENGTH);
        if (!MessageDigest.isEqual(sha256(content), Arrays.copyOfRange(sealed, content.length, sealed.length))) {
            throw new IOException("the file is damaged: its checksum does not match");
        }
        return content;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
