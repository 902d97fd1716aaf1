package dev.kontor.inventory.publication;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.reading.ListingReadingLoop;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.inventory.reservations.Takeovers.Truth;
import dev.kontor.inventory.truth.StockTruth;
import dev.kontor.inventory.truth.StockTruth.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FulfilledStock.Holding;

import static dev.kontor.marketplaces.FakeListing.aListing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What may be written to an account by the answer which side is the truth. */
class TruthModuleTests extends PublicationFixture {

    @Autowired
    StockTruth truth;

    @Autowired
    ListingReadingLoop loop;

    private Stall anUnansweredStall() {
        var shop = new FakeMarketplace("fake", clock);
        var stall = new Stall(shop, shops.open(shop));
        hear(stall);
        return stall;
    }

    private void answer(Stall stall, Mode mode) {
        truth.answer(stall.account().id(), new Answer(Truth.KONTOR, mode, null, false), version -> {}, "test");
    }

    @Test
    void nothingIsWrittenBeforeTheQuestionIsAnsweredAndEverythingAfter() {
        var mug = stockroom.anItemWith(10);
        var stall = anUnansweredStall();
        var listing = list(stall, mug, 4);
        stockroom.receive(mug, 1);
        work();
        assertThat(stall.shop().calls(Operation.WRITE)).isZero();

        answer(stall, Mode.WRITING);
        work();

        assertThat(stall.shows(listing)).isEqualTo(11);
    }

    @Test
    void anObservedAccountShowsWhatItWouldBeToldAndIsToldWhenItIsWritten() {
        var mug = stockroom.anItemWith(10);
        var stall = anUnansweredStall();
        var listing = list(stall, mug, 4);
        answer(stall, Mode.OBSERVING);
        work();
        assertThat(row(listing).get("desired")).isEqualTo(10L);
        assertThat(stall.shop().calls(Operation.WRITE)).isZero();

        answer(stall, Mode.WRITING);
        work();
        assertThat(stall.shows(listing)).isEqualTo(10);

        answer(stall, Mode.OBSERVING);
        stockroom.receive(mug, 5);
        work();
        assertThat(row(listing).get("desired")).isEqualTo(15L);
        assertThat(stall.shows(listing)).isEqualTo(10);
    }

    @Test
    void whatNobodyHasCountedIsNotZero() {
        var mug = stockroom.anItem();
        var stall = anUnansweredStall();
        var listing = list(stall, mug, 4);
        answer(stall, Mode.WRITING);
        buy(stall, listing, 1);
        hear(stall);
        work();
        assertThat(stockroom.reserved(mug)).isEqualTo(1);
        assertThat(stall.shows(listing)).isEqualTo(3);

        stockroom.receive(mug, 8);
        work();

        assertThat(stall.shows(listing)).isEqualTo(7);
    }

    /** That some were sent proves that these were there, and says nothing of others. */
    @Test
    void whatNobodyHasCountedIsNotZeroThoughSomeOfItWasSent() {
        var mug = stockroom.anItem();
        var stall = anUnansweredStall();
        var listing = list(stall, mug, 4);
        answer(stall, Mode.WRITING);
        var order = buy(stall, listing, 1);
        hear(stall);
        work();
        stall.shop().change(order.id(), it -> it.withStatus("SHIPPED"));
        hear(stall);
        work();

        assertThat(stockroom.kinds(mug))
                .containsExactly(MovementKind.RESERVATION, MovementKind.CORRECTION, MovementKind.SHIPMENT);
        assertThat(row(listing).get("desired")).isNull();
        assertThat(stall.shows(listing)).isEqualTo(3);
        assertThat(stall.shop().calls(Operation.WRITE)).isZero();
        buy(stall, listing, 2);
        hear(stall);
        work();
        assertThat(stall.shows(listing)).as("sold, not taken off").isEqualTo(1);

        stockroom.receive(mug, 8);
        work();

        assertThat(stall.shows(listing)).isEqualTo(6);
    }

    @Test
    void whatTheMarketplaceKeepsIsNeverWritten() {
        var mug = stockroom.anItemWith(10);
        var stall = anUnansweredStall();
        stall.shop().list(aListing("offer-1", mug.sku(), 0));
        stall.shop().keep(new Holding("offer-1", mug.sku(), "North", "FBF", 7, 2, 1, clock.instant()));
        loop.turn(stall.account());
        loop.turn(stall.account());
        await().untilAsserted(() -> assertThat(
                        listings.list(new Listings.Filter(stall.account().id(), null, true), null, 10))
                .hasSize(1));

        answer(stall, Mode.WRITING);
        work();

        assertThat(stall.shop().calls(Operation.WRITE)).isZero();
        assertThat(stall.shop().calls(Operation.READ)).isZero();
    }
}
