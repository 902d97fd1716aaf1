package dev.kontor.sandbox.allegro;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

import dev.kontor.sandbox.world.Story;

/** Who and what appears in a story again and again: kept after the first appearance, for rendering is busy. */
final class Cast {

    private final long seed;
    private final AtomicReferenceArray<Product> products;
    private final AtomicReferenceArray<Buyer> buyers;

    Cast(Story story) {
        this.seed = story.seed();
        this.products = new AtomicReferenceArray<>(story.catalog());
        this.buyers = new AtomicReferenceArray<>(story.buyers());
    }

    Product product(int index) {
        return kept(products, index, it -> Product.of(seed, it));
    }

    Buyer buyer(int index) {
        return kept(buyers, index, it -> Buyer.of(seed, it));
    }

    private static <T> T kept(AtomicReferenceArray<T> all, int index, IntFunction<T> invented) {
        var known = all.get(index);
        if (known != null) {
            return known;
        }
        var fresh = invented.apply(index);
        all.set(index, fresh);
        return fresh;
    }
}
