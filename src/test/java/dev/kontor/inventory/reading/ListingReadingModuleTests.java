package dev.kontor.inventory.reading;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.PublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.ListingsRead;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.listings.Proposal;
import dev.kontor.inventory.listings.Proposal.State;
import dev.kontor.inventory.listings.Proposals;
import dev.kontor.inventory.reading.FulfilledHoldings.KeptStock;
import dev.kontor.inventory.reading.ListingRounds.Round;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.inventory.reading.UnreadableListings.UnreadableListing;
import dev.kontor.inventory.reservations.Reservations;
import dev.kontor.inventory.reservations.StockTakeover;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.FulfilledStock.FulfilledPage;
import dev.kontor.marketplaces.FulfilledStock.Holding;
import dev.kontor.marketplaces.Listings.ListingPage;
import dev.kontor.orders.ArchiveRobot;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

import static dev.kontor.marketplaces.FakeListing.aListing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** What Kontor makes of what a marketplace offers. */
@InventoryTest
class ListingReadingModuleTests {

    @Autowired
    ListingReadingLoop loop;

    @Autowired
    ListingRounds rounds;

    @Autowired
    UnreadableListings unreadable;

    @Autowired
    Listings listings;

    @Autowired
    Proposals proposals;

    @Autowired
    Shops shops;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Catalogue catalogue;

    @Autowired
    FulfilledHoldings holdings;

    @Autowired
    StockTakeover takeover;

    @Autowired
    Reservations reservations;

    @Autowired
    Archive archive;

    @Autowired
    ArchiveRobot robot;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    FakeMarketplace shop;
    AccountView account;

    @BeforeEach
    void openAShop() {
        shop = new FakeMarketplace();
        account = shops.open(shop);
    }

    /** A whole round. */
    private void read() {
        finish();
    }

    private List<Listing> all() {
        return listings.list(new Listings.Filter(account.id(), null, null), null, 10_000);
    }

    private Listing listing(String externalId) {
        return listings.of(account.id(), List.of(externalId)).get(externalId);
    }

    private Item anItem(String sku, String ean) {
        return catalogue.create(new ItemWish(sku, "Mug", ean, ItemType.SIMPLE, List.of()));
    }

    /** A GTIN that no other test uses. */
    private static String anEan() {
        var digits = "%012d".formatted(Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 1_000_000_000_000L));
        int sum = 0;
        for (int place = 0; place < 12; place++) {
            sum += (digits.charAt(place) - '0') * (place % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }

    private void awaitLink(String externalId, Item item) {
        await().untilAsserted(() -> assertThat(listing(externalId).link())
                .isNotNull()
                .satisfies(link -> assertThat(link.item()).isEqualTo(item.id())));
    }

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

    @Test
    void linksBySkuAndLetsTwoListingsSellOneItem() {
        var mug = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 5));
        shop.list(aListing("offer-2", mug.sku(), 3));

        read();

        awaitLink("offer-1", mug);
        awaitLink("offer-2", mug);
    }

    @Test
    void linksByEanOnlyWhereOneItemHasIt() {
        var mug = anItem(Stockroom.aSku(), anEan());
        var ambiguous = anEan();
        var red = anItem(Stockroom.aSku(), ambiguous);
        var blue = anItem(Stockroom.aSku(), ambiguous);
        shop.list(aListing("offer-1", null, 5).withEan(mug.ean().digits()));
        shop.list(aListing("offer-2", null, 5).withEan(ambiguous));

        read();

        awaitLink("offer-1", mug);
        await().untilAsserted(() -> assertThat(proposals.of(listing("offer-2").id()))
                .extracting(Proposal::item, Proposal::evidence, Proposal::state)
                .containsExactlyInAnyOrder(
                        tuple(red.id(), "the same EAN", State.OPEN), tuple(blue.id(), "the same EAN", State.OPEN)));
        assertThat(listing("offer-2").link()).isNull();
    }

    @Test
    void proposesBothWhereSkuAndEanSpeakOfDifferentItems() {
        var bySku = stockroom.anItem();
        var byEan = anItem(Stockroom.aSku(), anEan());
        shop.list(aListing("offer-1", bySku.sku(), 5).withEan(byEan.ean().digits()));

        read();

        await().untilAsserted(() -> assertThat(proposals.of(listing("offer-1").id()))
                .extracting(Proposal::item, Proposal::state)
                .containsExactlyInAnyOrder(tuple(bySku.id(), State.OPEN), tuple(byEan.id(), State.OPEN)));
        assertThat(listing("offer-1").link()).isNull();
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
    void asksOnceForAnEanThatTheListDoesNotTell() {
        var mug = anItem(Stockroom.aSku(), anEan());
        shop.list(aListing("offer-1", null, 5).withEan(mug.ean().digits()));
        var listed = aListing("offer-1", null, 5).read(Instant.now());
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(listed), List.of(), null, null));

        read();

        awaitLink("offer-1", mug);
        read();
        assertThat(shop.calls(Operation.LISTING)).isEqualTo(1);
        assertThat(listing("offer-1").ean()).isEqualTo(mug.ean().digits());
    }

    @Test
    void anItemThatComesLateIsFoundByTheListingsEan() {
        var ean = anEan();
        shop.list(aListing("offer-1", null, 5).withEan(ean));
        read();

        awaitLink("offer-1", anItem(Stockroom.aSku(), ean));
    }

    @Test
    void aRenamedSkuChangesNoLinkAndIsEvidence() {
        var mug = stockroom.anItem();
        var cup = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 5));
        read();
        awaitLink("offer-1", mug);
        shop.list(aListing("offer-1", cup.sku(), 5));

        read();

        assertThat(listing("offer-1").sku()).isEqualTo(cup.sku());
        assertThat(listing("offer-1").link().item()).isEqualTo(mug.id());
        var changed = "the marketplace changed its SKU from " + mug.sku() + " to " + cup.sku();
        assertThat(proposals.of(listing("offer-1").id()))
                .extracting(Proposal::item, Proposal::evidence, Proposal::state)
                .containsExactlyInAnyOrder(
                        tuple(mug.id(), "the same SKU; " + changed, State.ACCEPTED),
                        tuple(cup.id(), changed + ", which is the item's", State.OPEN));
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

    private Round round() {
        return rounds.find(account.id()).orElseThrow();
    }

    private int shown(String externalId) {
        return listing(externalId).reading().quantity();
    }

    /** Turns until the round that is under way, or the first one, has reached its end. */
    private void finish() {
        for (int turn = 0; turn < 100; turn++) {
            loop.turn(account);
            if (round().phase() == Phase.FINISHED) {
                return;
            }
        }
        throw new AssertionError("the round does not end: " + round());
    }

    private static RunFinished run(PublishedEvents events) {
        RunFinished last = null;
        for (var run : events.ofType(RunFinished.class)) {
            last = run;
        }
        return Objects.requireNonNull(last);
    }
}
