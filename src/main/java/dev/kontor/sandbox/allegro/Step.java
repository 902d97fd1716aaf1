package dev.kontor.sandbox.allegro;

import org.jspecify.annotations.Nullable;

/** A moment in the life of an order. */
record Step(long at, Kind kind) {

    /** What happens, who did it, and which event of the log tells it. */
    enum Kind {
        BOUGHT("BOUGHT", true, null),
        FILLED_IN("FILLED_IN", true, null),
        READY("READY_FOR_PROCESSING", true, null),
        SURCHARGE_PAID("READY_FOR_PROCESSING", true, null),
        BUYER_MODIFIED("BUYER_MODIFIED", true, null),
        BUYER_CANCELLED("BUYER_CANCELLED", true, null),
        AUTO_CANCELLED("AUTO_CANCELLED", true, null),
        PROCESSING("FULFILLMENT_STATUS_CHANGED", false, "PROCESSING"),
        SENT("FULFILLMENT_STATUS_CHANGED", false, "SENT"),
        PICKED_UP("FULFILLMENT_STATUS_CHANGED", false, "PICKED_UP");

        final String event;
        /** Only what the buyer does moves {@code updatedAt}. */
        final boolean buyers;

        final @Nullable String fulfillment;

        Kind(String event, boolean buyers, @Nullable String fulfillment) {
            this.event = event;
            this.buyers = buyers;
            this.fulfillment = fulfillment;
        }
    }
}
