package dev.kontor.notifications.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of the Standard Webhooks specification, version 1. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The value of the header: one for each key, so that a receiver that has any of them finds its own. */
    static String of(List<byte[]> keys, UUID message, Instant sentAt, String body) {
        if (keys.isEmpty()) { // its endpoint was just deleted
            throw new IllegalStateException("no key signs the message " + message);
        }
        var signed = (message + "." + sentAt.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(mac(key, signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] mac(byte[] key, byte[] signed) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
