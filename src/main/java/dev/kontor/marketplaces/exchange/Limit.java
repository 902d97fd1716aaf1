package dev.kontor.marketplaces.exchange;

import org.springframework.boot.context.properties.bind.ConstructorBinding;

/**
 * How fast calls may follow one another. In no stretch of 60 seconds, wherever it begins, are there more than
 * {@code burst + perMinute} of them.
 *
 * @param burst how many calls may follow at once after a quiet time
 * @param perMinute how many calls a minute are permitted in the long run, evenly spread
 * @param full whether the burst is there from the start, which a limit may have that is for an hour or a day
 */
public record Limit(long burst, long perMinute, boolean full) {

    @ConstructorBinding
    public Limit {
        if (burst < 1 || perMinute < 1) {
            throw new IllegalArgumentException("a limit permits at least one call: " + burst + ", " + perMinute);
        }
    }

    public Limit(long burst, long perMinute) {
        this(burst, perMinute, false);
    }

    /** The limit of one of several who share it; never nothing. */
    Limit share(double share) {
        return new Limit(Math.max(1, (long) (burst * share)), Math.max(1, (long) (perMinute * share)), full);
    }
}
