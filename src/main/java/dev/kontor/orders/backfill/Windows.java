package dev.kontor.orders.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.Period;

/**
 * Cuts the past into windows of about equally many orders, the oldest first, so that several can be read at a time. How
 * long such a window is, is learned from those read before.
 */
class Windows {

    /** Orders that a window should hold: a few pages. */
    private static final long ORDERS = 500;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Instant end;
    private @Nullable Place interrupted;
    private Instant next;
    private Duration length;

    /**
     * Where to read.
     *
     * @param position in the window, null at its start
     * @param readTo where an earlier turn was interrupted: what was placed until then was read
     */
    record Place(
            Period window,
            @Nullable Cursor position,
            @Nullable Instant readTo) {

        Place goOn(Cursor next) {
            return new Place(window, next, null);
        }

        boolean isAhead(MarketplaceOrder order) {
            return readTo == null || order.placedAt().isAfter(readTo);
        }
    }

    Windows(BackfillState from) {
        end = from.period().to();
        interrupted = from.window() == null ? null : new Place(from.window(), from.position(), from.reachedAt());
        next = from.window() == null ? from.reachedAt() : from.window().to();
        var whole = Duration.between(from.period().from(), end);
        var orders = from.total() == null ? ORDERS : Math.max(1, from.total());
        length = within(SHORTEST, whole.toMillis() * (double) ORDERS / orders, whole);
    }

    Optional<Place> next() {
        if (interrupted != null) {
            var place = interrupted;
            interrupted = null;
            return Optional.of(place);
        }
        if (!next.isBefore(end)) {
            return Optional.empty();
        }
        var to = next.plus(length).isBefore(end) ? next.plus(length) : end;
        var window = new Period(next, to);
        next = to;
        return Optional.of(new Place(window, null, null));
    }

    /** The next ones become longer or shorter. */
    void held(Period window, long orders) {
        var millis = Duration.between(window.from(), window.to()).toMillis();
        var fitting = millis * (double) ORDERS / Math.max(1, orders);
        length = within(
                length.dividedBy(4).compareTo(SHORTEST) > 0 ? length.dividedBy(4) : SHORTEST,
                fitting,
                length.multipliedBy(4));
    }

    private static Duration within(Duration least, double millis, Duration most) {
        var length = Duration.ofMillis((long) millis);
        if (length.compareTo(least) < 0) {
            return least;
        }
        return length.compareTo(most) > 0 ? most : length;
    }
}
