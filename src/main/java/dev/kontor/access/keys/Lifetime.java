package dev.kontor.access.keys;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.InvalidField;

/**
 * How long a key is good. A key that everybody has forgotten is the one that leaks unnoticed, so each one expires: after
 * a quarter unless told otherwise, and after a year and a day at the latest, that it can be renewed on the same day of
 * each year.
 */
final class Lifetime {

    static final Duration USUAL = Duration.ofDays(90);
    static final Duration LONGEST = Duration.ofDays(367);

    private Lifetime() {}

    static Instant end(@Nullable Instant wanted, Duration usual, Instant now) {
        if (wanted == null) {
            return now.plus(usual.compareTo(LONGEST) > 0 ? LONGEST : usual);
        }
        if (!wanted.isAfter(now)) {
            throw new InvalidField("expiresAt", "must be in the future");
        }
        if (wanted.isAfter(now.plus(LONGEST))) {
            throw new InvalidField("expiresAt", "must be at most " + LONGEST.toDays() + " days ahead");
        }
        return wanted;
    }
}
