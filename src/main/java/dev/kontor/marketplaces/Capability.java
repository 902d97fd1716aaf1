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
    /** Permission given to Kontor's own application at the marketplace; the seller says where. */
    CLIENT_CREDENTIALS,
    /** Permission by a refresh token that the seller brings along. */
    REFRESH_GRANT,
    /** Permission by a key that does not age. */
    STATIC_KEY,
    /** Credentials that are renewed without the seller. */
    CREDENTIAL_RENEWAL
}
