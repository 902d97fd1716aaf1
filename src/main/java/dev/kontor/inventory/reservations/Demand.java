package dev.kontor.inventory.reservations;

import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.orders.OrderView;

/**
 * What a line demands of the stock, by all that the archive has of it at the moment: the same however it came to be known.
 *
 * @param order that has the line: of several the one that is furthest, and of these the one that was archived last
 * @param soldAt when the first order that had the line was placed
 */
record Demand(String line, OrderView order, Kind kind, long quantity, Instant soldAt, Seen offer) {

    /** How many units of the listing are gone. */
    long sold() {
        return kind == Kind.NOTHING ? 0 : quantity;
    }

    enum Kind {
        NOTHING,
        RESERVED,
        /** Nobody knows whether it was shipped: whatever it has it keeps, and one that has nothing reserves. */
        UNCLEAR,
        SHIPPED
    }

    private static final Comparator<OrderView> FURTHEST = Comparator.comparing((OrderView order) -> judged(order))
            .thenComparing(order -> order.id().toString());

    /**
     * @param orders all that have the line
     * @param from lines that were sold before demand nothing and never did
     * @return null for such a line
     */
    static @Nullable Demand of(String line, List<OrderView> orders, Instant from) {
        var soldAt = orders.stream().map(OrderView::placedAt).min(Comparator.naturalOrder());
        if (soldAt.isEmpty() || soldAt.get().isBefore(from)) {
            return null;
        }
        var order = orders.stream().max(FURTHEST).orElseThrow();
        var lines = order.lines().stream()
                .filter(it -> it.externalId().equals(line))
                .toList();
        var first = lines.getFirst();
        // half a unit cannot be reserved, and to promise it twice would be worse than to keep the other half
        long quantity = lines.stream()
                .mapToLong(it -> it.quantity().setScale(0, RoundingMode.CEILING).longValueExact())
                .sum();
        return new Demand(
                line,
                order,
                quantity > 0 && !first.fulfilledByMarketplace() ? judged(order) : Kind.NOTHING,
                Math.max(0, quantity),
                soldAt.get(),
                new Seen(first.offer(), "", first.sku(), first.name()));
    }

    private static Kind judged(OrderView order) {
        if (order.mergedInto() != null || order.goneAt() != null) {
            return Kind.NOTHING;
        }
        return switch (order.status()) {
            case PLACED, UNPAID, READY, PROCESSING -> Kind.RESERVED;
            case UNKNOWN -> Kind.UNCLEAR;
            case SHIPPED, DELIVERED, RETURNED -> Kind.SHIPPED;
            case CANCELLED -> Kind.NOTHING;
        };
    }
}
