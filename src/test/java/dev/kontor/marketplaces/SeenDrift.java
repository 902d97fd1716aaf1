package dev.kontor.marketplaces;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what an adapter did not know, and counts nothing. */
public record SeenDrift(Set<String> names) implements Drift {

    public SeenDrift() {
        this(ConcurrentHashMap.newKeySet());
    }

    @Override
    public void seen(MarketplaceCode marketplace, Kind kind, Collection<String> seen) {
        names.addAll(seen);
    }

    @Override
    public List<Sighting> sightings() {
        return List.of();
    }
}
