package dev.kontor.inventory.oversells;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One thing on record that explains an oversell, with the instants that prove it.
 *
 * @param soldAt when the sale that was one too many was made, by the marketplace's clock
 * @param order whose sale it was that should have been known, written or put back
 * @param account of that order
 * @param placedAt of that order
 * @param heardAt when Kontor heard of that order
 * @param movement of the position by which fewer were available
 * @param movedAt when it was written
 * @param write number of the write that came too late, or said too much
 * @param shown what the listing was to show by it
 * @param sold what the listing has sold since
 * @param gapSeconds how long it took; that long the listing could sell what was not there
 */
public record Finding(
        Cause cause,
        Instant soldAt,
        @Nullable UUID order,
        @Nullable UUID account,
        @Nullable Instant placedAt,
        @Nullable Instant heardAt,
        @Nullable Long movement,
        @Nullable Instant movedAt,
        @Nullable Long write,
        @Nullable Instant sentAt,
        @Nullable Instant appliedAt,
        @Nullable Instant verifiedAt,
        @Nullable Long shown,
        @Nullable Long sold,
        @Nullable Double gapSeconds) {}
