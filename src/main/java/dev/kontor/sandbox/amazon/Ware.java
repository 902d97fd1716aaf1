package dev.kontor.sandbox.amazon;

import java.util.List;

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
        boolean fba,
        long createdAt,
        List<String> marketplaces) {

    private static final long FIRST_LISTED = 1_704_067_200_000L; // 2024
    private static final long BETWEEN_LISTINGS = 37 * 60_000L;

    /** What he sends himself; listed everywhere or only where he sells most. */
    static Ware own(AmazonStory story, int index, Goods goods) {
        return of(story, index, index, goods, false);
    }

    /** The same goods once more, in Amazon's warehouses and therefore under another SKU. */
    static Ware fba(AmazonStory story, int index, Goods goods) {
        return of(story, story.catalog() + index, index, goods, true);
    }

    private static Ware of(AmazonStory story, int index, int number, Goods goods, boolean fba) {
        return new Ware(
                index,
                OrderDocument.sku(goods, number, fba),
                OrderDocument.asin(goods),
                goods.ean(),
                goods.name(),
                fba,
                FIRST_LISTED + index * BETWEEN_LISTINGS,
                number % 3 == 0
                        ? story.marketplaces()
                        : List.of(story.marketplaces().getFirst()));
    }
}
