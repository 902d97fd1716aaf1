package dev.kontor.sandbox.allegro;

import org.jspecify.annotations.Nullable;

/**
 * An offer as it truly is, whatever the API tells about it.
 *
 * @param broken the fault with which the API tells this offer now, if any
 */
public record TrueOffer(
        String id,
        @Nullable String sku,
        String name,
        int available,
        String status,
        @Nullable String broken) {}
