package dev.kontor.sandbox.allegro;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An order as it truly is, whatever the API tells about it.
 *
 * @param units that the buyer gets, by SKU
 * @param sha256 of the document with sorted names and without white space; absent unless asked for
 * @param broken the fault with which the API tells this order, if any
 */
public record TrueOrder(
        String id,
        String status,
        String fulfillment,
        String revision,
        String total,
        String currency,
        String boughtAt,
        String updatedAt,
        int lines,
        Map<String, Integer> units,
        @Nullable String sha256,
        @Nullable String broken) {}
