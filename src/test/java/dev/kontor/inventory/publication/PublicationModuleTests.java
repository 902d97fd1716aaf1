package dev.kontor.inventory.publication;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.kontor.marketplaces.FakeMarketplace.Mishap;

import static org.assertj.core.api.Assertions.assertThat;

/** What marketplaces come to show. */
class PublicationModuleTests extends PublicationFixture {

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

        stockroom.post(
                "loss-" + mug.sku(),
                mug,
                dev.kontor.inventory.ledger.MovementKind.CORRECTION,
                new dev.kontor.inventory.ledger.Entry.Change.By(-100, 0));
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

    /** Time passes until all is known and done. */
    private void settle(Stall... stalls) {
        for (int round = 0; round < 8; round++) {
            work();
            for (var stall : stalls) {
                hear(stall);
            }
            clock.advance(Duration.ofSeconds(40));
            work();
        }
    }
}
