package dev.kontor.privacy.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;

import org.jspecify.annotations.Nullable;

/**
 * 2⁶⁴ keys out of few secrets, any of which can be made impossible to compute for ever: the puncturable pseudo-random
 * function after Goldreich, Goldwasser and Micali. It keeps the roots of disjoint subtrees; puncturing a leaf replaces
 * the root above it by the roots beside the path to it.
 */
public final class KeyTree {

    private final NavigableMap<Long, Subtree> subtrees;

    KeyTree(Collection<Subtree> subtrees) {
        this.subtrees = new TreeMap<>(Long::compareUnsigned);
        subtrees.forEach(subtree -> this.subtrees.put(subtree.first(), subtree));
    }

    /** In the order of their leaves. */
    Collection<Subtree> subtrees() {
        return subtrees.values();
    }

    /** How many secrets it keeps. */
    public int size() {
        return subtrees.size();
    }

    public boolean covers(long leaf) {
        return above(leaf) != null;
    }

    /** The keys of the leaves; a punctured one is missing. Leaves near each other share most of the work. */
    public Map<Long, byte[]> keys(Collection<Long> leaves) {
        var sorted = leaves.stream().distinct().sorted(Long::compareUnsigned).toList();
        var keys = HashMap.<Long, byte[]>newHashMap(sorted.size());
        var step = Subtree.step();
        for (int from = 0; from < sorted.size(); ) {
            var subtree = above(sorted.get(from));
            var to = subtree == null ? from + 1 : end(sorted, from, subtree.last());
            if (subtree != null) {
                descend(subtree, sorted.subList(from, to), keys, step);
            }
            from = to;
        }
        return keys;
    }

    KeyTree puncture(Collection<LeafRange> ranges) {
        var punctured = new KeyTree(subtrees.values());
        var step = Subtree.step();
        ranges.forEach(range -> punctured.remove(range, step));
        return punctured;
    }

    /** Other secrets in the very same places. */
    KeyTree renewed() {
        return new KeyTree(subtrees.values().stream()
                .map(it -> Subtree.random(it.first(), it.depth()))
                .toList());
    }

    boolean hasLeavesOf(KeyTree other) {
        return places().equals(other.places());
    }

    private Map<Long, Integer> places() {
        return subtrees.values().stream().collect(Collectors.toMap(Subtree::first, Subtree::depth));
    }

    private void remove(LeafRange range, Mac step) {
        var start = above(range.first());
        var touched = subtrees.subMap(start == null ? range.first() : start.first(), true, range.last(), true);
        var old = List.copyOf(touched.values());
        touched.clear();
        var rest = new ArrayList<Subtree>();
        old.forEach(subtree -> keepOutside(range, subtree, rest, step));
        rest.forEach(subtree -> subtrees.put(subtree.first(), subtree));
    }

    private static void keepOutside(LeafRange range, Subtree subtree, List<Subtree> rest, Mac step) {
        if (!range.touches(subtree)) {
            rest.add(subtree);
        } else if (!range.covers(subtree)) {
            keepOutside(range, subtree.left(step), rest, step);
            keepOutside(range, subtree.right(step), rest, step);
        }
    }

    private @Nullable Subtree above(long leaf) {
        var entry = subtrees.floorEntry(leaf);
        return entry != null && entry.getValue().contains(leaf) ? entry.getValue() : null;
    }

    private static void descend(Subtree subtree, List<Long> leaves, Map<Long, byte[]> keys, Mac step) {
        if (leaves.isEmpty()) {
            return;
        }
        if (subtree.isLeaf()) {
            keys.put(subtree.first(), subtree.secret());
            return;
        }
        var split = end(leaves, 0, subtree.middle() - 1);
        if (split > 0) {
            descend(subtree.left(step), leaves.subList(0, split), keys, step);
        }
        if (split < leaves.size()) {
            descend(subtree.right(step), leaves.subList(split, leaves.size()), keys, step);
        }
    }

    /** The index behind the last leaf that is not greater than {@code last}. */
    private static int end(List<Long> leaves, int from, long last) {
        int low = from;
        int high = leaves.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(leaves.get(middle), last) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyTree it && it.subtrees.equals(subtrees);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(subtrees.keySet().toArray());
    }

    @Override
    public String toString() {
        return "KeyTree[" + subtrees.size() + " subtrees]";
    }
}
