package dev.kontor.marketplaces;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.MarketplaceOrder.Line;

/**
 * What the news of a sale tells of it before the order is read: enough to keep the goods for it. The order says later what
 * was really sold.
 *
 * @param placedAt as the order will say
 * @param lines some of the order's lines, or all of them; what they cost is of no account here, and not everybody tells it
 * @throws IllegalArgumentException for what no order can be and no database keeps; names the field and not the value
 */
public record FirstSign(Instant placedAt, List<Line> lines) {

    public FirstSign {
        lines = List.copyOf(lines);
        Sensible.time("placedAt", placedAt);
    }

    /** For news that hold the order as it was then; null where no goods are to be kept for it. */
    public static @Nullable FirstSign of(MarketplaceOrder order) {
        return switch (order.status()) {
            case PLACED, UNPAID, READY, PROCESSING -> new FirstSign(order.placedAt(), order.lines());
            case SHIPPED, DELIVERED, CANCELLED, RETURNED, UNKNOWN -> null;
        };
    }
}
