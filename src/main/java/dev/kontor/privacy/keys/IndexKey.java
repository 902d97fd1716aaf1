package dev.kontor.privacy.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of the blind indexes; each purpose gets one of its own derived from it. */
public final class IndexKey {

    static final int LENGTH = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;

    IndexKey(byte[] secret) {
        this.secret = secret;
    }

    byte[] secret() {
        return secret;
    }

    /** An HMAC-SHA256 ready for use; not thread-safe, but a clone of it costs little. */
    public Mac hash(String purpose) {
        try {
            var derivation = Mac.getInstance(HMAC);
            derivation.init(new SecretKeySpec(secret, HMAC));
            var hash = Mac.getInstance(HMAC);
            hash.init(new SecretKeySpec(derivation.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), HMAC));
            return hash;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "IndexKey[masked]";
    }
}
