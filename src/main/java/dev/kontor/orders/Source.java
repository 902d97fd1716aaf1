package dev.kontor.orders;

/** Which loop brought an order, or a change of it, into the archive. */
public enum Source {
    FEED,
    BACKFILL,
    CERTIFICATE,
    SWEEP,
    RETRY
}
