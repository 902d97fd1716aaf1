package dev.kontor.inventory.oversells;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.oversells.Facts.Sent;
import dev.kontor.inventory.oversells.Facts.Standing;

/**
 * What a listing was seen to show before a sale, when it was what it was to show, and nothing was sent to it since.
 *
 * @param write that it was seen to have brought, null where that is not known
 */
record LastSeen(@Nullable Sent write, Instant at, long shown) {

    /** @param writes the newest first */
    static @Nullable LastSeen of(List<Sent> writes, @Nullable Standing standing, Instant soldAt) {
        var write = writes.stream()
                .filter(it -> it.verifiedAt() != null && it.verifiedAt().isBefore(soldAt))
                .findFirst()
                .orElse(null);
        var shown = write == null ? null : write.desired();
        var at = write == null ? null : write.verifiedAt();
        var verifiedAt = standing == null ? null : standing.verifiedAt();
        if (standing != null
                && verifiedAt != null
                && verifiedAt.isBefore(soldAt)
                && (at == null || verifiedAt.isAfter(at))) {
            shown = standing.verified();
            at = verifiedAt;
        }
        return shown == null || at == null || sentSince(writes, write, at, soldAt)
                ? null
                : new LastSeen(write, at, shown);
    }

    private static boolean sentSince(List<Sent> writes, @Nullable Sent last, Instant seenAt, Instant soldAt) {
        return writes.stream()
                .filter(write -> !write.refused() && !write.sentAt().isAfter(soldAt.plus(Exposures.CLOCKS)))
                .anyMatch(write -> write.sentAt().isAfter(seenAt) || last != null && write.number() > last.number());
    }

    /** Sales since then were surely made after it was seen. */
    Instant surelyAfter() {
        return at.plus(Exposures.CLOCKS);
    }
}
