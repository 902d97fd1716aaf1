package dev.kontor.orders;

/** What brought an order, or a change of it, into the archive. */
public enum Source {
    FEED,
    /** The marketplace told of it by itself. */
    HOOK,
    BACKFILL,
    CERTIFICATE,
    SWEEP,
    RETRY
}
