package dev.kontor.inventory.allocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import dev.kontor.inventory.ItemId;

/**
 * What may be divided: for each item, and for each buffer that somebody wants of it, the units above the buffer are for
 * those who want that buffer or a greater one.
 */
final class Pots {

    private static final class Pot {
        private final Map<Integer, Long> each = new HashMap<>();
        private long free;
    }

    private final List<List<Pot>> of;

    Pots(Map<ItemId, Long> available, List<Offered> listings) {
        of = IntStream.range(0, listings.size())
                .mapToObj(listing -> (List<Pot>) new ArrayList<Pot>())
                .toList();
        var takers = new HashMap<ItemId, List<Integer>>();
        for (var listing = 0; listing < listings.size(); listing++) {
            for (var item : listings.get(listing).each().keySet()) {
                takers.computeIfAbsent(item, it -> new ArrayList<>()).add(listing);
            }
        }
        takers.forEach((item, wanting) -> {
            var buffers = new TreeSet<Integer>();
            wanting.forEach(listing -> buffers.add(buffer(listings, listing)));
            for (var buffer : buffers) {
                var pot = new Pot();
                pot.free = Math.max(0, available.getOrDefault(item, 0L) - buffer);
                for (var listing : wanting) {
                    if (buffer(listings, listing) >= buffer) {
                        pot.each.put(listing, listings.get(listing).each().getOrDefault(item, 0L));
                        of.get(listing).add(pot);
                    }
                }
            }
        });
    }

    private static int buffer(List<Offered> listings, int listing) {
        return listings.get(listing).policy().buffer();
    }

    /** A negative quantity puts back; more may be taken than there is, see {@link #missing}. */
    void take(int listing, long quantity) {
        of.get(listing).forEach(pot -> pot.free -= each(pot, listing) * quantity);
    }

    /** How many more the listing could take. */
    long free(int listing) {
        return of.get(listing).stream()
                .mapToLong(pot -> Math.max(0, Math.floorDiv(pot.free, each(pot, listing))))
                .min()
                .orElse(0);
    }

    /** How many the listing would have to put back until nothing is missing of what it takes from. */
    long missing(int listing) {
        return of.get(listing).stream()
                .mapToLong(pot -> -Math.floorDiv(Math.min(0, pot.free), each(pot, listing)))
                .max()
                .orElse(0);
    }

    /** Whether all could have so many more. */
    boolean suffice(int[] more) {
        var wanted = new HashMap<Pot, Long>();
        for (var listing = 0; listing < more.length; listing++) {
            if (more[listing] > 0) {
                for (var pot : of.get(listing)) {
                    wanted.merge(pot, each(pot, listing) * more[listing], Math::addExact);
                }
            }
        }
        return wanted.entrySet().stream().allMatch(it -> it.getValue() <= it.getKey().free);
    }

    private static long each(Pot pot, int listing) {
        return pot.each.getOrDefault(listing, 1L);
    }
}
