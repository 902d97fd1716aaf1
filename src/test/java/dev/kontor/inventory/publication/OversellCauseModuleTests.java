package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.StockWriter.Kind;

import static dev.kontor.inventory.oversells.Cause.NOT_APPLIED;
import static dev.kontor.inventory.oversells.Cause.NOT_HEARD;
import static dev.kontor.inventory.oversells.Cause.NOT_MATCHED;
import static dev.kontor.inventory.oversells.Cause.NOT_WRITTEN;
import static dev.kontor.inventory.oversells.Cause.OBSERVED;
import static dev.kontor.inventory.oversells.Cause.OVERWRITTEN;
import static dev.kontor.inventory.oversells.Cause.PUT_BACK;
import static dev.kontor.inventory.oversells.Cause.SHOWED_MORE;
import static dev.kontor.inventory.oversells.Cause.TAKEN_AWAY;
import static dev.kontor.inventory.oversells.Cause.UNEXPLAINED;
import static dev.kontor.inventory.oversells.Cause.WRITE_IN_DOUBT;
import static org.assertj.core.api.Assertions.assertThat;

/** What is sold and not there is explained by what is on record. */
class OversellCauseModuleTests extends OversellFixture {

    // What was not known

    @Test
    void aSaleElsewhereWasNotHeardOf() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();

        buy(here, 2);
        buy(there, 2);
        hear(here);
        follow();
        hear(there);
        follow();

