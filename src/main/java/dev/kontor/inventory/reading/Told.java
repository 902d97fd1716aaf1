package dev.kontor.inventory.reading;

/**
 * What became of listings that a marketplace told of.
 *
 * @param stale something later is known of them already
 */
record Told(long read, long changed, long unreadable, long stale) {}
