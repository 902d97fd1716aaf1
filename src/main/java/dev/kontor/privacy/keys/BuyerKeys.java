package dev.kontor.privacy.keys;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The buyers' keys as one file holds them: of one tree, or of two while the older one is replaced.
 *
 * @param generation grows with every puncture, so that a database or a file put back from an older copy is noticed
 * @param trees oldest first; the newest one encrypts, and what any of them has no key for was erased in all of them
 */
public record BuyerKeys(long generation, List<BuyerTree> trees) {

    /** Under which the database knows the file. */
    public static final String NAME = "buyers";

    public BuyerTree newest() {
        return trees.getLast();
    }

    /** The keys that encrypt. */
    public KeyTree tree() {
        return newest().keys();
    }

    public Optional<BuyerTree> numbered(int number) {
        return trees.stream().filter(it -> it.number() == number).findAny();
    }

    /** Whether any tree leads to the leaf's key. */
    public boolean covers(long leaf) {
        return trees.stream().anyMatch(it -> it.keys().covers(leaf));
    }

    /** Without the keys of these leaves, for ever and in every tree; this very object when they are gone already. */
    public BuyerKeys without(Collection<LeafRange> ranges) {
        var punctured = trees.stream().map(it -> it.without(ranges)).toList();
        return punctured.equals(trees) ? this : new BuyerKeys(generation + 1, punctured);
    }

    /** A generation that neither the file nor the database has seen. */
    public BuyerKeys after(long known) {
        return new BuyerKeys(Math.max(generation, known) + 1, trees);
    }

    /** From now on a new tree encrypts. */
    public BuyerKeys succeeded(Instant at) {
        return new BuyerKeys(
                generation,
                Stream.concat(trees.stream(), Stream.of(newest().successor(at))).toList());
    }

    /** Whatever lies under that tree cannot be opened any more. */
    public BuyerKeys withoutTree(int number) {
        return new BuyerKeys(
                generation, trees.stream().filter(it -> it.number() != number).toList());
    }
}
