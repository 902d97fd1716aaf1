package dev.kontor.marketplaces.wix;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.OrderStatus;

/** Wix keeps three: of the order, of its payment, and of its fulfillment. */
record WixStatus(
        String order, @Nullable String payment, @Nullable String fulfillment) {

    OrderStatus canonical() {
        return switch (order) {
            case "INITIALIZED" -> OrderStatus.PLACED;
            case "PENDING" -> OrderStatus.UNPAID;
            case "APPROVED" -> approved();
            case "CANCELED", "REJECTED" -> OrderStatus.CANCELLED;
            default -> OrderStatus.UNKNOWN;
        };
    }

    private OrderStatus approved() {
        if ("FULLY_REFUNDED".equals(payment)) {
            return OrderStatus.RETURNED;
        }
        return switch (fulfillment) {
            case null -> byPayment();
            case "NOT_FULFILLED" -> byPayment();
            case "PARTIALLY_FULFILLED" -> OrderStatus.PROCESSING;
            case "FULFILLED" -> OrderStatus.SHIPPED;
            default -> OrderStatus.UNKNOWN;
        };
    }

    private OrderStatus byPayment() {
        return switch (payment) {
            case null -> OrderStatus.READY;
            case "PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "UNSPECIFIED" -> OrderStatus.READY;
            case "NOT_PAID", "PENDING", "PENDING_MERCHANT", "DECLINED", "CANCELED" -> OrderStatus.UNPAID;
            default -> OrderStatus.UNKNOWN;
        };
    }

    /** All that there are, as they came. */
    String text() {
        return order + (payment == null ? "" : "/" + payment) + (fulfillment == null ? "" : "/" + fulfillment);
    }
}
