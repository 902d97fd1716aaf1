package dev.kontor.inventory.publication;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.listings.Listing;
import dev.kontor.marketplaces.OrderFeed.Retention;

import static org.assertj.core.api.Assertions.assertThat;

/** A sale so near to a look at its listing that nobody can say which was first. */
class DoubtfulSaleTests extends PublicationFixture {

    @Autowired
    Writes writes;

    @Test
    void whatABuyerTookIsNotTakenOffOnceMore() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        work();

        buyAtOnce(one, here, 3);
        hear(one);
        work();

        assertThat(one.shows(here)).isEqualTo(497);
        assertThat(written(here)).isZero();
        assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 497L);
    }

    @Test
    void itIsVerifiedBeforeTheMarketplaceHasToldOfAllSales() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        var there = list(other, mug, 500);
        work();
        one.shop().retention(new Retention(Duration.ofDays(60), Duration.ofDays(365), Duration.ofMinutes(30)));

        buyAtOnce(one, here, 1);
        hear(one);
        work();
        assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 499L);

        for (int sold = 2; sold <= 5; sold++) {
            clock.advance(Duration.ofMinutes(1));
            buy(other, there, 1);
            hear(other);
            work();

            assertThat(one.shows(here)).isEqualTo(500 - sold);
            assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 500L - sold);
        }
    }

    private int written(Listing listing) {
        return writes.list(listing.id(), null, 10).size();
    }

    private void buyAtOnce(Stall stall, Listing listing, int quantity) {
        buy(stall, listing, quantity, Duration.ofSeconds(1));
    }
}
