package dev.kontor.inventory.allocation;

import java.util.List;
import java.util.Map;

import dev.kontor.inventory.ItemId;

/**
 * Items and all linked listings that sell any of them.
 *
 * @param available may be negative: then units are sold that are not there
 */
public record Situation(Map<ItemId, Long> available, List<Offered> listings) {

    public Situation {
        available = Map.copyOf(available);
        listings = List.copyOf(listings);
        for (var offered : listings) {
            if (!available.keySet().containsAll(offered.each().keySet())) { // unknown is not zero
                throw new IllegalArgumentException("listing " + offered.listing() + " takes an item of unknown stock");
            }
        }
    }
}
