package dev.kontor.inventory.oversells;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.oversells.Facts.Moved;
import dev.kontor.inventory.oversells.Facts.Sent;

/**
 * One thing on record that explains an oversell, with the instants that prove it.
 *
 * @param soldAt when the sale that was one too many was made, by the marketplace's clock; where the earlier sale was heard of
 *     last, that is the later one's
 * @param order whose sale should have been known or written, was written over, or was cancelled
 * @param account of that order
 * @param placedAt of that order
 * @param heardAt when Kontor heard of that order
 * @param movement of the position by which fewer were available
 * @param movedAt when it was written
 * @param write number of the write that came too late, was refused, or said too much
 * @param shown what the listing was to show by it, and all that it was given since
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
        @Nullable Double gapSeconds) {

    static Finding of(Cause cause, Instant soldAt, @Nullable Moved other, @Nullable Sent write) {
        var verifiedAt = write == null ? null : write.verifiedAt();
        return of(cause, soldAt, other, write, verifiedAt, write == null ? null : write.desired(), null);
    }

    /**
     * @param sold by the listing since it was seen so
     * @param tooMany of those that it cannot have been given
     */
    static Finding of(
            Cause cause,
            Instant soldAt,
            @Nullable Moved other,
            @Nullable Sent write,
            LastSeen seen,
            long sold,
            long tooMany) {
        return of(cause, soldAt, other, write, seen.at(), sold - tooMany, sold);
    }

    private static Finding of(
            Cause cause,
            Instant soldAt,
            @Nullable Moved other,
            @Nullable Sent write,
            @Nullable Instant verifiedAt,
            @Nullable Long shown,
            @Nullable Long sold) {
        return new Finding(
                cause,
                soldAt,
                other == null ? null : other.order(),
                other == null ? null : other.account(),
                other == null ? null : other.placedAt(),
                other == null || other.order() == null ? null : other.heard(),
                other == null ? null : other.number(),
                other == null ? null : other.at(),
                write == null ? null : write.number(),
                write == null ? null : write.sentAt(),
                write == null ? null : write.appliedAt(),
                verifiedAt,
                shown,
                sold,
                other == null ? null : gap(cause, other, write));
    }

    private static @Nullable Double gap(Cause cause, Moved other, @Nullable Sent write) {
        return switch (cause) {
            case NOT_HEARD -> seconds(other.placedAt(), other.heard());
            case NOT_MATCHED -> seconds(other.heard(), other.at());
            case NOT_WRITTEN -> seconds(other.at(), write == null ? null : write.sentAt());
            case NOT_APPLIED -> seconds(other.at(), write == null ? null : write.appliedAt());
            case NOT_VERIFIED -> seconds(other.at(), write == null ? null : write.verifiedAt());
            case SHOWED_MORE,
                    OBSERVED,
                    INACTIVE,
                    HELD,
                    REFUSED,
                    OVERWRITTEN,
                    PUT_BACK,
                    WRITE_IN_DOUBT,
                    TAKEN_AWAY,
                    UNEXPLAINED -> null;
        };
    }

    private static @Nullable Double seconds(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null
                ? null
                : Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
    }
}
