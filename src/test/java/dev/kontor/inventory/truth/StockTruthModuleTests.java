package dev.kontor.inventory.truth;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Item.Part;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.reading.ListingReadingLoop;
import dev.kontor.inventory.reading.ListingRounds;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.inventory.reservations.Linking;
import dev.kontor.inventory.reservations.Reservations;
import dev.kontor.inventory.reservations.Takeovers;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.inventory.reservations.Takeovers.Truth;
import dev.kontor.inventory.truth.StockTruth.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.orders.ArchiveRobot;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;
import dev.kontor.orders.backfill.Backfill;
import dev.kontor.orders.feed.AnnouncedReading;
import dev.kontor.orders.feed.FeedSync;
import dev.kontor.orders.loops.Run;

import static dev.kontor.marketplaces.FakeListing.aListing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Which side is the truth, and what follows from the answer. */
@InventoryTest
class StockTruthModuleTests {

    @Autowired
    StockTruth truth;

    @Autowired
    Takeovers takeovers;

    @Autowired
    ListingReadingLoop loop;

    @Autowired
    ListingRounds rounds;

    @Autowired
    Listings listings;

    @Autowired
    Linking linking;

    @Autowired
    Items items;

    @Autowired
    Reservations reservations;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Archive archive;

    @Autowired
    ArchiveRobot robot;

    @Autowired
    Shops shops;

    @Autowired
    FeedSync feed;

    @Autowired
    AnnouncedReading announced;

    @Autowired
    Backfill backfill;

    @Autowired
    TransactionTemplate transaction;

    FakeMarketplace shop;
    AccountView account;

    @BeforeEach
    void openAShop() {
        shop = new FakeMarketplace();
        account = shops.open(shop);
        hear();
        backfill.run(account, new Run());
    }

    /** All orders that were placed until now are known. */
    private void hear() {
        feed.run(account, new Run());
        announced.run(account, new Run());
    }

    private void read() {
        do {
            loop.turn(account);
        } while (rounds.find(account.id()).orElseThrow().phase() != Phase.FINISHED);
    }

    /** Reads, and waits until this many are linked. */
    private void readAndLink(int linked) {
        read();
        await().untilAsserted(() -> assertThat(listings.list(new Listings.Filter(account.id(), null, true), null, 100))
                .hasSize(linked));
    }

    private StockTruth.Answered answer(Truth side) {
        return answer(new Answer(side, Mode.OBSERVING, null, false));
    }

    private StockTruth.Answered answer(Answer answer) {
        hear();
        return truth.answer(account.id(), answer, version -> {}, "test");
    }

    private void sold(String order, String offer, Item item, int quantity, Instant at) {
        var line = new FakeLine("line-" + order, offer, item.sku(), "Mug", quantity, "9.99");
        archived(FakeOrder.anOrder(order, at).withLines(line));
        reservations.judge(account.id(), List.of(robot.get(account, order).id()));
    }

    private void archived(FakeOrder order) {
        shop.placeSilently(order);
        transaction.executeWithoutResult(
                status -> archive.store(account, List.of(order.read(Instant.now())), Source.FEED));
    }

    @Test
    void tellsHowFarBothSidesAreApartBeforeAnybodyAnswers() {
        var mug = stockroom.anItemWith(10);
        var cup = stockroom.anItem();
        var same = stockroom.anItemWith(3);
        shop.list(aListing("offer-1", mug.sku(), 4));
        shop.list(aListing("offer-2", cup.sku(), 5));
        shop.list(aListing("offer-3", same.sku(), 3));
        shop.list(aListing("offer-4", Stockroom.aSku(), 5));
        shop.list(aListing("offer-5", mug.sku().toLowerCase(), 1));
        shop.list(aListing("offer-6", null, 1));
        shop.malformListing("offer-6");
        readAndLink(3);

        var figures = truth.figures(account.id());

        assertThat(figures.listings()).isEqualTo(5);
        assertThat(figures.linked()).isEqualTo(3);
        await().untilAsserted(
                        () -> assertThat(truth.figures(account.id()).proposed()).isEqualTo(1));
        assertThat(truth.figures(account.id()).withoutItem()).isEqualTo(1);
        assertThat(figures.unreadable()).isEqualTo(1);
        assertThat(figures.uncounted()).isEqualTo(1);
        assertThat(figures.readAt()).isNotNull();
        assertThat(figures.differing())
                .extracting(it -> it.listing().externalId(), Comparison::shown, Comparison::kontor)
                .containsExactly(tuple("offer-1", 4, 10L));
        sold("o-1", "offer-1", mug, 2, Instant.now());
        assertThat(stockroom.reserved(mug)).isZero();
    }

