package dev.kontor.inventory.listings;

/** From whose shelf what a listing sells is sent. */
public enum Fulfilment {
    SELLER,
    MARKETPLACE;

    public static Fulfilment of(dev.kontor.marketplaces.Listing listing) {
        return listing.fulfilledByMarketplace() ? MARKETPLACE : SELLER;
    }
}
