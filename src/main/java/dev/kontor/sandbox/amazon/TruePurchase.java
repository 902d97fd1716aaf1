package dev.kontor.sandbox.amazon;

import org.jspecify.annotations.Nullable;

/**
 * An order as it truly is, whatever the API tells about it.
 *
 * @param total empty while there is no price
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
        String sha256,
        @Nullable String broken) {}
