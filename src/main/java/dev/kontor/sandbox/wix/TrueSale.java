package dev.kontor.sandbox.wix;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An order as it truly is, whatever the API tells about it.
 *
 * @param units that the buyer gets, by SKU
 * @param sha256 of the document with sorted names and without white space
 * @param broken the fault with which the API tells this order, if any
 */
public record TrueSale(
        String id,
        String number,
        String status,
        String paymentStatus,
        String fulfillmentStatus,
        String total,
        String currency,
        String createdDate,
        String updatedDate,
        int lines,
        Map<String, Integer> units,
        String sha256,
        @Nullable String broken) {}
