package dev.kontor.privacy.keys;

import java.util.Collection;
import java.util.UUID;

/**
 * The buyers' keys as one file holds them.
 *
 * @param id stays the same for the life of the file
 * @param generation grows with every puncture, so that a database or a file put back from an older copy is noticed
 */
public record BuyerKeys(UUID id, long generation, KeyTree tree) {

    /** Under which the database knows the file. */
    public static final String NAME = "buyers";

    /** Without the keys of these leaves, for ever; this very object when they are gone already. */
    public BuyerKeys without(Collection<LeafRange> ranges) {
        var punctured = tree.puncture(ranges);
        return punctured.equals(tree) ? this : new BuyerKeys(id, generation + 1, punctured);
    }

    /** A generation that neither the file nor the database has seen. */
    public BuyerKeys after(long known) {
        return new BuyerKeys(id, Math.max(generation, known) + 1, tree);
    }
}
