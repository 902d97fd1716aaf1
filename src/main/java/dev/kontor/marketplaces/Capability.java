package dev.kontor.marketplaces;

/** What a marketplace may be able to do. A new constant makes every adapter take a stance at its next start. */
public enum Capability {
    /** Order changes since a cursor, in the order in which the marketplace learnt of them. */
    ORDER_CHANGES,
    /** One order, whole, by its id. */
    ORDER_BY_ID,
    /** All orders placed in a period, oldest first. */
    ORDER_HISTORY,
    /** Permission by a link that the seller opens and a code that he confirms (RFC 8628). */
    DEVICE_AUTHORIZATION,
    /** Credentials that are renewed without the seller. */
    CREDENTIAL_RENEWAL
}
