package dev.kontor.inventory.allocation;

import java.util.List;

import dev.kontor.inventory.ListingId;

/**
 * What a listing should show, and why.
 *
 * @param guarded no other listing is told of these units
 * @param steps add up to the quantity
 */
public record Share(ListingId listing, int quantity, boolean guarded, List<Step> steps) {

    public Share {
        steps = List.copyOf(steps);
    }
}
