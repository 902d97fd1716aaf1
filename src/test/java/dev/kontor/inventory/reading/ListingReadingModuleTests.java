package dev.kontor.inventory.reading;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.test.PublishedEvents;

import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.inventory.ListingsRead;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.inventory.reading.UnreadableListings.UnreadableListing;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.Listings.ListingPage;

import static dev.kontor.marketplaces.FakeListing.aListing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Kontor makes of what a marketplace offers. */
class ListingReadingModuleTests extends ListingReadingFixture {

    @Test
    void readsEveryPageAndKeepsWhatIsShown() {
        shop.pageSize(3);
        IntStream.range(0, 10).forEach(number -> shop.list(aListing("offer-" + number, null, number)));
        var before = Instant.now();

        read();

        assertThat(all()).hasSize(10).allSatisfy(listing -> {
            var reading = listing.reading();
            assertThat(reading.quantity())
                    .isEqualTo(Integer.parseInt(listing.externalId().substring(6)));
            assertThat(reading.quantityAsOf()).isAfterOrEqualTo(before.minusMillis(1));
            assertThat(reading.status()).isEqualTo(dev.kontor.marketplaces.Listing.Status.ON_SALE);
            assertThat(reading.revision()).isEqualTo("1");
        });
        assertThat(rounds.find(account.id())).hasValueSatisfying(round -> {
            assertThat(round.listed()).isEqualTo(10);
            assertThat(round.total()).isEqualTo(10);
            assertThat(round.wholeAt()).isNotNull();
        });
    }

