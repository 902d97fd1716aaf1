package dev.kontor.inventory.oversells;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.OversellId;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.orders.OrderId;

/**
 * Units of a position that were sold and are not there.
 *
 * @param movement its number in the position
 * @param order whose line it was; null where goods were taken away
 * @param units by how many it became worse
 * @param cause null for the few seconds until it was looked for
 * @param findings all that explains it, what says most first
 */
public record Oversell(
        OversellId id,
        long position,
        StockAt stock,
        long movement,
        @Nullable AccountId account,
        @Nullable ListingId listing,
        @Nullable OrderId order,
        @Nullable String line,
        long units,
        Instant detectedAt,
        @Nullable Instant resolvedAt,
        @Nullable Cause cause,
        List<Finding> findings,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable String note,
        long version) {

    public Oversell {
        findings = List.copyOf(findings);
    }

    public enum State {
        OPEN,
        /** Somebody has accepted it, and there still is not enough. */
        ACKNOWLEDGED,
        RESOLVED
    }

    public State state() {
        if (resolvedAt != null) {
            return State.RESOLVED;
        }
        return acknowledgedAt == null ? State.OPEN : State.ACKNOWLEDGED;
    }
}
