package dev.kontor.marketplaces;

/** What a marketplace may be able to do. A new constant makes every adapter take a stance at its next start. */
public enum Capability {
    /** Order changes since a cursor, in the order in which the marketplace learnt of them. */
    ORDER_CHANGES,
    /** What was sold, told with the change and before the order is read. */
    FIRST_SIGNS,
    /** One order, whole, by its id. */
    ORDER_BY_ID,
    /** All orders placed in a period, oldest first. */
    ORDER_HISTORY,
    /** All listings of the seller. */
    LISTINGS,
    /** One listing, whole and as it is now. */
    LISTING_BY_ID,
    /** A quantity as buyers see it now, which verifies a write. */
    STOCK_READING,
    /** A quantity that replaces whatever is shown. */
    ABSOLUTE_STOCK,
    /** A difference, safe against sales meanwhile; {@link StockWriter#repeatable} says whether it may be sent again. */
    RELATIVE_STOCK,
    /** A quantity that is refused if another writer or a buyer was faster. */
    CONDITIONAL_STOCK,
    /** What lies in the marketplace's own warehouses, from where it sends by itself. */
    FULFILLED_STOCK,
    /** Changes that the marketplace tells by itself, in requests that are proven to be its own. */
    PUSH,
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
