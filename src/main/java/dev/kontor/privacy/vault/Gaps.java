package dev.kontor.privacy.vault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.kontor.privacy.keys.LeafRange;

/**
 * What to puncture for a set of leaves. On days that are closed it is everything between one survivor and the next: the
 * wider the ranges, the fewer secrets are left to keep.
 */
@Component
class Gaps {

    private final Shelves shelves;
    private final Erasures erasures;

    Gaps(Shelves shelves, Erasures erasures) {
        this.shelves = shelves;
        this.erasures = erasures;
    }

    List<LeafRange> around(Collection<Long> leaves) {
        var closed = shelves.withClosedDays().stream().collect(Collectors.toMap(Shelf::number, Function.identity()));
        var ranges = new ArrayList<LeafRange>();
        leaves.stream()
                .collect(Collectors.groupingBy(leaf -> (int) (leaf >>> 48)))
                .forEach((number, ofAccount) -> add(closed, number, new TreeSet<>(ofAccount), ranges));
        return ranges;
    }

    private void add(Map<Integer, Shelf> closed, int number, TreeSet<Long> leaves, List<LeafRange> ranges) {
        var shelf = closed.get(number);
        var area = shelf == null ? null : shelf.closed();
        if (area == null) {
            leaves.forEach(leaf -> ranges.add(LeafRange.of(leaf)));
            return;
        }
        leaves.tailSet(area.last(), false).forEach(leaf -> ranges.add(LeafRange.of(leaf)));
        var inside = leaves.headSet(area.last(), true);
        if (!inside.isEmpty()) {
            ranges.addAll(between(area, erasures.survivors(area.first(), area.last()), new TreeSet<>(inside)));
        }
    }

    /** The gaps between survivors in which at least one of the leaves lies. */
    static List<LeafRange> between(LeafRange area, List<Long> survivors, TreeSet<Long> leaves) {
        var gaps = new ArrayList<LeafRange>();
        var next = leaves.ceiling(area.first());
        while (next != null && next <= area.last()) {
            var before = neighbour(survivors, next);
            var first = before < 0 ? area.first() : survivors.get(before) + 1;
            var last = before + 1 < survivors.size() ? survivors.get(before + 1) - 1 : area.last();
            gaps.add(new LeafRange(first, last));
            next = leaves.higher(last);
        }
        return gaps;
    }

    /** The index of the last survivor before the leaf, or -1. */
    private static int neighbour(List<Long> survivors, long leaf) {
        var index = Collections.binarySearch(survivors, leaf);
        return index >= 0 ? index - 1 : -index - 2;
    }
}
