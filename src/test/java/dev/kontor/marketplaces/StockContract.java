package dev.kontor.marketplaces;

import java.util.HashMap;

import org.junit.jupiter.api.Test;

import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every adapter must do with quantities: read them, write them once, and find out what became of a write. Of what
 * lies in the marketplace's own warehouses it only tells.
 */
abstract class StockContract extends StockHitchContract {

    @Test
    void hasFulfilledStockWhereItSaysSo() {
        assertThat(marketplace.fulfilledStock().isPresent())
                .isEqualTo(marketplace.capabilities().has(Capability.FULFILLED_STOCK));
    }

    @Test
    @Proves(Capability.FULFILLED_STOCK)
    void tellsWhatLiesInTheMarketplacesWarehouses() {
        var sellable = new HashMap<String, Integer>();
        var stock = marketplace.fulfilledStock().orElseThrow();
        Cursor position = null;
        do {
            var page = ok(stock.all(position, connection));
            assertThat(page.unreadable()).isEmpty();
            page.holdings().forEach(holding -> {
                assertThat(holding.warehouse()).isNotBlank();
                assertThat(holding.scheme()).isNotBlank();
                sellable.put(holding.listing(), holding.sellable());
            });
            position = page.next();
        } while (position != null);

        assertThat(sellable).isNotEmpty().isEqualTo(stage.fulfilledStock());
    }

    @Test
    @Proves(Capability.FULFILLED_STOCK)
    void neverWritesWhatTheMarketplaceKeeps() {
        assumeTrue(marketplace.stockWriter().isPresent());
        var kept = allListings(null, page -> {}).stream()
                .filter(listing -> listing.fulfilledByMarketplace())
                .map(Listing::externalId)
                .filter(stage.fulfilledStock()::containsKey)
                .findFirst()
                .orElseThrow();
        var before = stage.fulfilledStock();

        assertThat(settled(command(new Absolute(kept, 7, false)))).isInstanceOf(Outcome.Rejected.class);

        assertThat(stage.fulfilledStock()).isEqualTo(before);
        assertThat(foundListing(kept).fulfilledByMarketplace()).isTrue();
    }
}
