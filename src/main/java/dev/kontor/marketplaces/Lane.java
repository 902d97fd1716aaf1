package dev.kontor.marketplaces;

/** How urgent a call is. Lanes share one rate budget; an earlier one goes first, a later one keeps a minimum share. */
public enum Lane {
    STOCK_TO_ZERO,
    STOCK_DECREASE,
    LIVE_ORDERS,
    STOCK_INCREASE,
    BACKFILL
}
