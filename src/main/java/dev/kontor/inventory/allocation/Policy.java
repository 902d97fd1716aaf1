package dev.kontor.inventory.allocation;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the seller wishes for a listing.
 *
 * @param buffer units of each item that the listing leaves alone
 * @param minimum fewer than these are not shown
 * @param maximum more than these are not shown; null where all are
 * @param paused shows none
 * @param from the level that decided a field; Kontor's own default decided those that are missing
 */
public record Policy(
        Strategy strategy,
        int buffer,
        int minimum,
        @Nullable Integer maximum,
        boolean paused,
        Map<Field, Level> from) {

    /** What of Kontor decides where nobody said anything. */
    public static final Policy OF_KONTOR = new Policy(Strategy.AUTO, 0, 0, null, false, Map.of());

    public enum Field {
        STRATEGY,
        BUFFER,
        MINIMUM,
        MAXIMUM,
        PAUSED
    }

    /** Whom a policy is for, the more particular the later. */
    public enum Level {
        DEFAULT,
        ITEM,
        ACCOUNT,
        LISTING
    }

    public Policy {
        if (buffer < 0 || minimum < 0 || maximum != null && maximum < 0) {
            throw new IllegalArgumentException("a policy's numbers are not negative");
        }
        from = Map.copyOf(from);
    }
}
