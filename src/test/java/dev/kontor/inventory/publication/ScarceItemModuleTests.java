package dev.kontor.inventory.publication;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

import static org.assertj.core.api.Assertions.assertThat;

/** What was plenty becomes scarce: from then on nothing is given that may have been given before. */
class ScarceItemModuleTests extends PublicationFixture {

    private Stall one;
    private Stall other;
    private Item mug;
    private Listing here;
    private Listing there;

    /** The one shows all of it, and the other none. */
    @BeforeEach
    void showPlenty() {
        one = aStall();
        other = aStall();
        mug = stockroom.anItemWith(20);
        here = list(one, mug, 20);
        there = list(other, mug, 0);
        other.shop().everyWrite(Mishap.REJECTED);
        settle(one, other);
        assertThat(row(here)).containsEntry("guarded", false).containsEntry("exposure", 20L);
        assertThat(row(there)).containsEntry("guarded", false).containsEntry("exposure", 0L);
    }

    private void becomeScarce() {
        correct(mug, -3);
        work();
        assertThat(row(here)).containsEntry("guarded", true);
        assertThat(row(there)).containsEntry("guarded", true);
    }

    @Test
    void whatAWriteOnlySaidToHaveTakenOffIsNotGivenToOthers() {
        one.shop().failAlways(Operation.READ, new Unavailable<>("busy"));
        one.shop().nextWrite(Mishap.SILENT_NO_OP);
        correct(mug, -12);
        work();
        assertThat(one.shows(here)).as("it was told to show 8").isEqualTo(20);

        becomeScarce();
        other.shop().heal();
        stockroom.receive(mug, 5);
        for (int minute = 0; minute < 3; minute++) {
            clock.advance(Duration.ofMinutes(1));
            hear(one);
            hear(other);
            work();
        }

        assertThat(other.shows(there)).isZero();

        one.shop().heal();
        settle(one, other);
        assertThat(one.shows(here) + other.shows(there)).isEqualTo(10);
        assertThat(other.shows(there)).isPositive();
    }

    @Test
    void anItemOfWhichAllIsKnownIsGivenAtOnce() {
        correct(mug, -12);
        settle(one, other);

        becomeScarce();
        other.shop().heal();
        stockroom.receive(mug, 5);
        settle(one, other);

        assertThat(one.shows(here) + other.shows(there)).isEqualTo(10);
        assertThat(row(here)).containsEntry("guarded", true);
    }
}
