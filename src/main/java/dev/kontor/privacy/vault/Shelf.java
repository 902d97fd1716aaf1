package dev.kontor.privacy.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.privacy.keys.LeafRange;

/**
 * An account's part of the tree of keys: 16 bit number, then 16 bit day, then 32 bit serial. Buyers of one day lie side by
 * side, so that forgetting whole days costs little.
 *
 * @param keepDays null keeps for ever
 * @param closedBefore leaves of earlier days are not given out any more
 */
record Shelf(UUID account, int number, @Nullable Integer keepDays, int closedBefore) {

    private static final int DAYS = 1 << 16;

    static int day(Instant at) {
        return (int)
                Math.clamp(Math.floorDiv(at.getEpochSecond(), Duration.ofDays(1).toSeconds()), 0, DAYS - 1);
    }

    /** The first leaf of the day on which a buyer shall be put: his own, unless that is closed or yet to come. */
    long place(Instant relevantAt, Instant now) {
        return first(Math.min(Math.max(day(relevantAt), closedBefore), day(now)));
    }

    long first(int day) {
        return ((long) number << 48) | ((long) day << 32);
    }

    long last() {
        return first(0) | 0xffff_ffff_ffffL;
    }

    /** Null where nothing is closed. */
    @Nullable
    LeafRange closed() {
        return closedBefore == 0 ? null : new LeafRange(first(0), first(closedBefore) - 1);
    }

    boolean hasExpired(Instant relevantAt, Instant now) {
        return keepDays != null && relevantAt.isBefore(now.minus(Duration.ofDays(keepDays)));
    }
}
