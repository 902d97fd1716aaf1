package dev.kontor.sandbox.amazon;

import org.jspecify.annotations.Nullable;

/**
 * A listing as it truly is, whatever the API tells about it.
 *
 * @param merchant whether the seller sends it, and {@code quantity} is what he shows
 * @param buyable what buyers can have now, from wherever
 * @param fulfillable what lies in Amazon's warehouses for them
 * @param broken the fault with which the API tells this listing now, if any
 */
public record TrueListing(
        String sku,
        String asin,
        String ean,
        String name,
        boolean merchant,
        int quantity,
        @Nullable Integer leadTime,
        int buyable,
        int fulfillable,
        @Nullable String broken) {}
