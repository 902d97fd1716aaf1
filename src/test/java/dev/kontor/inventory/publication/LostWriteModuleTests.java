package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.StockWriter.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Writes of which an instance, or the marketplace, loses sight for a while. */
class LostWriteModuleTests extends PublicationFixture {

    @Autowired
    TransactionTemplate transaction;

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
            wait(Duration.ofMinutes(20));
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
