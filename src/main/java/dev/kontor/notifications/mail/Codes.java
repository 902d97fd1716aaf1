package dev.kontor.notifications.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/** Codes and tokens that cannot be guessed. */
final class Codes {

    private static final String UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Codes() {}

    static String ofLength(int length) {
        return RANDOM.ints(length, 0, UNMISTAKABLE.length())
                .mapToObj(UNMISTAKABLE::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** Few guesses are allowed and for a day: a slow hash would protect no better. */
    static byte[] hash(String code) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(code.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A name of the same length for everything, that tells nothing of it. */
    static String name(String key) {
        return HexFormat.of().formatHex(hash(key), 0, 16);
    }
}
