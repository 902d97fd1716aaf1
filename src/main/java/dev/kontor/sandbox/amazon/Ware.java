package dev.kontor.sandbox.amazon;

import java.util.List;
import java.util.Locale;

import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Goods;

/**
 * Goods as the seller lists them at Amazon, under one SKU in all his marketplaces.
 *
 * @param fba whether Amazon keeps and sends them
 * @param createdAt when the listing was made; the later ones have a higher index
 */
record Ware(
        int index,
        String sku,
        String asin,
        String ean,
        String name,
        long price,
        boolean fba,
        long createdAt,
        List<String> marketplaces) {

    private static final long FIRST_LISTED = 1_704_067_200_000L; // 2024
    private static final long BETWEEN_LISTINGS = 37 * 60_000L;

    /** Amazon wants a SKU of every listing, also where the seller gives his goods none. */
    static Ware of(AmazonStory story, int index, Goods goods) {
        var sku = goods.sku();
        var code = Long.toString(Math.floorMod(Dice.hash(story.seed(), "asin", index), 78_364_164_096L), 36);
        var everywhere = index % 3 == 0;
        return new Ware(
                index,
                sku == null ? "AMZ-%06d".formatted(index) : sku,
                "B0" + "%8s".formatted(code).replace(' ', '0').toUpperCase(Locale.ROOT),
                goods.ean(),
                goods.name(),
                goods.price(),
                Dice.share(story.seed(), "fba", index) < story.fba(),
                FIRST_LISTED + index * BETWEEN_LISTINGS,
                everywhere
                        ? story.marketplaces()
                        : List.of(story.marketplaces().getFirst()));
    }
}
