package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.plans.PlanDecision;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

/** What is not written, not believed, or not put off, because it could do harm. */
class CautionModuleTests extends PublicationFixture {

    /** More than an account may set to zero without a person's word. */
    private static final int MASS = 12;

    @Autowired
    PlanDecision decisions;

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

    /** As if the seller had said so just when the write was written down. */
    @Test
    void whatIsPlannedIsNotSentOnceOnlyLookingIsWanted() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        int written = one.shop().calls(Operation.WRITE);
        correct(mug, -100);
        perform("recalculate");
        jdbc.sql("""
                        create function inventory.observe() returns trigger language plpgsql as $$ begin
                          update inventory.takeovers set mode = 'OBSERVING'; return null; end $$;
                        create trigger observe after insert on inventory.writes execute function inventory.observe()""").update();
        try {
            perform("DECREASE");
        } finally {
            jdbc.sql("drop function inventory.observe() cascade").update();
        }

        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(written);
        assertThat(row(here)).containsEntry("command", null).containsEntry("state", "IDLE");

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
        decisions.approve(new PlanId((java.util.UUID) plan), "a person", null);
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

    private List<Item> mugs() {
        return IntStream.range(0, MASS).mapToObj(it -> stockroom.anItemWith(5)).toList();
    }

    private Object plan(Listing listing) {
        return row(listing).get("plan");
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
