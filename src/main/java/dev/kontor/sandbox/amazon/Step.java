package dev.kontor.sandbox.amazon;

/**
 * A moment in the life of an order, and how it stands from then on.
 *
 * @param shipped units of the first line that have left; of the others all or none
 */
record Step(long at, String status, int shipped, boolean delivered) {

    static final String PENDING = "PENDING";
    static final String UNSHIPPED = "UNSHIPPED";
    static final String PARTIALLY_SHIPPED = "PARTIALLY_SHIPPED";
    static final String SHIPPED = "SHIPPED";
    static final String CANCELLED = "CANCELLED";
}
