package dev.kontor.sandbox.wix;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An article as it truly is, whatever the API tells about it.
 *
 * @param variant as the site's catalog names it, null where the product has no others
 * @param available how many a buyer could have, were it on sale
 * @param places how many there are in each
 * @param tracked whether the quantity counts
 * @param broken the fault with which the API tells this article now, if any
 */
public record TrueArticle(
        String product,
        @Nullable String variant,
        @Nullable String sku,
        String name,
        int available,
        Map<String, Integer> places,
        boolean tracked,
        boolean visible,
        @Nullable String broken) {}
