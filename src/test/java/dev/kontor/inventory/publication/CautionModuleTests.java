package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.inventory.exposure.Delays;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.quarantine.QuarantineEntries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is not written, not asked again, or not put off, because it could do harm. */
class CautionModuleTests extends PublicationFixture {

    @Autowired
    QuarantineEntries entries;

    @Autowired
    Delays delays;

    @Autowired
    ApplicationEventPublisher events;

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
        lookAt(here);
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

    /** What disappeared from a listing may be what it sold, until somebody says that it is not. */
    @Test
    void anOrderThatCannotBeReadKeepsItsUnitsUntilSomebodyAnswersForIt() {
        var one = aStall();
        var other = aStall();
        other.shop().tellsNoFirstSigns();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 0);
        var there = list(other, mug, 1);
        settle(one, other);
        other.shop().sellerShows(there.externalId(), 0);
        other.shop().place(FakeOrder.anOrder("broken", clock.instant()));
        other.shop().malform("broken");
        hear(other);
        lookAt(there);
        settle(one, other);
        assertThat(one.shows(here) + other.shows(there)).isZero();

        entries.acknowledge(
                entries.list(other.account().id(), false, new UUID(0, 0), 2)
                        .getFirst()
                        .id(),
                "person 1",
                "It was the seller himself who lowered it");
        settle(one, other);

        assertThat(one.shows(here) + other.shows(there)).isEqualTo(1);
    }

    private void lookAt(Listing listing) {
        jdbc.sql("update inventory.publications set read_wanted = true, due_at = '-infinity' where listing = ?")
                .param(listing.id().value())
                .update();
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

    // Pauses

    @Test
    void whatIsSoldOutIsTriedAgainSoonHoweverOftenItWasRefused() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        one.shop().everyWrite(Mishap.REJECTED);
        correct(mug, -500);
        wait(Duration.ofMinutes(30));
        one.shop().heal();

        wait(Duration.ofSeconds(20));

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
        wait(Duration.ofHours(2));
        one.shop().heal();

        correct(mug, -100);
        work();

        assertThat(one.shows(here)).isEqualTo(300);
    }
}
