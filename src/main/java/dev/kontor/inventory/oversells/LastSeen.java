package dev.kontor.inventory.oversells;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.oversells.Facts.Sent;
import dev.kontor.inventory.oversells.Facts.Standing;

/**
 * What a listing was seen to show before a sale, when it was what it was to show, and the most that it can have been given
 * since.
 *
 * @param write that it was seen to have brought, null where that is not known
 * @param most units that it can have sold since then by what Kontor let it show
 */
record LastSeen(@Nullable Sent write, Instant at, long most) {

    /** @param writes the newest first */
    static @Nullable LastSeen of(List<Sent> writes, @Nullable Standing standing, Instant soldAt) {
        var write = writes.stream()
                .filter(it -> it.verifiedAt() != null && it.verifiedAt().isBefore(soldAt))
                .findFirst()
                .orElse(null);
        var shown = write == null ? null : write.desired();
        var at = write == null ? null : write.verifiedAt();
        var seen = standing == null
                ? null
                : standing.seen().stream()
                        .filter(it -> it.at().isBefore(soldAt))
                        .findFirst()
                        .orElse(null);
        if (seen != null && (at == null || seen.at().isAfter(at))) {
            shown = seen.shown();
            at = seen.at();
        }
        return shown == null || at == null
                ? null
                : new LastSeen(write, at, shown + givenSince(writes, write, at, soldAt));
    }

    /** Wherever a plain number took effect, it put no more on sale than it says. */
    private static long givenSince(List<Sent> writes, @Nullable Sent last, Instant seenAt, Instant soldAt) {
        return writes.stream()
                .filter(write -> !write.refused() && !write.sentAt().isAfter(soldAt.plus(Exposures.CLOCKS)))
                .filter(write -> write.sentAt().isAfter(seenAt) || last != null && write.number() > last.number())
                .mapToLong(write -> Math.max(0, write.quantity()))
                .sum();
    }

    /** Sales since then were surely made after it was seen. */
    Instant surelyAfter() {
        return at.plus(Exposures.CLOCKS);
    }
}
