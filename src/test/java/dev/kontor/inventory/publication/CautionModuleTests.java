package dev.kontor.inventory.publication;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.exposure.Delays;
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
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** What is not written, not believed, or not put off, because it could do harm. */
class CautionModuleTests extends PublicationFixture {

    /** More than an account may set to zero without a person's word. */
    private static final int MASS = 12;

    @Autowired
    PlanDecision decisions;

    @Autowired
    Delays delays;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    ItemImport imports;

    @Autowired
    TransactionTemplate transaction;

    // Asking

    /** Whether the sale is in what is shown nobody can know yet, and asking again at once would tell the same. */
    @Test
    void whatHasToWaitForASaleToBeUnderstoodIsNotReadAgainAndAgain() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(6);
        var here = list(one, mug, 3);
        list(other, mug, 3);
        settle(one, other);
        assertThat(one.shows(here)).isEqualTo(3);
        one.shop().sellerShows(here.externalId(), 4);
        buy(one, here, 3);
        feed.run(one.account(), new Run()); // at the same moment
        work();
        jdbc.sql("update inventory.publications set read_wanted = true, due_at = '-infinity' where listing = ?")
                .param(here.id().value())
                .update();
        work();
        int asked = one.shop().calls(Operation.READ);
        stockroom.receive(mug, 2);
        work();

