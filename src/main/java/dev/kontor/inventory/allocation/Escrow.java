package dev.kontor.inventory.allocation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.kontor.inventory.ItemId;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

/**
 * Divides units among listings, so that no item is promised more often than it is there. Each unit moved costs a write
 * that lowers one listing and, later, one that raises another; so each keeps what it has, unless it must give some up, or
 * another has run dry.
 */
final class Escrow {

    /** A listing has run dry when it has less than one in so many of its fair units. */
    private static final long DRY = 4;

    /** What a listing that never sells weighs, compared with the average. */
    private static final double LEAST_WEIGHT = 0.1;

    /** After these, levels differ by less than a number can tell: who is left reaches the next one together. */
    private static final int MOST_HALVINGS = 64;

    private final Map<ItemId, Long> available;
    private final List<Offered> listings;
    private final List<Ceiling> ceilings;
    private final double[] weights;

    /** @param listings in the order of their ids */
    Escrow(Map<ItemId, Long> available, List<Offered> listings, List<Ceiling> ceilings) {
        this.available = available;
        this.listings = listings;
        this.ceilings = ceilings;
        var average = listings.stream().mapToDouble(Offered::perHour).average().orElse(0);
        this.weights = listings.stream()
                .mapToDouble(listing -> average == 0 ? 1 : listing.perHour() + LEAST_WEIGHT * average)
                .toArray();
    }

    int[] divide() {
        var fair = fair();
        var kept = new int[fair.length];
        var pots = new Pots(available, listings);
        for (var listing = 0; listing < fair.length; listing++) {
            kept[listing] = kept(listing, fair[listing]);
            pots.take(listing, kept[listing]);
        }
        cut(kept, fair, pots);
        fill(kept, pots);
        return kept;
    }

    /** As if nobody had anything yet. */
    private int[] fair() {
        var shares = new int[listings.size()];
        var pots = new Pots(available, listings);
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(comparing((Integer listing) -> present(listing) < start(listing))
                        .thenComparingInt(this::start)
                        .thenComparing(comparingDouble((Integer listing) -> weights[listing])
                                .reversed())
                        .thenComparing(Comparator.naturalOrder()))
                .filter(listing -> start(listing) <= Math.min(ceiling(listing), pots.free(listing)))
                .forEachOrdered(listing -> {
                    shares[listing] = start(listing);
                    pots.take(listing, shares[listing]);
                });
        fill(shares, pots);
        return shares;
    }

    private int kept(int listing, int fair) {
        var present = present(listing);
        var dry = present < Math.min(start(listing), fair) || present * DRY < fair;
        return dry || fair == 0 ? fair : (int) present;
    }

    /** Takes from those that have most beyond what is fair, for whoever has least should not pay. */
    private static void cut(int[] kept, int[] fair, Pots pots) {
        IntStream.range(0, kept.length)
                .boxed()
                .filter(listing -> kept[listing] > fair[listing])
                .sorted(comparingInt((Integer listing) -> fair[listing] - kept[listing]))
                .toList()
                .forEach(listing -> {
                    var less = (int) Math.min(kept[listing] - fair[listing], pots.missing(listing));
                    kept[listing] -= less;
                    pots.take(listing, -less);
                });
    }

    /** Gives what is left to those who have some already, first to whoever has least for the speed at which he sells. */
    private void fill(int[] shares, Pots pots) {
        var open = new ArrayList<>(IntStream.range(0, shares.length)
                .boxed()
                .filter(listing -> shares[listing] > 0)
                .toList());
        open.removeIf(listing -> full(listing, shares, pots));
        while (!open.isEmpty()) {
            raise(shares, pots, highestLevel(shares, pots, open), open);
            single(shares, pots, open);
            open.removeIf(listing -> full(listing, shares, pots));
        }
    }

    private boolean full(int listing, int[] shares, Pots pots) {
        return shares[listing] >= ceiling(listing) || pots.free(listing) == 0;
    }

    /** The level up to which all can be filled at once; one unit more would be too much for somebody. */
    private double highestLevel(int[] shares, Pots pots, List<Integer> open) {
        var low = 0.0;
        var high = open.stream()
                .mapToDouble(listing -> (ceiling(listing) + 1.0) / weights[listing])
                .max()
                .orElse(0);
        var units = sum(more(shares, high, open));
        var given = 0L;
        for (var halving = 0; halving < MOST_HALVINGS && units - given > 1; halving++) {
            var middle = (low + high) / 2;
            var more = more(shares, middle, open);
            if (pots.suffice(more)) {
                low = middle;
                given = sum(more);
            } else {
                high = middle;
                units = sum(more);
            }
        }
        return low;
    }

    private static long sum(int[] numbers) {
        return IntStream.of(numbers).asLongStream().sum();
    }

    private int[] more(int[] shares, double level, List<Integer> open) {
        var more = new int[shares.length];
        for (int listing : open) {
            var filled = Math.min(ceiling(listing), (long) (weights[listing] * level));
            more[listing] = (int) Math.max(0, filled - shares[listing]);
        }
        return more;
    }

    private void raise(int[] shares, Pots pots, double level, List<Integer> open) {
        var more = more(shares, level, open);
        for (int listing : open) {
            shares[listing] += more[listing];
            pots.take(listing, more[listing]);
        }
    }

    /** Where the next level would be too much for all, those who would reach it first get a unit each. */
    private void single(int[] shares, Pots pots, List<Integer> open) {
        while (true) {
            var next = open.stream()
                    .filter(listing -> shares[listing] < ceiling(listing))
                    .min(comparingDouble((Integer listing) -> (shares[listing] + 1) / weights[listing])
                            .thenComparing(Comparator.naturalOrder()));
            if (next.isEmpty() || pots.free(next.get()) == 0) {
                return;
            }
            shares[next.get()]++;
            pots.take(next.get(), 1);
        }
    }

    private int ceiling(int listing) {
        return ceilings.get(listing).quantity();
    }

    /** What it can sell now, as far as it still may. */
    private long present(int listing) {
        return Math.min(listings.get(listing).exposure(), ceiling(listing));
    }

    /** The least that can be shown. */
    private int start(int listing) {
        return Math.max(1, listings.get(listing).policy().minimum());
    }
}
