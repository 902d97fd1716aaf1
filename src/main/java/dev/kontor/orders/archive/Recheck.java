package dev.kontor.orders.archive;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderStatus;

/** When an order is looked at again although nothing was announced: soon while it is young, seldom when it is old. */
final class Recheck {

    private static final Duration SOONEST = Duration.ofHours(1);
    private static final Duration LATEST = Duration.ofDays(7);

    private Recheck() {}

    static @Nullable Instant after(MarketplaceOrder order, Instant now) {
        return after(order.status(), order.placedAt(), now);
    }

    /** After a tenth of the order's age; never for an order that is settled. */
    static @Nullable Instant after(OrderStatus status, Instant placedAt, Instant now) {
        if (!status.open()) {
            return null;
        }
        var tenth = Duration.between(placedAt, now).dividedBy(10);
        var wait = tenth.compareTo(SOONEST) < 0 ? SOONEST : tenth.compareTo(LATEST) > 0 ? LATEST : tenth;
        return now.plus(wait);
    }
}
