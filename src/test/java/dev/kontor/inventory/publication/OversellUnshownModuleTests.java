package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.plans.PlanDecision;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.StockWriter.Kind;

import static dev.kontor.inventory.oversells.Cause.HELD;
import static dev.kontor.inventory.oversells.Cause.INACTIVE;
import static dev.kontor.inventory.oversells.Cause.NOT_APPLIED;
import static dev.kontor.inventory.oversells.Cause.NOT_HEARD;
import static dev.kontor.inventory.oversells.Cause.NOT_VERIFIED;
import static dev.kontor.inventory.oversells.Cause.NOT_WRITTEN;
import static dev.kontor.inventory.oversells.Cause.OBSERVED;
import static dev.kontor.inventory.oversells.Cause.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

/** What is sold and not there, though it was known that there were fewer: why buyers were not shown so. */
class OversellUnshownModuleTests extends OversellFixture {

    /** More than an account may set to zero without a person's word. */
    private static final int MASS = 12;

    @Autowired
    PlanDecision decisions;

    @Test
    void theLowerNumberWasNotWrittenYet() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();
        sold(here, 1);

        buy(there, 2);
        hear(there);
        work();

        assertThat(explained(mug).units()).isEqualTo(1);
        var finding = first(mug, NOT_WRITTEN);
        assertThat(finding.heardAt()).isBefore(finding.soldAt());
    }

    @Test
    void anObservedAccountWasNotWrittenTo() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        takeover.change(there.account(), Mode.OBSERVING, version -> {});
        work();
        sold(here, 2);
        work();

        buy(there, 1);
        hear(there);
        work();

        first(mug, OBSERVED);
    }

    @Test
    void whatCountsIsWhetherItWasObservedWhenTheSaleWasMade() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        takeover.change(there.account(), Mode.OBSERVING, version -> {});
        work();
        sold(here, 2);
        work();

        buy(there, 1);
        clock.advance(Duration.ofSeconds(1));
        takeover.change(there.account(), Mode.WRITING, version -> {});
        hear(there);
        work();

        first(mug, OBSERVED);
    }

    @Test
    void anAccountThatWasPausedCouldNotBeWrittenTo() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();
        pause(there);
        sold(here, 2);
        work();

        buy(there, 1);
        clock.advance(Duration.ofHours(1));
        resume(there);
        hear(there);
        work();

        first(mug, INACTIVE);
    }

    @Test
    void anAccountThatIsPausedAfterTheSaleIsNoExcuse() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();
        sold(here, 2);

        buy(there, 1);
        hear(there);
        pause(there);
        work();

        first(mug, NOT_WRITTEN);
    }

    @Test
    void theLowerNumberWaitedInAPlan() {
        var mug = stockroom.anItemWith(5);
        var held = held(mug, 5);

        sold(held, 1);
        work();

        var finding = first(mug, HELD);
        assertThat(finding.order()).isNull();
        assertThat(finding.movedAt()).isBefore(finding.soldAt());
    }

    /** As there is nothing to hold back any more. */
    @Test
    void theLowerNumberWaitedInAPlanAlsoWhereTheLastOneWasSold() {
        var mug = stockroom.anItemWith(1);
        var held = held(mug, 1);

        sold(held, 1);
        work();

        assertThat(row(held.listing())).containsEntry("plan", null);
        first(mug, HELD);
    }

    @Test
    void theLowerNumberWaitedInAPlanAlsoWhereItWasApprovedSince() {
        var mug = stockroom.anItemWith(5);
        var held = held(mug, 5);

        buy(held, 1);
        decisions.approve(new PlanId((UUID) row(held.listing()).get("plan")), "a person", null);
        hear(held);
        work();

        first(mug, HELD);
    }

    @Test
    void whatWasHeldSaysMoreThanASaleElsewhereThatWasNotHeardOf() {
        var mug = stockroom.anItemWith(5);
        var elsewhere = aPlace(mug, 5);
        settle(elsewhere.stall());
        buy(elsewhere, 1);
        var held = held(mug, 5);

        buy(held, 1);
        hear(elsewhere);
        follow();
        hear(held);
        work();

        assertThat(causes(mug)).containsExactly(HELD, NOT_HEARD);
    }

    /** All that a shop shows is found to be gone at once, and among it the item. */
    private Place held(Item item, int shown) {
        var stall = aStall();
        var items = Stream.concat(Stream.of(item), IntStream.range(1, MASS).mapToObj(it -> stockroom.anItemWith(shown)))
                .toList();
        var places = items.stream().map(it -> aPlace(stall, it, shown)).toList();
        settle(stall);
        items.forEach(it -> correct(it, -shown));
        work();
        assertThat(places)
                .allSatisfy(it -> assertThat(row(it.listing()).get("plan")).isNotNull());
        return places.getFirst();
    }

    @Test
    void theMarketplaceHadRefusedTheLowerNumber() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();
        there.shop().everyWrite(Mishap.REJECTED);
        sold(here, 2);
        work();

        buy(there, 1);
        there.shop().heal();
        hear(there);
        work();

        var finding = first(mug, REFUSED);
        assertThat(finding.write()).isNotNull();
        assertThat(finding.sentAt()).isBefore(finding.soldAt());
    }

    /** By then it is too late to take that many off. */
    @Test
    void whatTheMarketplaceRefusesAfterTheSaleItHadNotDoneBefore() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();
        there.shop().nextWrite(Mishap.STUCK);
        sold(here, 1);
        work();

        buy(there, 2);
        there.shop().applyLate();
        work();
        hear(there);
        work();

        first(mug, NOT_APPLIED);
    }

    @Test
    void theMarketplaceHadNotDoneWhatItWasSent() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        there.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        work();
        there.shop().nextWrite(Mishap.STUCK);
        sold(here, 1);
        work();

        buy(there, 2);
        there.shop().applyLate();
        hear(there);
        work();

        var finding = first(mug, NOT_APPLIED);
        assertThat(finding.order()).isNotNull();
        assertThat(finding.sentAt()).isBefore(finding.soldAt());
        assertThat(finding.appliedAt()).isAfter(finding.soldAt());
        assertThat(finding.gapSeconds()).isGreaterThan(6);
    }

    @Test
    void theMarketplaceSaidThatItWasDoneAndNobodyHadSeenIt() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();
        there.shop().nextWrite(Mishap.SILENT_NO_OP);
        there.shop().failAlways(Operation.READ, new Unavailable<>("busy"));
        sold(here, 2);
        work();

        buy(there, 1);
        hear(there);
        work();

        var finding = first(mug, NOT_VERIFIED);
        assertThat(finding.appliedAt()).isBefore(finding.soldAt());
        assertThat(finding.verifiedAt()).isNull();
    }
}