        assertThat(one.shop().calls(Operation.READ)).isLessThanOrEqualTo(asked + 2);
    }

    // Observing

    @Test
    void aWriteUnderWayIsNotRepeatedOnceOnlyLookingIsWanted() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        list(one, mug, 500);
        settle(one);
        one.shop().losesCommands();
        one.shop().nextWrite(Mishap.LATE);
        correct(mug, -100);
        perform("recalculate");
        perform("DECREASE");
        int written = one.shop().calls(Operation.WRITE);
        observe(one);

        for (int minute = 0; minute < 20; minute++) {
            clock.advance(Duration.ofMinutes(1));
            work();
        }

        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(written);
    }

    @Test
    void whatIsPlannedIsNotSentOnceOnlyLookingIsWanted() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        int written = one.shop().calls(Operation.WRITE);
        correct(mug, -100);
        perform("recalculate");
        one.shop().beforeWrites(() -> observe(one));

        perform("DECREASE");

        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(written);
        assertThat(row(here)).containsEntry("command", null).containsEntry("state", "IDLE");
        one.shop().beforeWrites(() -> {});
        mode(one, "WRITING");
        settle(one);
        assertThat(one.shows(here)).isEqualTo(400);
    }

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

    private void observe(Stall stall) {
        takeover.change(stall.account().id(), Mode.OBSERVING, version -> {});
    }

    // Accounts that are gone

    @Test
    void whatADisconnectedAccountShowsIsNotKeptFromTheOthers() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 0);
        list(other, mug, 1);
        settle(one, other);
        assertThat(one.shows(here)).isZero();

        disconnect(other);
        settle(one);

        assertThat(one.shows(here)).isEqualTo(1);
    }

    @Test
    void nobodyWaitsForTheSalesOfADisconnectedAccount() {
        var one = aStall();
        var other = aStall();
        disconnect(other);
        clock.advance(Duration.ofDays(10));
        hear(one);

        assertThat(delays.of(one.account().id())).isLessThan(Duration.ofHours(1));
    }

    /** One order that cannot be read makes no sale of the others known later. */
    @Test
    void anOrderThatCannotBeReadMakesNoDelay() {
        var one = aStall();
        one.shop().tellsNoFirstSigns();
        one.shop().place(FakeOrder.anOrder("broken", clock.instant()));
        one.shop().malform("broken");
        hear(one);
        clock.advance(Duration.ofDays(10));
        hear(one);

        assertThat(delays.of(one.account().id())).isLessThan(Duration.ofHours(1));
    }

    private void disconnect(Stall stall) {
        var account = stall.account().id();
        shops.pause(account);
        transaction.executeWithoutResult(
                _ -> events.publishEvent(new AccountDeactivated(account, Reason.DISCONNECTED, clock.instant())));
        await().until(() -> "OBSERVING"
                .equals(jdbc.sql("select mode from inventory.takeovers where account = ?")
                        .param(account.value())
                        .query(String.class)
                        .single()));
    }

    // Plans

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

    // Sales

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

    // Instances that stand still

    /** Else it would come after what another instance has written since, and nobody would know. */
    @Test
    void whatWaitedSoLongThatAnotherInstanceTookItForLostIsNotSent() {
        var one = aStall();
        one.shop().forgetCommands();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        correct(mug, -100);
        perform("recalculate");
        one.shop().beforeWrites(() -> {
            one.shop().beforeWrites(() -> {});
            clock.advance(Sending.LEASE.plusSeconds(1));
            correct(mug, -300);
            wait(one, Duration.ofMinutes(20));
            assertThat(one.shows(here)).isEqualTo(100);
        });

        perform("DECREASE");

        assertThat(one.shows(here)).isEqualTo(100);
    }

    @Test
    void whatWaitedTooLongIsPlannedAnewWhenNobodyTookItForLost() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        int written = one.shop().calls(Operation.WRITE);
        correct(mug, -100);
        perform("recalculate");
        one.shop().beforeWrites(() -> clock.advance(Sending.LEASE.plusSeconds(1)));

        perform("DECREASE");

        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(written);
        one.shop().beforeWrites(() -> {});
        settle(one);
        assertThat(one.shows(here)).isEqualTo(400);
    }

    /** He who has one of its rows may be waiting for another that was claimed already. */
    @Test
    void nobodyWaitsForARowOfACommandWhileHeHoldsOthersOfIt() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var cup = stockroom.anItemWith(500);
        var first = list(one, mug, 500);
        list(one, cup, 500);
        settle(one);
        one.shop().nextWrite(Mishap.STUCK);
        correct(mug, -100);
        correct(cup, -100);
        perform("recalculate");
        perform("DECREASE");
        assertThat(row(first)).containsEntry("state", "ACCEPTED");
        clock.advance(Duration.ofMinutes(1));
        var asked = one.shop().calls(Operation.STATE);

        transaction.executeWithoutResult(_ -> {
            jdbc.sql("select from inventory.publications where listing = ? for no key update")
                    .param(first.id().value())
                    .query(row -> {});
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> perform("RESOLVE"));
        });

        assertThat(one.shop().calls(Operation.STATE)).isEqualTo(asked);
        perform("RESOLVE");
        assertThat(one.shop().calls(Operation.STATE)).isGreaterThan(asked);
    }

    /** There may be ten thousand of them, one a call. */
    @Test
    void whatCanBeSentDoesNotWaitForWhatHasToBeReadFirst() {
        var one = aStall();
        one.shop().stockTerms(terms(Set.of(Kind.CONDITIONAL), false));
        var mug = stockroom.anItemWith(5);
        var cup = stockroom.anItemWith(5);
        var unread = list(one, mug, 5);
        list(one, cup, 5);
        settle(one);
        jdbc.sql("update inventory.publications set revision = null where listing = ?")
                .param(unread.id().value())
                .update();
        correct(mug, -5);
        correct(cup, -5);
        perform("recalculate");
        var calls = new ArrayList<Operation>();
        one.shop().onCall((operation, argument) -> calls.add(operation));

        perform("ZERO");

        assertThat(calls).containsExactly(Operation.WRITE, Operation.READ);
    }

    // Pauses

    @Test
    void whatIsSoldOutIsTriedAgainSoonHoweverOftenItWasRefused() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        one.shop().everyWrite(Mishap.REJECTED);
        correct(mug, -500);
        wait(one, Duration.ofMinutes(30));
        one.shop().heal();

        wait(one, Duration.ofSeconds(20));

        assertThat(one.shows(here)).isZero();
    }

    @Test
    void aLowerNumberDoesNotWaitForThePauseThatAHigherOneWasGiven() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        one.shop().everyWrite(Mishap.REJECTED);
        correct(mug, -100);
        wait(one, Duration.ofHours(2));
        one.shop().heal();

        correct(mug, -100);
        work();

        assertThat(one.shows(here)).isEqualTo(300);
    }

    private void wait(Stall stall, Duration time) {
        var until = clock.instant().plus(time);
        while (clock.instant().isBefore(until)) {
            work();
            clock.advance(Duration.ofSeconds(5));
        }
        work();
    }

    // Late effects

    /** Many writes to a marketplace that takes few a second are decided long before the last of them is sent. */
    @Test
    void aWriteThatWaitedLongForItsTurnIsGivenItsTimeOnceItIsAccepted() {
        var one = aStall();
        one.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), false));
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        one.shop().nextWrite(Mishap.STUCK);
        one.shop().onCall((operation, argument) -> {
            if (operation == Operation.WRITE) {
                clock.advance(Duration.ofMinutes(2));
            }
        });
        int written = one.shop().calls(Operation.WRITE);
        correct(mug, -100);

        work();
        clock.advance(Duration.ofSeconds(2));
        work();

        assertThat(row(here)).containsEntry("state", "ACCEPTED");
        one.shop().applyLate();
        clock.advance(Duration.ofSeconds(30));
        work();
        assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 400L);
        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(written + 1);
    }

    /** It gets stuck, its repetition is said to be done and does nothing, and then the first one lands. */
    @Test
    void noReadingSettlesWhatWasSentTwiceBeforeItsLastMoment() {
        var one = aStall();
        one.shop().stockTerms(terms(Set.of(Kind.CONDITIONAL), false));
        one.shop().forgetCommands();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 1);
        settle(one);
        one.shop().nextWrite(Mishap.LATE);
        one.shop().nextWrite(Mishap.SILENT_NO_OP);
        stockroom.receive(mug, 1);
        work();
        clock.advance(Duration.ofSeconds(1));
        work();
        hear(one);
        work();
        assertThat(one.shop().calls(Operation.WRITE)).isGreaterThanOrEqualTo(2);

        one.shop().applyLate();

        assertThat(one.shows(here)).isEqualTo(2);
        assertThat(row(here)).containsEntry("exposure", 2L);
    }

    /** A hand stands for the write that lands late. */
    @Test
    void aListingWhoseWriteWasLostOnTheWayIsLookedAtOnceMoreWhenNothingCanComeAnyMore() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        one.shop().nextWrite(Mishap.LOST_ANSWER);
        correct(mug, -100);
        settle(one);
        assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 400L);

        one.shop().sellerShows(here.externalId(), 457);
        var shown = new ArrayList<Integer>();
        for (int minute = 0; minute < 15; minute++) {
            clock.advance(Duration.ofMinutes(1));
            hear(one);
            work();
            shown.add(one.shows(here));
        }

        assertThat(shown.getFirst()).isEqualTo(457);
        assertThat(shown.getLast()).isEqualTo(400);
    }
}
