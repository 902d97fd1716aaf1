package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.StockState;
import dev.kontor.inventory.publication.Publications.Due;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Reading.Shown;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

/** What marketplaces come to show. */
class PublicationModuleTests extends PublicationFixture {

    @Autowired
    Publications publications;

    @Autowired
    Journal journal;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void aSaleLowersTheOthers() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        var there = list(other, mug, 500);
        work();

        buy(one, here, 3);
        hear(one);
        work();

        assertThat(stockroom.available(mug)).isEqualTo(497);
        assertThat(other.shows(there)).isEqualTo(497);
        assertThat(one.shows(here)).isEqualTo(497);
        assertThat(row(there)).containsEntry("state", "VERIFIED").containsEntry("verified", 497L);
        // nothing was written here: what was seen, less what is known to have been bought since
        assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 497L);
    }

    @Test
    void theLastUnitsAreDivided() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(2);
        var here = list(one, mug, 2);
        var there = list(other, mug, 2);
        settle(one, other);

        assertThat(one.shows(here) + other.shows(there)).isEqualTo(2);
        assertThat(one.shows(here)).isEqualTo(1);

        assertThat(one.shop().sell(here.externalId(), 2)).isEqualTo(1);
    }

    @Test
    void whatWasSoldOutComesBackWithNewGoods() {
        var one = aStall();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 1);
        settle(one);
        buy(one, here, 1);
        settle(one);
        assertThat(one.shows(here)).isZero();

        stockroom.receive(mug, 7);
        settle(one);

        assertThat(one.shows(here)).isEqualTo(7);
        assertThat(row(here)).containsEntry("state", "VERIFIED");
    }

    @Test
    void aWriteThatDidNothingIsFoundAndRepeated() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        work();
        one.shop().nextWrite(Mishap.SILENT_NO_OP);

        correct(mug, -100);
        settle(one);

        assertThat(one.shows(here)).isEqualTo(400);
        assertThat(row(here)).containsEntry("state", "VERIFIED");
    }

    @Test
    void anObservedAccountIsNeverWrittenTo() {
        var one = aStall();
        mode(one, "OBSERVING");
        var mug = stockroom.anItemWith(40);
        var here = list(one, mug, 3);
        settle(one);

        assertThat(one.shows(here)).isEqualTo(3);
        assertThat(row(here)).containsEntry("desired", 40L);
    }

    /** Nothing but a reading can free what was taken off, so it must not wait for the write that it makes room for. */
    @Test
    void whereOnlyPlainValuesAreTakenAListingIsReadBeforeItIsFilledAgain() {
        var one = aPlainStall();
        var mug = stockroom.anItemWith(2);
        var here = list(one, mug, 2);
        settle(one);
        correct(mug, -2);
        perform("recalculate");
        perform("ZERO");
        stockroom.receive(mug, 2);

        settle(one);

        assertThat(one.shows(here)).isEqualTo(2);
    }

    /** Another plain value would give back what somebody may just have bought. */
    @Test
    void wherePlainValuesAloneAreTakenWhatStillSellsIsLeftWithFewerAndSaysSo() {
        var one = aPlainStall();
        var here = listWithheld(one, 3, 4);

        buy(one, here, 3);
        settle(one);
        assertThat(one.shows(here)).isEqualTo(1);
        assertThat(state(here)).isEqualTo(StockState.VERIFIED);
    }

    @Test
    void whatIsWithheldIsStillLookedAtWhenSomebodyHasChangedIt() {
        var one = aPlainStall();
        var here = listWithheld(one, 3, 4);

        one.shop().sellerShows(here.externalId(), 0);
        jdbc.sql("update inventory.publications set read_wanted = true where listing = ?")
                .param(here.id().value())
                .update();
        settle(one);

        assertThat(one.shows(here)).isEqualTo(4);
    }

    private Listing listWithheld(Stall stall, int shown, int present) {
        var mug = stockroom.anItemWith(shown);
        var listing = list(stall, mug, shown);
        settle(stall);
        stockroom.receive(mug, present - shown);
        settle(stall);
        assertThat(stall.shows(listing)).isEqualTo(shown);
        assertThat(state(listing)).isEqualTo(StockState.WITHHELD);
        return listing;
    }

    private StockState state(Listing listing) {
        return listings.find(listing.id()).orElseThrow().stock().state();
    }

    @Test
    void aReadingThatIsNotBelievedYetIsNotReplacedByLaterOnes() {
        var one = aStall();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 1);
        settle(one);
        one.shop().nextWrite(Mishap.SILENT_NO_OP);
        stockroom.receive(mug, 1);

        for (int second = 0; second < 90; second++) {
            work();
            clock.advance(Duration.ofSeconds(2));
            feed.run(one.account(), new Run());
        }

        assertThat(one.shows(here)).isEqualTo(2);
    }

    @Test
    void whatAMarketplacePutsBackForACancelledSaleCountsAtOnce() {
        var one = aStall();
        var mug = stockroom.anItemWith(2);
        var here = list(one, mug, 2);
        settle(one);
        var order = buy(one, here, 1);
        hear(one);
        work();
        one.shop().putBack(here.externalId(), 1);
        one.shop().change(order.id(), it -> it.withStatus("CANCELLED"));
        hear(one);
        perform("follow");
        perform("settle");

        assertThat((Long) row(here).get("exposure")).isGreaterThanOrEqualTo(one.shows(here));
    }

    /** It is sold and cancelled before anybody hears of it, and for sale again since the listing was read. */
    @Test
    void whatWasSoldAndPutBackUnheardCountsToo() {
        var one = aStall();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 1);
        settle(one);
        var order = buy(one, here, 1);
        jdbc.sql("update inventory.publications set read_wanted = true where listing = ?")
                .param(here.id().value())
                .update();
        perform("READ");
        one.shop().putBack(here.externalId(), 1);
        one.shop().change(order.id(), it -> it.withStatus("CANCELLED"));
        hear(one);
        perform("follow");
        perform("settle");

        assertThat((Long) row(here).get("exposure")).isGreaterThanOrEqualTo(one.shows(here));
    }

    @Test
    void aReadingThatAWriteHasOvertakenDoesNotCount() {
        var one = aStall();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 1);
        settle(one);
        jdbc.sql("update inventory.publications set read_wanted = true where listing = ?")
                .param(here.id().value())
                .update();
        one.shop().onCall((operation, argument) -> {
            if (operation == Operation.READ) {
                one.shop().onCall((other, ignored) -> {});
                shops.beforeNextAnswer(() -> {
                    stockroom.receive(mug, 1);
                    perform("recalculate");
                    perform("INCREASE");
                });
            }
        });
        perform("READ");
        hear(one);
        clock.advance(Duration.ofSeconds(10));
        hear(one);
        perform("settle");

        assertThat(one.shows(here)).isEqualTo(2);
        assertThat(row(here)).containsEntry("exposure", 2L);
    }

    /** What is said of the repetition says nothing of the first one. */
    @Test
    void aWriteThatMayHaveBeenHeardIsNotTakenBackWhenItsRepetitionIsRefused() {
        var one = aStall();
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 1);
        settle(one);
        one.shop().losesCommands();
        one.shop().nextWrite(Mishap.LOST_ANSWER);
        stockroom.receive(mug, 1);
        perform("recalculate");
        perform("INCREASE");
        one.shop().failNext(Operation.WRITE, new Answer.Rejected<>("BUSY", "not now"));
        clock.advance(Duration.ofSeconds(1));
        perform("RESOLVE");

        assertThat(one.shows(here)).isEqualTo(2);
        assertThat(row(here)).containsEntry("exposure", 2L);
    }

    @Test
    void aWriteThatHadToWaitUntilItWasNotNeededAnyMoreEndsWithALook() {
        var one = aStall();
        var mug = stockroom.anItemWith(5);
        var here = list(one, mug, 5);
        settle(one);
        one.shop()
                .failNext(
                        Operation.WRITE, new Answer.Throttled<>(clock.instant().plusSeconds(30)));
        correct(mug, -1);
        work();
        assertThat(row(here)).containsEntry("state", "IDLE");
        buy(one, here, 1);
        hear(one);
        correct(mug, 1);
        perform("follow");

        settle(one);

        assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 4L);
    }

    /** Marketplaces permit few readings, and which of them come first is Kontor's choice. */
    @Test
    void whatIsSoldOutIsLookedAtBeforeWhatIsNot() {
        var one = aStall();
        var mug = stockroom.anItemWith(1);
        var cup = stockroom.anItemWith(5);
        var soldOut = list(one, mug, 1);
        var left = list(one, cup, 5);
        settle(one);
        correct(cup, -1);
        correct(mug, -1);
        perform("recalculate");
        perform("DECREASE");
        perform("ZERO");
        clock.advance(Duration.ofSeconds(40));

        perform("READ_ZERO");

        assertThat(row(soldOut)).containsEntry("verified", 0L);
        assertThat(row(left)).containsEntry("expected", 4L).containsEntry("verified", 5L);
        perform("READ");
        assertThat(row(left)).containsEntry("verified", 4L);
    }

    @Test
    void nothingIsWrittenWhereItIsSeenAlready() {
        var one = aStall();
        one.shop().stockTerms(terms(Set.of(Kind.CONDITIONAL), false));
        var mug = stockroom.anItemWith(1);
        var here = list(one, mug, 1);
        settle(one);
        one.shop().sell(here.externalId(), 1); // nobody has heard of it yet
        correct(mug, -1);
        work();
        int written = one.shop().calls(Operation.WRITE);
        for (int time = 0; time < 5; time++) {
            clock.advance(Duration.ofSeconds(40));
            work();
        }

        assertThat(one.shop().calls(Operation.WRITE)).isEqualTo(written);
    }

    /** The marketplace would refuse it, and would go on showing far too many until it has told of the sale. */
    @Test
    void whatBuyersTookUnheardIsNotTakenOffOnceMore() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        work();
        one.shop().sell(here.externalId(), 100);

        correct(mug, -450);
        work();
        clock.advance(Duration.ofSeconds(10));
        work();

        assertThat(one.shows(here)).isEqualTo(50);
    }

    /** As when Kontor dies before it has sent what it wrote down, or before it is answered. */
    @Test
    void aWriteOfWhichNothingIsHeardDoesNotKeepWhatIsSoldOutOnSale() {
        var one = aPlainStall();
        one.shop().forgetCommands();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        one.shop().nextWrite(Mishap.LATE);
        correct(mug, -100);
        work();
        correct(mug, -400);

        clock.advance(Sending.LEASE);
        settle(one);

        assertThat(one.shows(here)).isZero();
        assertThat(row(here)).containsEntry("state", "VERIFIED");

        one.shop().applyLate();
        assertThat(one.shows(here)).isEqualTo(400);
        clock.advance(Sending.LEASE.plus(Duration.ofMinutes(10)));
        settle(one);

        assertThat(one.shows(here)).isZero();
        assertThat(row(here)).containsEntry("state", "VERIFIED");
    }

    @Test
    void aWriteThatIsAcceptedAndNotDoneDoesNotKeepWhatIsSoldOutOnSale() {
        var one = aPlainStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        one.shop().nextWrite(Mishap.STUCK);
        correct(mug, -100);
        work();
        correct(mug, -400);

        clock.advance(Duration.ofMinutes(2));
        settle(one);

        assertThat(one.shows(here)).isZero();
        assertThat(row(here)).containsEntry("state", "VERIFIED");
    }

    private Stall aPlainStall() {
        var stall = aStall();
        stall.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        return stall;
    }

    @Test
    void aReadingThatIsOlderThanTheLastWriteDoesNotCount() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        var there = list(other, mug, 500);
        settle(one, other);
        buy(one, here, 3);
        var before = clock.instant();
        hear(one);
        work();

        read(other, there, new Shown(500, null, before));

        assertThat(row(there)).containsEntry("expected", 497L).containsEntry("read_wanted", true);
        settle(one, other);
        assertThat(row(there)).containsEntry("expected", 497L).containsEntry("state", "VERIFIED");
    }

    @Test
    void aSaleThatIsKnownIsNotForgottenByAReadingOfBefore() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        settle(one);
        var before = clock.instant();
        clock.advance(Duration.ofSeconds(10));
        buy(one, here, 3);
        hear(one);
        work();

        read(one, here, new Shown(500, null, before));

        assertThat(row(here)).containsEntry("expected", 497L).containsEntry("read_wanted", true);
        settle(one);
        assertThat(row(here)).containsEntry("expected", 497L).containsEntry("verified", 497L);
    }

    private void read(Stall stall, Listing listing, Shown told) {
        jdbc.sql("update inventory.publications set read_wanted = true, due_at = '-infinity' where listing = ?")
                .param(listing.id().value())
                .update();
        var now = clock.instant();
        transaction.executeWithoutResult(status ->
                publications.claim(new Due(stall.account().id(), Work.READ), 1, now).stream()
                        .filter(row -> row.listing().equals(listing.id()))
                        .forEach(row -> journal.shown(row, told, now, now, now)));
    }
}
