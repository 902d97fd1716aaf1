package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrdersArchived.Merge;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.OrderRows.Seen;

/** Tells what of a batch is new to the archive. */
class News {

    private final List<OrderVersion> placed = new ArrayList<>();
    private final List<OrderVersion> changed = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final List<Merge> merged = new ArrayList<>();
    private final Set<UUID> vanished = new HashSet<>();
    private int stale;

    /** @param told the id that a first sign of it has */
    void take(PreparedOrder prepared, @Nullable KnownOrder before, @Nullable UUID told, Source source, Instant now) {
        if (before == null) {
            placed.add(OrderVersion.first(told, prepared, now));
            return;
        }
        if (before.vanished()) {
            vanished.add(before.id());
        }
        var newer = before.supersededBy(prepared.order());
        var same = before.sameContent(prepared.content());
        if (newer && !same) {
            changed.add(OrderVersion.next(before, prepared, now));
        } else if (newer && (before.vanished() || single(source))) {
            seen.add(new Seen(before.id(), prepared.order().asOf()));
        } else if (!newer && !same) {
            stale++;
        }
    }

    /**
     * Lists tell little that is new of most orders; to note each time that one was seen in them would cost more than it
     * is worth.
     */
    private static boolean single(Source source) {
        return switch (source) {
            case FEED, HOOK, SWEEP, RETRY -> true;
            case BACKFILL, CERTIFICATE -> false;
        };
    }

    List<OrderVersion> placed() {
        return placed;
    }

    List<OrderVersion> changed() {
        return changed;
    }

    List<Seen> seen() {
        return seen;
    }

    void merged(List<Merge> found) {
        merged.addAll(found);
    }

    List<Merge> merged() {
        return merged;
    }

    /** They were thought to have vanished, and something newer was seen of them. */
    List<OrderId> reappeared() {
        return Stream.concat(
                        changed.stream().map(OrderVersion::id), seen.stream().map(Seen::id))
                .filter(vanished::contains)
                .map(OrderId::new)
                .toList();
    }

    Stored counted(int all, int refused) {
        var unchanged = all - placed.size() - changed.size() - stale - refused;
        return new Stored(placed.size(), changed.size(), unchanged, stale, refused);
    }
}
