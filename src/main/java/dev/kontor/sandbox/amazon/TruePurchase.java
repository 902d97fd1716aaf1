package dev.kontor.sandbox.amazon;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An order as it truly is, whatever the API tells about it.
 *
 * @param total empty while there is no price
 * @param units that the buyer gets, by SKU
 * @param sha256 of the document with sorted names and without white space
 * @param broken the fault with which the API tells this order, if any
 */
public record TruePurchase(
        String id,
        String status,
        String fulfilledBy,
        String marketplaceId,
        String total,
        String createdTime,
        String lastUpdatedTime,
        int lines,
        Map<String, Integer> units,
        String sha256,
        @Nullable String broken) {}
