package dev.kontor.privacy.vault;

import java.util.ArrayList;
import java.util.Collection;
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
            addGaps(area, new TreeSet<>(inside), ranges);
        }
    }

    /** Each gap between survivors in which leaves lie is looked up once, however many lie in it. */
    private void addGaps(LeafRange area, TreeSet<Long> leaves, List<LeafRange> ranges) {
        var next = leaves.ceiling(area.first());
        while (next != null && next <= area.last()) {
            var first = erasures.survivorBefore(next, area.first()).map(leaf -> leaf + 1);
            var last = erasures.survivorAfter(next, area.last()).map(leaf -> leaf - 1);
            var gap = new LeafRange(first.orElse(area.first()), last.orElse(area.last()));
            ranges.add(gap);
            next = leaves.higher(gap.last());
        }
    }
}
