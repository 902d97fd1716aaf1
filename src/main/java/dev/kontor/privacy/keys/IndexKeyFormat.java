package dev.kontor.privacy.keys;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** {@code words.key}: 32 random bytes and their SHA-256. */
final class IndexKeyFormat implements KeyFormat<IndexKey> {

    @Override
    public String name() {
        return "words";
    }

    @Override
    public String fileName() {
        return "words.key";
    }

    @Override
    public IndexKey create() {
        var secret = new byte[IndexKey.LENGTH];
        new SecureRandom().nextBytes(secret);
        return new IndexKey(secret);
    }

    @Override
    public byte[] write(IndexKey key) {
        return Checksum.append(key.secret());
    }

    @Override
    public IndexKey read(byte[] content) throws IOException {
        var secret = Checksum.verify(content);
        if (secret.length != IndexKey.LENGTH) {
            throw new IOException("the file is damaged: its length is wrong");
        }
        return new IndexKey(secret);
    }

    @Override
    public byte[] fingerprint(IndexKey key) {
        return key.hash("check").doFinal();
    }

    @Override
    public boolean matches(IndexKey key, byte[] fingerprint) {
        return MessageDigest.isEqual(fingerprint(key), fingerprint);
    }
}
