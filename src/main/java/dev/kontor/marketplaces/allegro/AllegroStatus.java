package dev.kontor.marketplaces.allegro;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.OrderStatus;

/** Allegro keeps two: how far the buyer is, and how far the seller. */
record AllegroStatus(String buyers, @Nullable String sellers) {

    OrderStatus canonical() {
        return switch (buyers) {
            case "BOUGHT" -> OrderStatus.PLACED;
            case "FILLED_IN" -> OrderStatus.UNPAID;
            case "READY_FOR_PROCESSING" -> ofSeller();
            case "CANCELLED" -> OrderStatus.CANCELLED;
            default -> OrderStatus.UNKNOWN;
        };
    }

    private OrderStatus ofSeller() {
        if (sellers == null) {
            return OrderStatus.READY;
        }
        return switch (sellers) {
            case "NEW" -> OrderStatus.READY;
            case "PROCESSING", "READY_FOR_SHIPMENT", "SUSPENDED" -> OrderStatus.PROCESSING;
            case "SENT", "READY_FOR_PICKUP" -> OrderStatus.SHIPPED;
            case "PICKED_UP" -> OrderStatus.DELIVERED;
            case "CANCELLED" -> OrderStatus.CANCELLED;
            case "RETURNED" -> OrderStatus.RETURNED;
            default -> OrderStatus.UNKNOWN;
        };
    }

    /** Both, as they came. */
    String text() {
        return sellers == null ? buyers : buyers + "/" + sellers;
    }
}
