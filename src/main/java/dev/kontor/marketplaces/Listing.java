package dev.kontor.marketplaces;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

/**
 * Something that a marketplace offers: an offer, or one variant of it.
 *
 * @param externalId as {@link MarketplaceOrder.Line#offer} names it; unique within the account
 * @param variant the marketplace's id of the variant, null where an offer has none
 * @param sku the seller's own id of the goods, null where he gave none; not unique
 * @param ean null where it is not known, which a list does not always tell
 * @param quantity what buyers are shown, null where it is not known; unknown is never zero
 * @param fulfilledByMarketplace whether it is sent from a warehouse of the marketplace, see {@link FulfilledStock}; its
 *     quantity is never written
 * @param marketplaceStatus the marketplace's own status, as it came
 * @param revision changes whenever the quantity does, null where the marketplace has none; equality only
 * @param asOf the listing was like this at this instant or later: the time of asking, less the delay of a list that lags
 * @param document the marketplace's JSON, which tells of goods and of nobody
 */
public record Listing(
        String externalId,
        @Nullable String variant,
        @Nullable String sku,
        @Nullable String ean,
        String name,
        @Nullable Integer quantity,
        boolean fulfilledByMarketplace,
        Status status,
        String marketplaceStatus,
        @Nullable String revision,
        Instant asOf,
        ObjectNode document) {

    public enum Status {
        /** Buyers can buy it as long as there is any. */
        ON_SALE,
        /** Ended because nothing was left; a write may bring it back, see {@link StockWriter.Terms#endsAtZero}. */
        SOLD_OUT,
        /** The seller or the marketplace took it off, or it was never on sale. Nobody but the seller brings it back. */
        OFF_SALE,
        UNKNOWN
    }

    /** One that the seller sends. */
    public Listing(
            String externalId,
            @Nullable String variant,
            @Nullable String sku,
            @Nullable String ean,
            String name,
            @Nullable Integer quantity,
            Status status,
            String marketplaceStatus,
            @Nullable String revision,
            Instant asOf,
            ObjectNode document) {
        this(externalId, variant, sku, ean, name, quantity, false, status, marketplaceStatus, revision, asOf, document);
    }

    @Override
    public String toString() {
        return "Listing[" + externalId + ", " + status + ", quantity=" + quantity + "]";
    }
}
