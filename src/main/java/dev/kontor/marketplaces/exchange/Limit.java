package dev.kontor.marketplaces.exchange;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.ConstructorBinding;

/**
 * How fast calls may follow one another. In no stretch of 60 seconds, wherever it begins, are there more than
 * {@code burst + perMinute} of them.
 *
 * @param burst how many calls may follow at once after a quiet time
 * @param perMinute how many calls a minute are permitted in the long run, evenly spread; less than one where a call has
 *     to wait for minutes
 * @param full whether the burst is there from the start, which a limit may have that is for an hour or a day
 */
public record Limit(long burst, double perMinute, boolean full) {

    /** Below, what was used before a restart is worth remembering. */
    private static final double FEW = 2;

    @ConstructorBinding
    public Limit {
        if (burst < 1 || !(perMinute > 0) || Double.isInfinite(perMinute)) {
            throw new IllegalArgumentException("a limit permits at least one call: " + burst + ", " + perMinute);
        }
    }

    public Limit(long burst, double perMinute) {
        this(burst, perMinute, false);
    }

    /** Where every call counts: nothing is saved by beginning with none of them, and much is lost. */
    boolean permitsFew() {
        return perMinute < FEW;
    }

    /** How long it takes until one more call is permitted. */
    public Duration oneMoreAfter() {
        return Duration.ofNanos((long) Math.ceil(60e9 / perMinute));
    }

    Limit at(double otherPerMinute) {
        return new Limit(burst, otherPerMinute, full);
    }

    /** The limit of one of several who share it; never nothing. */
    Limit share(double share) {
        return new Limit(Math.max(1, (long) (burst * share)), perMinute * share, full);
    }
}
