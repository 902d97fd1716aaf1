package dev.kontor.inventory.oversells;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.oversells.Facts.Sent;
import dev.kontor.inventory.oversells.Facts.Sold;
import dev.kontor.inventory.oversells.Facts.Standing;

/**
 * What a listing was seen to show before a sale, when it was what it was to show, and what was sent to it since.
 *
 * @param write that it was seen to have brought, null where that is not known
 * @param sent since then, the oldest first
 */
record LastSeen(@Nullable Sent write, Instant at, long shown, List<Sent> sent) {

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
                : new LastSeen(write, at, shown, sentSince(writes, write, at, soldAt));
    }

    private static List<Sent> sentSince(List<Sent> writes, @Nullable Sent last, Instant seenAt, Instant soldAt) {
        return writes.reversed().stream()
                .filter(write -> !write.refused() && !write.sentAt().isAfter(soldAt.plus(Exposures.CLOCKS)))
                .filter(write -> write.sentAt().isAfter(seenAt) || last != null && write.number() > last.number())
                .toList();
    }

    /**
     * How many more were sold than it can have been given. A difference may have come at once; a number that replaces another
     * put no more on sale than it says, at any moment until it was done.
     *
     * @param sales since it was seen, the oldest first
     */
    long tooMany(List<Sold> sales) {
        long left = shown;
        long tooMany = 0;
        var before = Instant.MIN;
        for (var sale : sales) {
            for (var write : sent) {
                if (mayHaveCome(write, before, sale.at())) {
                    left = write.kind().equals("RELATIVE")
                            ? left + Math.max(0, write.quantity())
                            : Math.max(left, write.quantity());
                }
            }
            tooMany += Math.max(0, sale.units() - left);
            left = Math.max(0, left - sale.units());
            before = sale.at();
        }
        return tooMany;
    }

    private static boolean mayHaveCome(Sent write, Instant after, Instant until) {
        var first = write.sentAt().minus(Exposures.CLOCKS);
        if (write.kind().equals("RELATIVE")) {
            return first.isAfter(after) && !first.isAfter(until);
        }
        var doneAt = write.doubtful() ? null : write.doneAt();
        return !first.isAfter(until)
                && (doneAt == null || doneAt.plus(Exposures.CLOCKS).isAfter(after));
    }

    /** Sales since then were surely made after it was seen. */
    Instant surelyAfter() {
        return at.plus(Exposures.CLOCKS);
    }

    /** Sales since then may have been. */
    Instant perhapsAfter() {
        return at.minus(Exposures.CLOCKS);
    }
}
