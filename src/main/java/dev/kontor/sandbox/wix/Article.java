package dev.kontor.sandbox.wix;

import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Goods;

/**
 * Something for sale in the shop: a product, or one variant of a product that has several.
 *
 * @param first index of the product's first article
 * @param choice what sets the variant apart, null where the product has no others
 */
record Article(
        int index,
        int first,
        Goods goods,
        UUID product,
        String name,
        UUID variant,
        @Nullable String choice,
        boolean visible) {

    /** In the older catalog, the variant of a product that has none. */
    static final String NO_VARIANT = "00000000-0000-0000-0000-000000000000";

    private static final int BLOCK = 8;
    private static final int ALONE = 5;
    private static final List<String> CHOICES = List.of("S", "M", "L");
    private static final double HIDDEN = 0.04;

    /** Of every eight goods five are products of their own, and the others the variants of one. */
    static List<Article> all(long seed, int catalog, IntFunction<Goods> goods) {
        return IntStream.range(0, catalog)
                .mapToObj(index -> of(seed, index, catalog, goods))
                .toList();
    }

    private static Article of(long seed, int index, int catalog, IntFunction<Goods> goods) {
        var place = index % BLOCK - ALONE;
        var several = place >= 0 && index - place + 1 < catalog;
        var first = several ? index - place : index;
        var own = goods.apply(index);
        var product = goods.apply(first);
        return new Article(
                index,
                first,
                own,
                product.id(),
                product.name(),
                Dice.uuid(seed, "wix variant", own.id().getLeastSignificantBits()),
                several ? CHOICES.get(place) : null,
                Dice.share(seed, "wix hidden", first) >= HIDDEN);
    }

    boolean managed() {
        return choice != null;
    }

    /** As the older catalog names the variant. */
    String olderVariant() {
        return managed() ? variant.toString() : NO_VARIANT;
    }

    String productId() {
        return product.toString();
    }

    /** Goes up in the order in which products were made. */
    long numericId() {
        return 1_669_000_000_000_000L + first * 1_000L;
    }
}