        assertThat(explained(mug)).satisfies(it -> {
            assertThat(it.units()).isEqualTo(2);
            assertThat(it.account()).isEqualTo(there.account());
        });
        var finding = first(mug, NOT_HEARD);
        assertThat(finding.account()).isEqualTo(here.account().value());
        assertThat(finding.placedAt()).isBefore(finding.soldAt());
        assertThat(finding.heardAt()).isAfter(finding.soldAt());
        assertThat(finding.gapSeconds())
                .isEqualTo(
                        Duration.between(finding.placedAt(), finding.heardAt()).toMillis() / 1000.0);
    }

    /** The movement that makes it worse is the earlier sale's, for it is followed last. */
    @Test
    void aSaleThatWasHeardOfLateIsItselfTheOneThatWasNotHeardOf() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();

        var early = buy(here, 2);
        var later = sold(there, 2);
        clock.advance(Duration.ofMinutes(10));
        hear(here);
        follow();

        assertThat(explained(mug).account()).isEqualTo(here.account());
        var finding = first(mug, NOT_HEARD);
        assertThat(finding.account()).isEqualTo(here.account().value());
        assertThat(finding.placedAt()).isEqualTo(early.placedAt());
        assertThat(finding.soldAt()).isEqualTo(later.placedAt());
        assertThat(finding.gapSeconds()).isGreaterThan(600);
    }

    @Test
    void aSaleElsewhereWasByAListingOfWhichNobodyHadSaidWhatItSells() {
        var mug = mirrored(2);
        var unmatched = unmatched(2);
        var there = aPlace(mug, 2);
        work();
        sold(unmatched, 2);

        buy(there, 1);
        clock.advance(Duration.ofMinutes(5));
        match(unmatched, mug);
        hear(there);
        work();

        var finding = first(mug, NOT_MATCHED);
        assertThat(finding.account()).isEqualTo(unmatched.account().value());
        assertThat(finding.heardAt()).isBefore(finding.soldAt());
        assertThat(finding.movedAt()).isAfter(finding.soldAt());
        assertThat(finding.gapSeconds()).isGreaterThan(300);
    }

    @Test
    void aSaleByAListingThatIsMatchedAfterwardsWasTheOneThatWasNotMatched() {
        var mug = mirrored(2);
        var unmatched = unmatched(2);
        var there = aPlace(mug, 2);
        work();
        var early = sold(unmatched, 2);
        var later = sold(there, 1);

        match(unmatched, mug);

        assertThat(explained(mug).account()).isEqualTo(unmatched.account());
        var finding = first(mug, NOT_MATCHED);
        assertThat(finding.account()).isEqualTo(unmatched.account().value());
        assertThat(finding.placedAt()).isEqualTo(early.placedAt());
        assertThat(finding.soldAt()).isEqualTo(later.placedAt());
    }

    private Place unmatched(int shown) {
        var stall = aStall();
        return new Place(stall, seen(stall, "their-own-" + aKey(), shown));
    }

    private void match(Place place, Item item) {
        linking.link(place.listing().id(), new Link(item.id(), 1, "test"), version -> {});
    }

    @Test
    void whatWasNotHeardOfSaysMoreThanWhatWasNotWrittenWhereSomeWereLeft() {
        var mug = mirrored(3);
        var here = aPlace(mug, 3);
        var there = aPlace(mug, 3);
        work();
        sold(here, 1);

        buy(here, 2);
        buy(there, 1);
        hear(here);
        follow();
        hear(there);
        follow();

        assertThat(causes(mug)).containsExactly(NOT_HEARD, NOT_WRITTEN);
    }

    @Test
    void whatWasNotHeardOfSaysLessWhereNothingWasLeftByWhatWasKnown() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        var third = aPlace(mug, 2);
        work();
        sold(here, 2);

        buy(third, 1);
        buy(there, 1);
        hear(third);
        follow();
        hear(there);
        follow();

        assertThat(causes(mug)).containsExactly(NOT_WRITTEN, NOT_HEARD);
    }

    // What was put on sale again

    @Test
    void aNumberWasWrittenOverASaleOfTheSameListing() {
        var mug = mirrored(10);
        var here = aPlace(mug, 10);
        here.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        work();
        buy(here, 4);
        clock.advance(Duration.ofSeconds(1));
        stockroom.receive(mug, 5);
        work();
        assertThat(here.shop().shown(here.listing().externalId())).isEqualTo(15);

        buy(here, 15);
        hear(here);
        work();

        assertThat(explained(mug).units()).isEqualTo(4);
        var finding = first(mug, OVERWRITTEN);
        assertThat(finding.shown()).isEqualTo(15);
        assertThat(finding.placedAt()).isBefore(finding.sentAt());
        assertThat(finding.heardAt()).isAfter(finding.sentAt());
    }

    @Test
    void aNumberWasWrittenOverASaleThatWasHeardOfAfterTheNextOne() {
        var mug = mirrored(10);
        var here = aPlace(mug, 10);
        here.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        work();
        var offer = here.listing().externalId();
        clock.advance(Duration.ofSeconds(6));
        here.shop()
                .placeSilently(FakeOrder.anOrder("earlier", clock.instant())
                        .withLines(new FakeLine(
                                "line-earlier", offer, here.listing().sku(), "Mug", 4, "10.00")));
        clock.advance(Duration.ofSeconds(20));
        stockroom.receive(mug, 5);
        work();
        assertThat(here.shop().shown(offer)).isEqualTo(15);

        buy(here, 15);
        hear(here);
        here.shop().change("earlier", order -> order);
        hear(here);
        work();

        assertThat(explained(mug).units()).isEqualTo(4);
        var finding = first(mug, OVERWRITTEN);
        assertThat(finding.placedAt()).isBefore(finding.sentAt());
        assertThat(finding.heardAt()).isAfter(finding.sentAt());
    }

    @Test
    void aNumberThatTheMarketplaceHasNotDoneYetHasOverwrittenNothing() {
        var mug = mirrored(6);
        var here = aPlace(mug, 6);
        var there = aPlace(mug, 6);
        there.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        work();
        there.shop().nextWrite(Mishap.STUCK);
        sold(here, 2);
        work();

        buy(there, 3);
        buy(there, 3);
        hear(there);
        work();

        assertThat(causes(mug)).containsExactly(NOT_APPLIED);
    }

    @Test
    void whatWasNotDoneSaysMoreThanWhatItMayHaveOverwritten() {
        var mug = mirrored(6);
        var here = aPlace(mug, 6);
        var there = aPlace(mug, 6);
        there.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        work();
        there.shop().nextWrite(Mishap.STUCK);
        sold(here, 2);
        work();

        buy(there, 3);
        there.shop().applyLate();
        buy(there, 4);
        hear(there);
        work();

        assertThat(causes(mug)).containsExactly(NOT_APPLIED, OVERWRITTEN);
    }

    @Test
    void theMarketplacePutUnitsOfACancelledOrderOnSaleAgain() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        work();
        var cancelled = sold(here, 2);
        work();

        here.shop().putBack(here.listing().externalId(), 2);
        sold(here, 2);
        here.shop().change(cancelled.id(), it -> it.withStatus("CANCELLED"));
        hear(here);
        follow();

        var finding = first(mug, PUT_BACK);
        assertThat(finding.placedAt()).isEqualTo(cancelled.placedAt());
        assertThat(finding.shown()).isEqualTo(2);
        assertThat(finding.sold()).isEqualTo(4);
    }

    @Test
    void aNumberThatWasRaisedByMoreThanWasCancelledWasRaisedByHand() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        work();
        var cancelled = sold(here, 2);
        work();

        here.shop().sellerShows(here.listing().externalId(), 5);
        sold(here, 5);
        here.shop().change(cancelled.id(), it -> it.withStatus("CANCELLED"));
        hear(here);
        follow();

        assertThat(causes(mug)).startsWith(SHOWED_MORE);
    }

    @Test
    void aWriteOfWhichNobodyKnewWhatBecameOfItTookEffectLate() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        here.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        here.shop().losesCommands();
        work();
        here.shop().nextWrite(Mishap.LATE);
        stockroom.receive(mug, 3);
        work();
        correct(mug, -3);
        clock.advance(Duration.ofMinutes(2));
        work();
        assertThat(row(here.listing())).containsEntry("state", "VERIFIED").containsEntry("seen", 2L);

        here.shop().applyLate();
        sold(here, 5);
        work();

        var finding = first(mug, WRITE_IN_DOUBT);
        assertThat(finding.write()).isNotNull();
        assertThat(finding.sentAt()).isBefore(finding.soldAt());
        assertThat(finding.appliedAt()).isNull();
        assertThat(finding.sold()).isEqualTo(5);
    }

    @Test
    void somebodyRaisedTheNumberByHand() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        work();
        clock.advance(Duration.ofMinutes(1));

        here.shop().sellerShows(here.listing().externalId(), 5);
        sold(here, 5);
        work();

        assertThat(explained(mug).units()).isEqualTo(3);
        var finding = first(mug, SHOWED_MORE);
        assertThat(finding.shown()).isEqualTo(2);
        assertThat(finding.sold()).isEqualTo(5);
    }

    /** What Kontor sends meanwhile hides nothing: it is known how much that can have put on sale. */
    @Test
    void somebodyRaisedTheNumberByHandThoughKontorRaisedItTooSinceThen() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        work();
        clock.advance(Duration.ofMinutes(1));

        here.shop().sellerShows(here.listing().externalId(), 5);
        stockroom.receive(mug, 1);
        perform("recalculate");
        perform("INCREASE");
        sold(here, 6);
        work();

        assertThat(explained(mug).units()).isEqualTo(3);
        var finding = first(mug, SHOWED_MORE);
        assertThat(finding.shown()).as("two, and one that came in").isEqualTo(3);
        assertThat(finding.sold()).isEqualTo(6);
    }

    @Test
    void whatKontorGaveItWasNotRaisedByHand() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();
        clock.advance(Duration.ofMinutes(1));
        stockroom.receive(mug, 1);
        perform("recalculate");
        perform("INCREASE");

        buy(there, 3);
        buy(here, 3);
        hear(there);
        hear(here);
        work();

        first(mug, NOT_HEARD);
    }

    @Test
    void aListingShowedMoreWhenItWasConnectedAndWasNotToldYet() {
        var mug = mirrored(2);
        var here = aPlace(mug, 5);

        buy(here, 5);
        hear(here);
        work();

        assertThat(explained(mug).units()).isEqualTo(3);
        assertThat(first(mug, NOT_WRITTEN).order()).isNull();
    }

    @Test
    void aListingShowedMoreWhenItWasConnectedAndWasOnlyObserved() {
        var mug = mirrored(2);
        var here = aPlace(mug, 5);
        takeover.change(here.account(), Mode.OBSERVING, version -> {});
        work();

        sold(here, 5);
        work();

        first(mug, OBSERVED);
    }

    // What is not there

    @Test
    void aCountTookAwayWhatWasSold() {
        var mug = mirrored(3);
        var here = aPlace(mug, 3);
        work();
        sold(here, 2);
        work();

        count(mug, 1);

        assertThat(explained(mug)).satisfies(it -> {
            assertThat(it.units()).isEqualTo(1);
            assertThat(it.order()).isNull();
            assertThat(first(mug, TAKEN_AWAY).movement()).isEqualTo(it.movement());
        });
    }

    @Test
    void whatNothingExplainsIsSaidToBeUnexplained() {
        var mug = stockroom.anItemWith(1);
        ledger.post(List.of(reservation(mug, 2)));

        var oversell = explained(mug);

        assertThat(oversell.cause()).isEqualTo(UNEXPLAINED);
        assertThat(oversell.findings()).isEmpty();
    }
}
