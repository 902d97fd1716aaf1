package dev.kontor.privacy.keys;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One of the trees in the file of buyers' keys. All of them have keys for the same leaves, and each has keys of its own.
 *
 * @param number the first is 1; a deposit names the tree that it lies under
 * @param id by which a database recognizes it
 * @param createdAt null for one that came with the file
 */
public record BuyerTree(int number, UUID id, @Nullable Instant createdAt, KeyTree keys) {

    /** Under which everything lies until a tree is replaced for the first time. */
    static final int FIRST = 1;

    BuyerTree without(Collection<LeafRange> ranges) {
        return new BuyerTree(number, id, createdAt, keys.puncture(ranges));
    }

    /** Other keys for the same leaves: whoever was erased under this tree never has a key under the next one. */
    BuyerTree successor(Instant at) {
        return new BuyerTree(number + 1, UUID.randomUUID(), at, keys.renewed());
    }
}
