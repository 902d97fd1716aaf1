package dev.kontor.inventory.reading;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.reading.FulfilledHoldings.KeptStock;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.FulfilledStock.FulfilledPage;
import dev.kontor.marketplaces.FulfilledStock.Holding;
import dev.kontor.orders.Source;

import static dev.kontor.marketplaces.FakeListing.aListing;
import static org.assertj.core.api.Assertions.assertThat;

/** What a marketplace keeps and sends itself. */
class KeptStockModuleTests extends ListingReadingFixture {

    @Test
    void whatTheMarketplaceKeepsIsToldAndNeverReserved() {
        var mug = stockroom.anItemWith(10);
        takeover.takeOver(account.id(), Beginning.counted(Instant.now().minusSeconds(60)), "test");
        shop.list(aListing("offer-1", mug.sku(), 0));
        shop.keep(new Holding("offer-1", mug.sku(), "North", "FBF", 7, 2, 1, Instant.now()));
        read();
        awaitLink("offer-1", mug);
        assertThat(holdings.of(mug.id())).singleElement().satisfies(kept -> {
            assertThat(kept.sellable()).isEqualTo(7);
            assertThat(kept.reserved()).isEqualTo(2);
        });

        var order = FakeOrder.anOrder("o-1", Instant.now())
                .withLines(new FakeLine("line-1", "offer-1", mug.sku(), "Mug", 3, "9.99"));
        transaction.executeWithoutResult(
                status -> archive.store(account, List.of(order.read(Instant.now())), Source.FEED));
        reservations.judge(account.id(), List.of(robot.get(account, "o-1").id()));

        assertThat(stockroom.reserved(mug)).isZero();
        assertThat(stockroom.present(mug)).isEqualTo(10);
    }

    @Test
    void whatIsNotKeptAnyMoreIsNone() {
        var mug = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 0));
        shop.keep(new Holding("offer-1", mug.sku(), "North", "FBF", 7, 2, 1, Instant.now()));
        read();
        awaitLink("offer-1", mug);
        shop.failNext(Operation.FULFILLED, new Answer.Unavailable<>("down"));
        read();
        assertThat(holdings.of(mug.id())).extracting(KeptStock::sellable).containsExactly(7);
        shop.misleadNext(Operation.FULFILLED, new FulfilledPage(List.of(), List.of(), null));

        read();

        assertThat(holdings.of(mug.id())).extracting(KeptStock::sellable).containsExactly(0);
    }
}
