package dev.kontor.inventory.publication;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.StockState;
import dev.kontor.inventory.reading.ListingReadingLoop;
import dev.kontor.inventory.reading.ListingRounds;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.marketplaces.FakeListing;

import static org.assertj.core.api.Assertions.assertThat;

/** Listings that the seller deletes on the marketplace, and puts there again. */
class GoneListingModuleTests extends PublicationFixture {

    @Autowired
    ListingReadingLoop loop;

    @Autowired
    ListingRounds rounds;

    /** Its list tells what it told before, and nobody but the write had noticed that it was away. */
    @Test
    void whatIsThereAgainWithNothingIsFilledAgain() {
        var one = aStall();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 1);
        settle(one);
        buy(one, here, 1);
        settle(one);
        read(one);
        one.shop().unlist(here.externalId());
        stockroom.receive(mug, 5);
        settle(one);
        assertThat(state(here)).isEqualTo(StockState.GONE);
        one.shop().list(FakeListing.aListing(here.externalId(), here.sku(), 0));

        read(one);
        settle(one);

        assertThat(one.shows(here)).isEqualTo(5);
        assertThat(state(here)).isEqualTo(StockState.VERIFIED);
    }

    @Test
    void whatItWasGivenIsForTheOthersAndWhatItHadSoldStaysReserved() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(4);
        var here = list(one, mug, 4);
        var there = list(other, mug, 4);
        settle(one, other);
        assertThat(one.shows(here) + other.shows(there)).isEqualTo(4);
        buy(one, here, 1);
        hear(one);
        one.shop().unlist(here.externalId());

        read(one);
        settle(one, other);

        assertThat(state(here)).isEqualTo(StockState.GONE);
        assertThat(row(here)).containsEntry("exposure", 0L);
        assertThat(stockroom.available(mug)).isEqualTo(3);
        assertThat(other.shows(there)).isEqualTo(3);

        one.shop().list(FakeListing.aListing(here.externalId(), here.sku(), 2));
        read(one);
        settle(one, other);

        assertThat(state(here)).isEqualTo(StockState.VERIFIED);
        assertThat(one.shows(here) + other.shows(there)).isEqualTo(3);
    }

    private StockState state(Listing listing) {
        return listings.find(listing.id()).orElseThrow().stock().state();
    }

    /** All that it offers. */
    private void read(Stall stall) {
        do {
            loop.turn(stall.account());
        } while (rounds.find(stall.account().id()).orElseThrow().phase() != Phase.FINISHED);
    }
}
