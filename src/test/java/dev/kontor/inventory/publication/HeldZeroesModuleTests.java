package dev.kontor.inventory.publication;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.imports.ItemImport;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.plans.PlanDecision;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Zeroes that come in a mass wait for a person, through all that Kontor does between a count and a marketplace. */
class HeldZeroesModuleTests extends PublicationFixture {

    /** More than an account may set to zero without a person's word. */
    private static final int MASS = 12;

    @Autowired
    PlanDecision decisions;

    @Autowired
    ItemImport imports;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void zeroesThatWereWorkedOutWhileOnlyLookingWasWantedWaitForAPersonTheSame() {
        var one = aStall();
        var mugs = mugs();
        var shown = mugs.stream().map(mug -> list(one, mug, 5)).toList();
        settle(one);
        observe(one);
        settle(one);
        mugs.forEach(mug -> correct(mug, -5));
        settle(one);
        assertThat(shown).allSatisfy(it -> assertThat(row(it)).containsEntry("desired", 0L));

        takeover.change(one.account().id(), Mode.WRITING, version -> {});
        settle(one);

        assertThat(shown).allSatisfy(it -> assertThat(one.shows(it)).isEqualTo(5));
        assertThat(plan(shown.getFirst())).isNotNull();
    }

    @Test
    void whatAPersonHasApprovedIsNotHeldAgain() {
        var one = aStall();
        var mugs = mugs();
        var shown = mugs.stream().map(mug -> list(one, mug, 5)).toList();
        settle(one);
        mugs.forEach(mug -> correct(mug, -5));
        settle(one);
        var plan = plan(shown.getFirst());
        assertThat(plan).isNotNull();
        one.shop().everyWrite(Mishap.REJECTED);
        decisions.approve(new PlanId((UUID) plan), "a person", null);
        work();

        shown.forEach(it -> jdbc.sql(
                        "insert into inventory.changed_items (item) select item from inventory.listing_contents where listing = ?")
                .param(it.id().value())
                .update());
        work();
        one.shop().heal();
        settle(one);

        assertThat(shown).allSatisfy(it -> {
            assertThat(plan(it)).isNull();
            assertThat(one.shows(it)).isZero();
        });
    }

    @Test
    void zeroesOfListingsThatWereNotReadYetWaitOnceTheyAre() {
        var one = aStall();
        var shown = unlinked(one);

        importing(shown, 0);
        perform("recalculate");
        settle(one);

        assertThat(shown).allSatisfy(it -> assertThat(one.shows(it)).isEqualTo(5));
        assertThat(shown.stream().map(this::plan).distinct()).hasSize(1).doesNotContainNull();
    }

    @Test
    void zeroesWaitAlsoWhereTheQuestionOfTruthIsAnsweredBeforeAnythingWasRead() {
        var shop = new FakeMarketplace("fake", clock);
        var one = new Stall(shop, shops.open(shop));
        hear(one);
        var shown = unlinked(one);
        importing(shown, 0);
        perform("recalculate");

        takeover.takeOver(one.account().id(), Beginning.counted(clock.instant()), "test");
        perform("recalculate");
        settle(one);

        assertThat(shown).allSatisfy(it -> assertThat(one.shows(it)).isEqualTo(5));
        assertThat(shown.stream().map(this::plan).distinct()).hasSize(1).doesNotContainNull();
    }

    /** What shows no other number than it is to show needs no second look. */
    @Test
    void whatIsShownAlreadyIsReadOnce() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);

        work();

        assertThat(row(here)).containsEntry("state", "VERIFIED");
        assertThat(one.shop().calls(Operation.READ)).isEqualTo(1);
    }

    /** The first reading is stored when it has been decided already, and not been saved yet. */
    @Test
    void whatWasDecidedBeforeTheFirstReadingIsNotSavedAfterIt() throws Exception {
        var one = aStall();
        var here = list(one, stockroom.anItemWith(500), 500);
        try (var other = Executors.newSingleThreadExecutor()) {
            Future<?> recalculated = Objects.requireNonNull(transaction.execute(status -> {
                jdbc.sql("update inventory.publications set expected = 500 where listing = ?")
                        .param(here.id().value())
                        .update();
                var running = other.submit(() -> perform("recalculate"));
                await().until(this::somebodyWaits);
                return running;
            }));
            recalculated.get();
        }

        assertThat(row(here)).containsEntry("desired", null);
    }

    private boolean somebodyWaits() {
        return jdbc.sql("select exists (select from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    private List<Listing> unlinked(Stall stall) {
        return IntStream.range(0, MASS)
                .mapToObj(it -> seen(stall, Stockroom.aSku(), 5))
                .toList();
    }

    /** Kontor finds out by itself what sells them. */
    private void importing(List<Listing> listings, int count) {
        var rows = listings.stream()
                .map(it -> it.sku() + ",Mug," + count)
                .collect(Collectors.joining("\n", "sku,name,count\n", ""));
        imports.csv(rows.getBytes(StandardCharsets.UTF_8), null, "person 1");
        await().untilAsserted(() -> assertThat(listings)
                .allSatisfy(it -> assertThat(
                                this.listings.find(it.id()).orElseThrow().link())
                        .isNotNull()));
    }

    @Test
    void aSaleDoesNotLetOutTheZeroThatACountMade() {
        var one = aStall();
        var mugs = mugs();
        var shown = mugs.stream().map(mug -> list(one, mug, 5)).toList();
        settle(one);
        mugs.forEach(mug -> stockroom.post(Stockroom.aSku(), mug, MovementKind.COUNT, new Change.To(0)));

        shown.forEach(it -> buy(one, it, 1));
        hear(one);
        perform("follow"); // before anybody has thought over the counts
        settle(one);

        assertThat(shown).allSatisfy(it -> assertThat(one.shows(it)).isEqualTo(4));
        assertThat(shown.stream().map(this::plan).distinct()).hasSize(1).doesNotContainNull();
    }

    @Test
    void whatSalesMadeZeroIsNotHeldWhateverOrdersDoAfterwards() {
        var one = aStall();
        var mugs = mugs();
        var shown = mugs.stream().map(mug -> list(one, mug, 5)).toList();
        settle(one);

        mugs.forEach(mug -> {
            order(mug, MovementKind.RESERVATION, new Change.By(0, 5));
            order(mug, MovementKind.RESERVATION, new Change.By(0, 1));
            order(mug, MovementKind.SHIPMENT, new Change.By(-5, -5));
            order(mug, MovementKind.RELEASE, new Change.By(0, -1));
        });
        settle(one);

        assertThat(shown).allSatisfy(it -> assertThat(one.shows(it)).isZero());
    }

    private void order(Item item, MovementKind kind, Change change) {
        stockroom.post(Stockroom.aSku(), item, kind, change);
    }

    private List<Item> mugs() {
        return IntStream.range(0, MASS).mapToObj(it -> stockroom.anItemWith(5)).toList();
    }

    private Object plan(Listing listing) {
        return row(listing).get("plan");
    }
}
