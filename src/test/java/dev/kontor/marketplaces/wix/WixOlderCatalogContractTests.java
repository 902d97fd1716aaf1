package dev.kontor.marketplaces.wix;

import dev.kontor.marketplaces.MarketplaceContract;
import dev.kontor.marketplaces.Stage;

/** The same for a site that Wix has not moved yet: it runs Catalog V1. */
class WixOlderCatalogContractTests extends MarketplaceContract {

    @Override
    protected Stage newStage() {
        return new WixContractTests.WixStage("V1_CATALOG");
    }
}
