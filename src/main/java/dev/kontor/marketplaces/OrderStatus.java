package dev.kontor.marketplaces;

/** Where an order stands, in words that fit every marketplace. The marketplace's own status is kept beside it. */
public enum OrderStatus {
    /** Bought, but delivery or payment are not chosen yet. */
    PLACED,
    /** Complete, but not paid. */
    UNPAID,
    /** Paid, or to be paid on delivery: the seller can begin. */
    READY,
    PROCESSING,
    SHIPPED,
    DELIVERED,
    CANCELLED,
    RETURNED,
    /** The marketplace uses a status that this version of Kontor does not know. */
    UNKNOWN;

    /** Whether the order may still change in the ordinary course of things, so that it is re-read now and then. */
    public boolean open() {
        return switch (this) {
            case PLACED, UNPAID, READY, PROCESSING, SHIPPED, UNKNOWN -> true;
            case DELIVERED, CANCELLED, RETURNED -> false;
        };
    }
}