    @Test
    void withKontorAsTheTruthTheLedgerStaysAsItIs() {
        var mug = stockroom.anItemWith(10);
        var cup = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 4));
        shop.list(aListing("offer-2", cup.sku(), 5));
        readAndLink(2);

        var answered = answer(Truth.KONTOR);

        assertThat(answered.counted()).isZero();
        assertThat(answered.takeover().truth()).isEqualTo(Truth.KONTOR);
        assertThat(stockroom.present(mug)).isEqualTo(10);
        assertThat(stockroom.movements(cup)).isEmpty();
        sold("o-1", "offer-1", mug, 2, Instant.now().plusSeconds(1));
        assertThat(stockroom.reserved(mug)).isEqualTo(2);
        assertThat(shop.calls(Operation.WRITE)).isZero();
    }

    @Test
    void withTheMarketplaceAsTheTruthItsNumbersAreCountedInWhereNobodyHadCounted() {
        var mug = stockroom.anItemWith(10);
        var cup = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 4));
        shop.list(aListing("offer-2", cup.sku(), 5));
        readAndLink(2);

        var answered = answer(Truth.MARKETPLACE);

        assertThat(answered.counted()).isEqualTo(1);
        assertThat(stockroom.present(mug)).isEqualTo(10);
        assertThat(stockroom.movements(cup)).singleElement().satisfies(movement -> {
            assertThat(movement.kind()).isEqualTo(MovementKind.IMPORT);
            assertThat(movement.presentAfter()).isEqualTo(5);
            assertThat(movement.cause().actor()).isEqualTo("test");
            assertThat(movement.cause().reason()).startsWith("shown by listing offer-2 at ");
        });
        assertThat(truth.figures(account.id()).differing())
                .extracting(it -> it.listing().externalId(), Comparison::shown, Comparison::kontor)
                .containsExactly(tuple("offer-1", 4, 10L));
    }

    /** Sold elsewhere, it is still not known how many there are. */
    @Test
    void whatOnlyOrdersHaveMovedWasCountedByNobody() {
        var mug = stockroom.anItem();
        stockroom.post(UUID.randomUUID().toString(), mug, MovementKind.RESERVATION, new Change.By(0, 2));
        shop.list(aListing("offer-1", mug.sku(), 8));
        readAndLink(1);
        assertThat(truth.figures(account.id()).uncounted()).isEqualTo(1);
        assertThat(truth.figures(account.id()).differing()).isEmpty();

        assertThat(answer(Truth.MARKETPLACE).counted()).isEqualTo(1);

        assertThat(stockroom.present(mug)).isEqualTo(8);
        assertThat(stockroom.reserved(mug)).isEqualTo(2);
    }

    @Test
    void theSameAnswerOnceMoreChangesNothing() {
        var cup = stockroom.anItem();
        shop.list(aListing("offer-1", cup.sku(), 5));
        readAndLink(1);
        answer(Truth.MARKETPLACE);
        shop.sellerShows("offer-1", 8);
        read();

        assertThat(answer(Truth.MARKETPLACE).counted()).isZero();

        assertThat(stockroom.present(cup)).isEqualTo(5);
        assertThatThrownBy(() -> answer(Truth.KONTOR)).isInstanceOf(Conflict.class);
    }

    @Test
    void whatWasSoldAroundTheReadingIsTakenOffOnce() {
        var mug = stockroom.anItem();
        var start = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        sold("before", "offer-1", mug, 2, start.plusSeconds(60));
        shop.list(aListing("offer-1", mug.sku(), 8)); // of ten there are eight left
        readAndLink(1);
        sold("after", "offer-1", mug, 3, Instant.now());

        answer(new Answer(Truth.MARKETPLACE, Mode.WRITING, start, false));

        assertThat(stockroom.present(mug)).isEqualTo(10);
        assertThat(stockroom.reserved(mug)).isEqualTo(5);
        assertThat(stockroom.kinds(mug))
                .containsExactly(MovementKind.IMPORT, MovementKind.RESERVATION, MovementKind.RESERVATION);
    }

    @Test
    void anOrderThatWasSoldAfterTheReadingCountsThoughNobodySaysSinceWhen() {
        var mug = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 8));
        readAndLink(1);
        sold("after", "offer-1", mug, 3, Instant.now());

        answer(Truth.MARKETPLACE);

        assertThat(stockroom.available(mug)).isEqualTo(5);
    }

    @Test
    void whatWasShippedSinceTheReadingHasLeft() {
        var mug = stockroom.anItem();
        var start = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        var line = new FakeLine("line-1", "offer-1", mug.sku(), "Mug", 2, "9.99");
        var order =
                FakeOrder.anOrder("o-1", start.plusSeconds(60)).withLines(line).withStatus("SHIPPED");
        archived(order);
        shop.list(aListing("offer-1", mug.sku(), 8));
        readAndLink(1);

        answer(new Answer(Truth.MARKETPLACE, Mode.WRITING, start, false));

        assertThat(stockroom.present(mug)).isEqualTo(8);
        assertThat(stockroom.reserved(mug)).isZero();
    }

    @Test
    void noSaleMayFallBetweenTheReadingAndTheFirstOrderThatCounts() {
        var mug = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 8));
        readAndLink(1);

        assertThatThrownBy(() -> answer(new Answer(Truth.MARKETPLACE, Mode.WRITING, Instant.now(), false)))
                .isInstanceOf(InvalidField.class);
    }

    /** Else it would be in what is shown, and taken off once more when it comes. */
    @Test
    void isNotBelievedBeforeAllThatWasSoldUntilTheReadingIsKnown() {
        var mug = stockroom.anItem();
        shop.tellsNoFirstSigns();
        shop.list(aListing("offer-1", mug.sku(), 10));
        var line = new FakeLine("line-1", "offer-1", mug.sku(), "Mug", 2, "9.99");
        shop.place(FakeOrder.anOrder("o-1", Instant.now()).withLines(line));
        readAndLink(1);
        var wish = new Answer(Truth.MARKETPLACE, Mode.OBSERVING, null, false);
        assertThatThrownBy(() -> truth.answer(account.id(), wish, version -> {}, "test"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("answer when they are");

        hear();
        truth.answer(account.id(), wish, version -> {}, "test");

        assertThat(stockroom.available(mug)).isEqualTo(8);
    }

    @Test
    void ordersOfThePastCountOnlyOnceTheyWereBroughtIn() {
        var late = shops.open(shop);
        feed.run(late, new Run());
        var hourAgo = Instant.now().minus(Duration.ofHours(1));
        var wish = new Answer(Truth.KONTOR, Mode.OBSERVING, hourAgo, false);

        assertThatThrownBy(() -> truth.answer(late.id(), wish, version -> {}, "test"))
                .isInstanceOf(Conflict.class);
        backfill.run(late, new Run());
        assertThat(truth.answer(late.id(), wish, version -> {}, "test")
                        .takeover()
                        .from())
                .isBefore(Instant.now().minus(Duration.ofMinutes(59)));
    }

    @Test
    void whatWasNotReadIsNoTruth() {
        assertThatThrownBy(() -> answer(Truth.MARKETPLACE)).isInstanceOf(Conflict.class);
        assertThat(takeovers.find(account.id())).isEmpty();
    }

    @Test
    void ofSeveralListingsOfAnItemTheOneThatShowsFewestCounts() {
        var mug = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 8));
        shop.list(aListing("offer-2", mug.sku(), 3));
        readAndLink(2);

        answer(Truth.MARKETPLACE);

        assertThat(stockroom.present(mug)).isEqualTo(3);
        assertThat(truth.figures(account.id()).differing())
                .extracting(it -> it.listing().externalId())
                .containsExactly("offer-1");
    }

    @Test
    void unitsAndBundlesAreMindedAndWhatNobodyCanBuyCountsForNothing() {
        var mug = stockroom.anItem();
        var left = stockroom.anItem();
        var cup = stockroom.anItemWith(7);
        var set = stockroom.aBundleOf(new Part(cup.sku(), 2));
        shop.list(aListing("offer-1", Stockroom.aSku(), 4));
        shop.list(aListing("offer-2", left.sku(), 4).withStatus("OFF_SALE"));
        shop.list(aListing("offer-3", set.sku(), 4));
        readAndLink(2);
        var listing = listings.of(account.id(), List.of("offer-1")).get("offer-1");
        linking.link(listing.id(), new Link(mug.id(), 3, "test"), version -> {});

        answer(Truth.MARKETPLACE);

        assertThat(stockroom.present(mug)).isEqualTo(12);
        assertThat(stockroom.movements(left)).isEmpty();
        assertThat(stockroom.present(cup)).isEqualTo(7);
        assertThat(truth.figures(account.id()).differing())
                .extracting(it -> it.listing().externalId(), Comparison::shown, Comparison::kontor)
                .containsExactly(tuple("offer-3", 4, 3L));
    }

    @Test
    void listingsCanBecomeItems() {
        var sku = Stockroom.aSku();
        var tooLong = "X".repeat(101);
        shop.list(aListing("offer-1", sku, 4).withName("Red mug").withEan("4006381333931"));
        shop.list(aListing("offer-2", sku, 4));
        shop.list(aListing("offer-3", tooLong, 4));
        shop.list(aListing("offer-4", null, 4));
        read();

        var answered = answer(new Answer(Truth.MARKETPLACE, Mode.OBSERVING, null, true));

        assertThat(answered.created()).isEqualTo(1);
        assertThat(answered.counted()).isEqualTo(1);
        var item = items.find(sku).orElseThrow();
        assertThat(item.name()).isEqualTo("Red mug");
        assertThat(item.ean().digits()).isEqualTo("4006381333931");
        assertThat(stockroom.present(item)).isEqualTo(4);
        assertThat(listings.list(new Listings.Filter(account.id(), item.id(), null), null, 10))
                .hasSize(2);
        assertThat(items.find(tooLong)).isEmpty();
    }

    @Test
    void onlyTheModeCanBeChangedAndOnlyByWhoHasSeenIt() {
        answer(new Answer(Truth.KONTOR, Mode.OBSERVING, null, false));
        assertThat(takeovers.find(account.id()).orElseThrow().mode()).isEqualTo(Mode.OBSERVING);

        var changed = truth.answer(
                account.id(),
                new Answer(Truth.KONTOR, Mode.WRITING, null, false),
                version -> assertThat(version).isEqualTo(1),
                "test");

        assertThat(changed.takeover().mode()).isEqualTo(Mode.WRITING);
        assertThat(changed.takeover().version()).isEqualTo(2);
        assertThatThrownBy(() -> answer(new Answer(Truth.KONTOR, Mode.WRITING, Instant.EPOCH, false)))
                .isInstanceOf(Conflict.class);
    }
}
