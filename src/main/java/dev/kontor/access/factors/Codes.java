package dev.kontor.access.factors;

import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;

/**
 * Codes of six digits that change every thirty seconds (RFC 6238, with the SHA-1 that every app knows). One code before and
 * after the present one is taken, for clocks differ.
 */
final class Codes {

    static final int SECRET_BYTES = 20;
    private static final int STEPS_ASIDE = 1;

    private static final TimeBasedOneTimePasswordGenerator GENERATOR = new TimeBasedOneTimePasswordGenerator();
    private static final long STEP = GENERATOR.getTimeStep().toSeconds();

    private Codes() {}

    /** @return the half minute that the code is of, if it is of one that is taken now and came after the last one */
    static OptionalLong step(byte[] secret, String code, Instant now, long last) {
        long present = now.getEpochSecond() / STEP;
        return LongStream.rangeClosed(present - STEPS_ASIDE, present + STEPS_ASIDE)
                .filter(step -> step > last && of(secret, step).equals(code))
                .findFirst();
    }

    private static String of(byte[] secret, long step) {
        SecretKey key = new SecretKeySpec(secret, GENERATOR.getAlgorithm());
        try {
            return GENERATOR.generateOneTimePasswordString(key, Instant.ofEpochSecond(step * STEP));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
