package dev.kontor.inventory.allocation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.allocation.Step.Holder;
import dev.kontor.inventory.allocation.Step.Others;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

/** Who holds how many units once they are divided. */
final class Held {

    /** So many listings are named, however many share an item. */
    static final int MOST = 10;

    private static final Comparator<Holder> ORDER = comparingLong(Holder::units)
            .reversed()
            .thenComparing(holder -> holder.listing().value(), UUID::compareTo);

    private final Map<ItemId, Long> available;
    private final Map<ItemId, List<Holder>> holders = new HashMap<>();
    private final Map<ItemId, Long> units = new HashMap<>();

    Held(Map<ItemId, Long> available, List<Offered> listings, int[] parts) {
        this.available = available;
        for (var place = 0; place < parts.length; place++) {
            var listing = listings.get(place);
            long part = parts[place];
            if (part > 0) {
                listing.each().forEach((item, each) -> {
                    holders.computeIfAbsent(item, it -> new ArrayList<>())
                            .add(new Holder(listing.listing(), part * each));
                    units.merge(item, part * each, Long::sum);
                });
            }
        }
        holders.values().forEach(all -> all.sort(ORDER));
    }

    /** Of what the listing sells the item of which the others leave least. */
    ItemId scarcest(Offered listing, int part) {
        return listing.each().entrySet().stream()
                .min(comparing((Map.Entry<ItemId, Long> it) -> left(it.getKey(), it.getValue(), listing, part))
                        .thenComparing(it -> it.getKey().value(), UUID::compareTo))
                .orElseThrow()
                .getKey();
    }

    private long left(ItemId item, long each, Offered listing, int part) {
        var others = units.getOrDefault(item, 0L) - part * each;
        return Math.floorDiv(available.getOrDefault(item, 0L) - listing.policy().buffer() - others, each);
    }

    /** @param part that the listing holds itself */
    Others others(ItemId item, Offered listing, int part) {
        var all = holders.getOrDefault(item, List.of());
        var most = all.stream()
                .limit(MOST + 1)
                .filter(holder -> !holder.listing().equals(listing.listing()))
                .limit(MOST)
                .toList();
        return new Others(most, all.size() - most.size() - (part > 0 ? 1 : 0));
    }
}
