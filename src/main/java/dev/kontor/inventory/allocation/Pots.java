package dev.kontor.inventory.allocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.kontor.inventory.ItemId;

/**
 * What may be divided: for each item, and for each buffer that somebody wants of it, the units above the buffer are for
 * those who want that buffer or a greater one.
 */
final class Pots {

    private static final class Pot {
        private long free;
        private long wanted;
    }

    /** How many units of a pot one sale of a listing takes. */
    private record Draw(Pot pot, long each) {}

    private final List<List<Draw>> draws;

    Pots(Map<ItemId, Long> available, List<Offered> listings) {
        draws = listings.stream()
                .map(listing -> (List<Draw>) new ArrayList<Draw>())
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
                        var each = listings.get(listing).each().getOrDefault(item, 1L);
                        draws.get(listing).add(new Draw(pot, each));
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
        draws.get(listing).forEach(draw -> draw.pot().free -= draw.each() * quantity);
    }

    /** How many more the listing could take. */
    long free(int listing) {
        return draws.get(listing).stream()
                .mapToLong(draw -> Math.max(0, Math.floorDiv(draw.pot().free, draw.each())))
                .min()
                .orElse(0);
    }

    /** How many the listing would have to put back until nothing is missing of what it takes from. */
    long missing(int listing) {
        return draws.get(listing).stream()
                .mapToLong(draw -> -Math.floorDiv(Math.min(0, draw.pot().free), draw.each()))
                .max()
                .orElse(0);
    }

    /** Whether all could have so many more. */
    boolean suffice(int[] more) {
        draws.forEach(all -> all.forEach(draw -> draw.pot().wanted = 0));
        for (var listing = 0; listing < more.length; listing++) {
            for (var draw : draws.get(listing)) {
                draw.pot().wanted += draw.each() * more[listing];
            }
        }
        return draws.stream().allMatch(all -> all.stream().allMatch(draw -> draw.pot().wanted <= draw.pot().free));
    }
}
