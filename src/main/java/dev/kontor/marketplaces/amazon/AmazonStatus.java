package dev.kontor.marketplaces.amazon;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.OrderStatus;

/**
 * How far an order is.
 *
 * @param fulfillment Amazon's status, null where the application may not see it
 * @param delivered whether every package has arrived; Amazon tells it of the merchant's own packages alone
 */
record AmazonStatus(@Nullable String fulfillment, boolean delivered) {

    OrderStatus canonical() {
        return switch (fulfillment) {
            case null -> OrderStatus.UNKNOWN;
            case "PENDING_AVAILABILITY" -> OrderStatus.PLACED;
            case "PENDING" -> OrderStatus.UNPAID;
            case "UNSHIPPED" -> OrderStatus.READY;
            case "PARTIALLY_SHIPPED" -> OrderStatus.PROCESSING;
            case "SHIPPED" -> delivered ? OrderStatus.DELIVERED : OrderStatus.SHIPPED;
            case "CANCELLED", "UNFULFILLABLE" -> OrderStatus.CANCELLED;
            default -> OrderStatus.UNKNOWN;
        };
    }

    String text() {
        return (fulfillment == null ? "" : fulfillment) + (delivered ? "/DELIVERED" : "");
    }
}
