package dev.kontor.privacy.keys;

/** Leaves from {@code first} to {@code last}, both inclusive, in unsigned order. */
public record LeafRange(long first, long last) {

    public LeafRange {
        if (Long.compareUnsigned(first, last) > 0) {
            throw new IllegalArgumentException("an empty range of leaves");
        }
    }

    public static LeafRange of(long leaf) {
        return new LeafRange(leaf, leaf);
    }

    boolean covers(Subtree subtree) {
        return Long.compareUnsigned(first, subtree.first()) <= 0 && Long.compareUnsigned(last, subtree.last()) >= 0;
    }

    boolean touches(Subtree subtree) {
        return Long.compareUnsigned(first, subtree.last()) <= 0 && Long.compareUnsigned(last, subtree.first()) >= 0;
    }
}
