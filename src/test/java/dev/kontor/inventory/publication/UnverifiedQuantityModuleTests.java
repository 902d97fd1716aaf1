package dev.kontor.inventory.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.PublishedEvents;

import dev.kontor.inventory.QuantityDiffered;
import dev.kontor.inventory.UnfollowedOrders;
import dev.kontor.inventory.UnfollowedOrders.Unfollowed;
import dev.kontor.inventory.UnverifiedQuantities;
import dev.kontor.inventory.UnverifiedQuantities.Unverified;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;

import static org.assertj.core.api.Assertions.assertThat;

/** What others hear of quantities that buyers are not shown as they should be. */
class UnverifiedQuantityModuleTests extends PublicationFixture {

    @Autowired
    UnverifiedQuantities quantities;

    private Optional<Unverified> unverified(Stall stall, Instant before) {
        return quantities.wantedBefore(before).stream()
                .filter(it -> it.account().equals(stall.account().id()))
                .findFirst();
    }

    private void lookAt(Stall stall, Listing listing) {
        readOnly(listing);
        settle(stall);
    }

    /** Nothing is heard of sales meanwhile. */
    private void readOnly(Listing listing) {
        jdbc.sql("update inventory.publications set read_wanted = true, due_at = '-infinity' where listing = ?")
                .param(listing.id().value())
                .update();
        work();
    }

    private List<QuantityDiffered> differed(PublishedEvents events, Listing listing) {
        var differed = new ArrayList<QuantityDiffered>();
        events.ofType(QuantityDiffered.class)
                .matching(it -> it.listing().equals(listing.id()))
                .forEach(differed::add);
        return differed;
    }

    @Autowired
    UnfollowedOrders orders;

    /** One that cannot be followed for once is nothing to tell. */
    @Test
    void anOrderThatStockCannotFollowIsToldOfWhenItWasTriedSeveralTimes() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        jdbc.sql("""
                        create function inventory.refuse() returns trigger language plpgsql as $$ begin
                          raise exception 'no'; end $$;
                        create trigger refuse before insert on inventory.movements execute function inventory.refuse()""").update();
        try {
            buy(one, here, 1);
            hear(one);
            work();
            assertThat(unfollowed(one)).isEmpty();
            for (int minute = 0; minute < 6; minute++) {
                clock.advance(Duration.ofMinutes(1));
                work();
            }
            assertThat(unfollowed(one))
                    .hasValueSatisfying(it -> assertThat(it.orders()).isPositive());
        } finally {
            jdbc.sql("drop function inventory.refuse() cascade").update();
        }
        clock.advance(Duration.ofMinutes(2));
        work();
        assertThat(unfollowed(one)).isEmpty();
        assertThat(stockroom.available(mug)).isEqualTo(499);
    }

    private Optional<Unfollowed> unfollowed(Stall stall) {
        return orders.unfollowed().stream()
                .filter(it -> it.account().equals(stall.account().id()))
                .findFirst();
    }

    @Test
    void aQuantityThatNeverTakesEffectIsUnverifiedSinceItWasWanted() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        list(one, mug, 500);
        work();
        assertThat(unverified(one, clock.instant().plusSeconds(1))).isEmpty();
        one.shop().everyWrite(Mishap.SILENT_NO_OP);
        clock.advance(Duration.ofMinutes(1));
        var wantedAt = clock.instant();

        correct(mug, -100);
        settle(one);

        assertThat(unverified(one, wantedAt)).isEmpty();
        assertThat(unverified(one, wantedAt.plusSeconds(1))).hasValueSatisfying(it -> {
            assertThat(it.listings()).isEqualTo(1);
            assertThat(it.since()).isEqualTo(wantedAt);
        });

        one.shop().heal();
        clock.advance(Duration.ofHours(2));
        settle(one);
        assertThat(unverified(one, clock.instant().plusSeconds(1))).isEmpty();
    }

    @Test
    void whatASaleBringsAboutBeforeAVainWriteIsRepeatedIsVerifiedToo() {
        var one = aStall();
        var mug = stockroom.anItemWith(2);
        var here = list(one, mug, 2);
        settle(one);
        one.shop().nextWrite(Mishap.SILENT_NO_OP);
        correct(mug, -2);
        work();
        assertThat(row(here)).containsEntry("expected", 2L).containsEntry("desired", 0L);

        buy(one, here, 2);
        hear(one);
        perform("follow");
        settle(one);

        assertThat(row(here)).containsEntry("state", "VERIFIED");
        assertThat(unverified(one, clock.instant().plusSeconds(1))).isEmpty();
    }

    @Test
    void anAccountThatIsNotWrittenToHasNone() {
        var one = aStall();
        mode(one, "OBSERVING");
        list(one, stockroom.anItemWith(40), 3);
        settle(one);

        assertThat(unverified(one, clock.instant().plusSeconds(1))).isEmpty();
    }

    @Test
    void tellsOfAQuantityThatSomebodyRaised(PublishedEvents events) {
        var one = aStall();
        var here = list(one, stockroom.anItemWith(500), 500);
        settle(one);

        one.shop().sellerShows(here.externalId(), 503);
        lookAt(one, here);

        assertThat(differed(events, here)).singleElement().satisfies(it -> {
            assertThat(it.account()).isEqualTo(one.account().id());
            assertThat(it.verified()).isEqualTo(500);
            assertThat(it.shown()).isEqualTo(503);
        });
        assertThat(one.shows(here)).as("it is put right").isEqualTo(500);
    }

    @Test
    void tellsOfAQuantityThatSomebodyLoweredWhenNoSaleExplainsIt(PublishedEvents events) {
        var one = aStall();
        var here = list(one, stockroom.anItemWith(500), 500);
        settle(one);

        one.shop().sellerShows(here.externalId(), 490);
        readOnly(here);
        assertThat(differed(events, here))
                .as("it may be a sale of which nobody has told")
                .isEmpty();
        clock.advance(Duration.ofMinutes(1));
        hear(one);
        settle(one);

        assertThat(differed(events, here)).singleElement().satisfies(it -> {
            assertThat(it.verified()).isEqualTo(500);
            assertThat(it.shown()).isEqualTo(490);
        });
        assertThat(one.shows(here)).as("it is put right").isEqualTo(500);
    }

    @Test
    void saysNothingOfASaleThatIsSeenBeforeItIsHeardOf(PublishedEvents events) {
        var one = aStall();
        var here = list(one, stockroom.anItemWith(500), 500);
        settle(one);

        buy(one, here, 4);
        readOnly(here);
        clock.advance(Duration.ofMinutes(1));
        hear(one);
        settle(one);

        assertThat(one.shows(here)).isEqualTo(496);
        assertThat(differed(events, here)).isEmpty();
    }

    @Test
    void saysNothingOfSalesAndOfWhatKontorWroteItself(PublishedEvents events) {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);

        buy(one, here, 3);
        hear(one);
        settle(one);
        stockroom.receive(mug, 20);
        settle(one);

        assertThat(one.shows(here)).isEqualTo(517);
        assertThat(differed(events, here)).isEmpty();
    }
}
