package dev.kontor.inventory.listings;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.marketplaces.Listing.Status;

/**
 * An offer on a marketplace.
 *
 * @param externalId what the marketplace and its orders call it; unique within the account
 * @param variant the marketplace's id of the variant, for information; empty where it has none
 * @param sku the seller's own number for it, as the marketplace has it
 * @param ean as the marketplace has it; null where it has never told
 * @param link null as long as nobody knows what it sells
 * @param reading null as long as only orders have told of it
 * @param stock what it is to show, and how far that has come
 */
public record Listing(
        ListingId id,
        AccountId account,
        String externalId,
        String variant,
        @Nullable String sku,
        @Nullable String ean,
        String name,
        @Nullable Link link,
        @Nullable Reading reading,
        Stock stock,
        long version,
        Instant seenAt) {

    /**
     * @param units how many of the item one sale takes
     * @param by who linked them
     */
    public record Link(ItemId item, int units, String by) {}

    /**
     * What the marketplace said when it was asked last.
     *
     * @param quantity what buyers are shown, null where that was never known
     * @param quantityAsOf the quantity was shown at this instant or later
     * @param fulfilment from whose shelf it is sent
     * @param readAt when it was told last that the listing is there, or that it is gone
     * @param goneAt since when the marketplace has no such listing
     */
    public record Reading(
            @Nullable Integer quantity,
            @Nullable Instant quantityAsOf,
            Fulfilment fulfilment,
            Status status,
            String marketplaceStatus,
            @Nullable String revision,
            Instant asOf,
            Instant readAt,
            @Nullable Instant goneAt) {}

    /**
     * @param desired what it is to show, null where that is nobody's business
     * @param expected what it shows or has sold unseen, as far as is known
     * @param verified what buyers were last seen to be shown when it was what they were to be shown
     * @param inFlight what it shows when the write that is under way is done, as far as is known
     * @param inFlightSince when that was sent
     * @param plan that keeps a change back
     * @param reason why the last write did not do what it was to do
     */
    public record Stock(
            StockState state,
            @Nullable Long desired,
            @Nullable Instant desiredAt,
            @Nullable Long expected,
            @Nullable Long verified,
            @Nullable Instant verifiedAt,
            @Nullable Long inFlight,
            @Nullable Instant inFlightSince,
            @Nullable UUID plan,
            @Nullable String reason) {}

    /** Whether the marketplace keeps and sends it, so that it has nothing to do with the seller's own stock. */
    public boolean fulfilledByMarketplace() {
        return reading != null && reading.fulfilment() == Fulfilment.MARKETPLACE;
    }

    public boolean gone() {
        return reading != null && reading.goneAt() != null;
    }
}