    @Test
    void readsOnWhereItWasKilled() {
        shop.pageSize(2);
        IntStream.range(0, 6).forEach(number -> shop.list(aListing("offer-" + number, null, number)));
        var pages = new AtomicInteger();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LISTINGS && pages.incrementAndGet() == 3) {
                throw new Kill();
            }
        });

        assertThatThrownBy(() -> loop.turn(account)).isInstanceOf(Kill.class);
        assertThat(all()).hasSize(4);
        shop.onCall((operation, argument) -> {});
        var before = shop.calls(Operation.LISTINGS);
        finish();

        assertThat(all()).hasSize(6);
        assertThat(round().number()).isEqualTo(1);
        assertThat(shop.calls(Operation.LISTINGS) - before).isEqualTo(2);
    }

    /** Nobody cleans up after it. */
    private static class Kill extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void whoIsOvertakenChangesNothing() {
        shop.list(aListing("offer-1", null, 1));
        read();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LISTINGS) {
                shop.onCall((other, it) -> {});
                shop.sellerShows("offer-1", 7);
                finish(); // another Kontor, while the first one's answer is under way
                shop.sellerShows("offer-1", 9);
            }
        });

        loop.turn(account);

        assertThat(shown("offer-1")).isEqualTo(7);
        assertThat(round().number()).isEqualTo(2);
    }

    @Test
    void aMalformedListingCostsItselfOnly(PublishedEvents events) {
        IntStream.range(0, 4).forEach(number -> shop.list(aListing("offer-" + number, null, 5)));
        read();
        shop.list(aListing("offer-new", null, 5));
        shop.malformListing("offer-new");
        shop.malformListing("offer-2");
        IntStream.range(0, 4).forEach(number -> shop.sellerShows("offer-" + number, 3));

        read();

        assertThat(all()).extracting(Listing::externalId).doesNotContain("offer-new");
        assertThat(shown("offer-1")).isEqualTo(3);
        assertThat(shown("offer-2")).isEqualTo(5);
        assertThat(listing("offer-2").gone()).isFalse();
        assertThat(unreadable.of(account.id(), 10))
                .extracting(UnreadableListing::externalId)
                .containsExactlyInAnyOrder("offer-2", "offer-new");
        assertThat(run(events).skipped()).containsEntry("unreadable", 2L);
    }

    @Test
    void whatCouldNotBeReadIsForgottenWhenItIsThereNoMore() {
        shop.list(aListing("offer-1", null, 5));
        shop.malformListing("offer-1");
        read();
        shop.unlist("offer-1");

        read();

        assertThat(unreadable.count(account.id())).isZero();
    }

    @Test
    void oneThatComesTwiceIsThereOnce() {
        var asOf = Instant.now();
        var older = aListing("offer-1", null, 5).read(asOf.minusSeconds(1));
        var newer = aListing("offer-1", null, 4).read(asOf);
        shop.list(aListing("offer-1", null, 4));
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(newer, older, newer), List.of(), null, null));

        read();

        assertThat(all()).hasSize(1);
        assertThat(shown("offer-1")).isEqualTo(4);
    }

    @Test
    void aNumberThatIsNotTheExpectedOneIsNewsAlsoWhereTheListToldItBefore(PublishedEvents events) {
        var sku = "SKU-" + UUID.randomUUID();
        var mug = anItem(sku, anEan());
        shop.list(aListing("offer-1", sku, 5));
        read();
        awaitLink("offer-1", mug);
        var listing = listing("offer-1").id();
        read();
        assertThat(events.ofType(ListingsRead.class).matching(it -> it.changed().contains(listing)))
                .isEmpty();
        jdbc.sql("update inventory.publications set expected = 7 where listing = ?")
                .param(listing.value())
                .update();

        read();

        assertThat(events.ofType(ListingsRead.class).matching(it -> it.changed().contains(listing)))
                .hasSize(1);
    }

    @Test
    void goneIsOnlyWhatTheMarketplaceSaysIsGone(PublishedEvents events) {
        IntStream.range(0, 3).forEach(number -> shop.list(aListing("offer-" + number, null, 5)));
        read();
        var half = List.of(aListing("offer-0", null, 5).read(Instant.now()));
        shop.misleadNext(Operation.LISTINGS, new ListingPage(half, List.of(), null, 3L));
        shop.unlist("offer-2");

        read();

        assertThat(listing("offer-1").gone()).isFalse();
        assertThat(shown("offer-1")).isEqualTo(5);
        assertThat(listing("offer-2").gone()).isTrue();
        assertThat(shop.calls(Operation.LISTING)).isEqualTo(3 + 2); // all for their EAN, once, and what was not shown
        assertThat(events.ofType(RunFinished.class).matching(it -> it.status() == Status.PARTIAL))
                .isNotEmpty();
    }

    @Test
    void anEmptyListMakesNothingVanishWhileNothingCanBeAsked() {
        IntStream.range(0, 3).forEach(number -> shop.list(aListing("offer-" + number, null, 5)));
        read();
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(), List.of(), null, null));
        shop.failAlways(Operation.LISTING, new Answer.Unavailable<>("down"));

        IntStream.range(0, 5).forEach(turn -> loop.turn(account));

        assertThat(all()).hasSize(3).allSatisfy(listing -> {
            assertThat(listing.gone()).isFalse();
            assertThat(listing.reading().quantity()).isEqualTo(5);
        });
    }

    @Test
    void whatComesBackIsThereAgain() {
        shop.list(aListing("offer-1", null, 5));
        read();
        shop.unlist("offer-1");
        read();
        assertThat(listing("offer-1").gone()).isTrue();
        shop.list(aListing("offer-1", null, 2));

        read();

        assertThat(listing("offer-1").gone()).isFalse();
        assertThat(shown("offer-1")).isEqualTo(2);
    }

    @Test
    void aListThatLagsBehindBringsNothingBack() {
        shop.list(aListing("offer-1", null, 5));
        read();
        shop.unlist("offer-1");
        read();
        var longAgo = aListing("offer-1", null, 5).read(Instant.now().minusSeconds(900));
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(longAgo), List.of(), null, null));

        read();

        assertThat(listing("offer-1").gone()).isTrue();
    }

    @Test
    void somethingOlderNeverReplacesSomethingLater(PublishedEvents events) {
        shop.list(aListing("offer-1", null, 5));
        read();
        var longAgo = aListing("offer-1", null, 9).read(Instant.now().minusSeconds(900));
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(longAgo), List.of(), null, null));

        read();

        assertThat(shown("offer-1")).isEqualTo(5);
        assertThat(events.ofType(RunFinished.class).matching(it -> it.skipped().containsKey("stale")))
                .hasSize(1);
    }

    @Test
    void anUnknownQuantityIsNotZero() {
        var known = aListing("offer-1", null, 5);
        shop.list(known);
        read();
        var before = listing("offer-1").reading().quantityAsOf();
        var told = known.read(Instant.now());
        var unknown = new dev.kontor.marketplaces.Listing(
                told.externalId(),
                null,
                null,
                null,
                "Mug",
                null,
                told.status(),
                "ON_SALE",
                null,
                told.asOf(),
                told.document());
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(unknown), List.of(), null, null));

        read();

        assertThat(shown("offer-1")).isEqualTo(5);
        assertThat(listing("offer-1").reading().quantityAsOf()).isEqualTo(before);
        assertThat(listing("offer-1").reading().asOf()).isAfter(before);
    }

    @Test
    void aLimitEndsTheTurnAndNotTheRound(PublishedEvents events) {
        shop.pageSize(1);
        IntStream.range(0, 3).forEach(number -> shop.list(aListing("offer-" + number, null, 5)));
        var until = Instant.now().plusSeconds(77);
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LISTINGS && "offer-0".equals(argument)) {
                shop.onCall((other, it) -> {});
                shop.failNext(Operation.LISTINGS, new Answer.Throttled<>(until));
            }
        });

        assertThat(loop.turn(account)).isEqualTo(until);
        assertThat(all()).hasSize(1);
        assertThat(run(events).status()).isEqualTo(Status.PARTIAL);
        assertThat(round().phase()).isEqualTo(Phase.LISTING);
        finish();
        assertThat(all()).hasSize(3);
        assertThat(round().number()).isEqualTo(1);
    }

    @Test
    void aPlaceInTheListThatIsRefusedIsLeftForTheBeginning() {
        shop.pageSize(1);
        IntStream.range(0, 3).forEach(number -> shop.list(aListing("offer-" + number, null, 5)));
        shop.failAlways(Operation.LISTINGS, "offer-1", new Answer.Rejected<>("EXPIRED", "too old"));
        loop.turn(account);
        assertThat(round().cursor()).isNull();
        shop.heal();

        finish();

        assertThat(all()).hasSize(3);
    }

    @Test
    void oneThatCannotBeAskedForStopsNobodyElse() {
        IntStream.range(0, 3).forEach(number -> shop.list(aListing("offer-" + number, null, 5)));
        read();
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(), List.of(), null, null));
        shop.failAlways(Operation.LISTING, "offer-0", new Answer.Rejected<>("ODD", "no such id is possible"));
        shop.unlist("offer-1");

        read();

        assertThat(listing("offer-0").gone()).isFalse();
        assertThat(listing("offer-1").gone()).isTrue();
    }

    /** A list may not tell who ended an offer, and one that had only sold out is to come back with new goods. */
    @Test
    void asksForAListingThatByTheListAloneIsTakenOffSale() {
        var sold = aListing("offer-1", "SKU-1", 2).withStatus("SOLD_OUT");
        shop.list(sold);
        read();
        var before = shop.calls(Operation.LISTING);
        var listed = sold.withStatus("OFF_SALE").read(Instant.now());
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(listed), List.of(), null, null));

        read();

        assertThat(shop.calls(Operation.LISTING) - before).isEqualTo(1);
        assertThat(listing("offer-1").reading().status()).isEqualTo(dev.kontor.marketplaces.Listing.Status.SOLD_OUT);

        shop.list(sold.withStatus("OFF_SALE"));
        read();
        read();

        assertThat(shop.calls(Operation.LISTING) - before)
                .isEqualTo(2); // once more for the seller, and then it is known
        assertThat(listing("offer-1").reading().status()).isEqualTo(dev.kontor.marketplaces.Listing.Status.OFF_SALE);
    }

    @Test
    void aListingThatAnOrderToldOfIsTheSameOne() {
        var known = listings.seen(account.id(), List.of(new Seen("offer-1", "", "OLD", "Mug")), Instant.now())
                .values()
                .iterator()
                .next();
        shop.list(aListing("offer-1", "NEW", 5));

        read();

        assertThat(all()).singleElement().satisfies(listing -> {
            assertThat(listing.id()).isEqualTo(known.id());
            assertThat(listing.sku()).isEqualTo("NEW");
            assertThat(listing.reading().quantity()).isEqualTo(5);
        });
    }

    @Test
    void oneThatOnlyAnOrderKnowsIsAskedFor() {
        listings.seen(account.id(), List.of(new Seen("offer-1", "", null, "Mug")), Instant.now());
        listings.seen(account.id(), List.of(new Seen("offer-2", "", null, "Mug")), Instant.now());
        shop.list(aListing("offer-1", null, 5).withStatus("ODD"));
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(), List.of(), null, null));

        read();

        assertThat(listing("offer-1").reading().marketplaceStatus()).isEqualTo("ODD");
        assertThat(listing("offer-2").gone()).isTrue();
    }
}
