package dev.kontor.inventory.listings;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;

/**
 * An offer on a marketplace.
 *
 * @param variant of the offer; empty where it has none
 * @param sku the seller's own number for it, as the marketplace has it
 * @param link null as long as nobody knows what it sells
 */
public record Listing(
        ListingId id,
        AccountId account,
        String externalId,
        String variant,
        @Nullable String sku,
        String name,
        @Nullable Link link,
        long version,
        Instant seenAt) {

    /**
     * @param units how many of the item one sale takes
     * @param by who linked them
     */
    public record Link(ItemId item, int units, String by) {}
}
