package dev.kontor.marketplaces;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Counts what marketplaces send and Kontor does not know, so that somebody teaches it. */
public interface Drift {

    enum Kind {
        /** The path of a field. */
        FIELD,
        /** A status of an order. */
        STATUS,
        /** A type of change. */
        CHANGE
    }

    record Sighting(
            MarketplaceCode marketplace, Kind kind, String name, Instant firstSeenAt, Instant lastSeenAt, long count) {}

    /** Never waits, never fails; names without a value of anybody's. */
    void seen(MarketplaceCode marketplace, Kind kind, Collection<String> names);

    List<Sighting> sightings();
}
