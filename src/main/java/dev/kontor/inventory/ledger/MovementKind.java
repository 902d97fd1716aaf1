package dev.kontor.inventory.ledger;

public enum MovementKind {
    /** Goods came in. */
    RECEIPT,
    /** Somebody has bought them. */
    RESERVATION,
    /** They left for the buyer, and so does the reservation. */
    SHIPMENT,
    /** They are not wanted any more. */
    RELEASE,
    /** They came back from a buyer. */
    RETURN,
    /** Somebody has counted. */
    COUNT,
    CORRECTION,
    /** The first number, from a spreadsheet or a marketplace. */
    IMPORT;

    /** Whether it is something that somebody says. */
    boolean said() {
        return this != RESERVATION && this != SHIPMENT && this != RELEASE;
    }
}
