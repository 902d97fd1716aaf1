package dev.kontor.orders;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/**
 * An account's changes were not read for so long that a good part of the marketplace's retention is used up; at its end
 * changes are lost for the feed. Published when the level changes, also back to normal.
 *
 * @param share of the retention that has passed since the last successful read, 0 to 1 and beyond
 */
@DomainEvent
public record FeedWindowUsed(AccountId account, Level level, double share, Instant lastReadAt) {

    public enum Level {
        NORMAL,
        /** A quarter is used. */
        WARNING,
        /** Half is used. */
        CRITICAL;

        public static Level of(double share) {
            return share >= 0.5 ? CRITICAL : share >= 0.25 ? WARNING : NORMAL;
        }
    }
}
