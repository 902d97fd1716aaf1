package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.items.Item;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.StockWriter.Kind;

import static dev.kontor.inventory.oversells.Cause.OVERWRITTEN;
import static dev.kontor.inventory.oversells.Cause.SHOWED_MORE;
import static org.assertj.core.api.Assertions.assertThat;

/** What one listing alone sells too much is explained though all that was sold elsewhere had been told to it. */
class OversellHereModuleTests extends OversellFixture {

    // Its own sale was not known

    @Test
    void aNumberWasLoweredFromOneThatASaleHadLoweredAlready() {
        var mug = mirrored(10);
        var here = aPlace(mug, 10);
        var there = aPlace(mug, 10);
        work();
        buy(here, 3);
        here.shop().nextWrite(Mishap.REJECTED); // and looks what is there
        sold(there, 5);
        work();
        assertThat(here.stall().shows(here.listing())).isEqualTo(5);

        clock.advance(Duration.ofMinutes(1));
        buy(here, 5);
        hear(here);
        work();

        isWrittenOver(mug, 3);
    }

    @Test
    void aSaleTookWhatAWriteHadOnlySaidToHaveTaken() {
        var mug = mirrored(10);
        var here = aPlace(mug, 10);
        var there = aPlace(mug, 10);
        work();
        here.shop().nextWrite(Mishap.SILENT_NO_OP);
        sold(there, 5);
        perform("recalculate");
        perform("DECREASE");
        buy(here, 5);
        clock.advance(Duration.ofSeconds(10));
        work();
        assertThat(here.stall().shows(here.listing())).isEqualTo(5);
        assertThat(row(here.listing())).containsEntry("state", "VERIFIED");

        clock.advance(Duration.ofMinutes(1));
        buy(here, 5);
        hear(here);
        work();

        isWrittenOver(mug, 5);
    }

    private void isWrittenOver(Item item, long units) {
        assertThat(explained(item).units()).isEqualTo(units);
        var finding = first(item, OVERWRITTEN);
        assertThat(finding.placedAt()).isBefore(finding.verifiedAt());
        assertThat(finding.heardAt()).isAfter(finding.sentAt());
    }

    // Somebody raised the number

    /** Whether the first sale came before it was seen cannot be told where clocks differ. */
    @Test
    void theNumberWasRaisedRightAfterItWasSeen() {
        var mug = mirrored(5);
        var here = aPlace(mug, 5);
        work();
        buy(here.stall(), here.listing(), 3, Duration.ofSeconds(1));
        here.shop().sellerShows(here.listing().externalId(), 5);
        buy(here, 5);
        hear(here);
        work();

        assertThat(explained(mug).units()).isEqualTo(3);
        first(mug, SHOWED_MORE);
    }

    @Test
    void theNumberWasRaisedFurtherThanByAPlainNumberThatNobodyHadSeen() {
        var mug = mirrored(5);
        var here = aPlace(mug, 5);
        here.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        work();
        clock.advance(Duration.ofMinutes(1));
        here.shop().failAlways(Operation.READ, new Unavailable<>("busy"));
        stockroom.receive(mug, 5);
        work();
        clock.advance(Duration.ofMinutes(1));
        here.shop().sellerShows(here.listing().externalId(), 13);
        sold(here, 13);
        work();

        assertThat(explained(mug).units()).isEqualTo(3);
        var finding = first(mug, SHOWED_MORE);
        assertThat(finding.shown()).isEqualTo(10);
        assertThat(finding.sold()).isEqualTo(13);
    }

    @Test
    void theNumberWasRaisedAfterASaleThatWasHeardOfLast() {
        var mug = mirrored(5);
        var here = aPlace(mug, 5);
        work();
        clock.advance(Duration.ofSeconds(6));
        var offer = here.listing().externalId();
        here.shop()
                .placeSilently(FakeOrder.anOrder("earlier " + aKey(), clock.instant())
                        .withLines(new FakeLine(aKey(), offer, here.listing().sku(), "Mug", 3, "10.00")));
        var earlier = here.shop().allOrders().getLast().id();
        clock.advance(Duration.ofSeconds(20));
        here.shop().sellerShows(offer, 5);
        buy(here, 5);
        hear(here);
        follow();
        here.shop().change(earlier, order -> order);
        hear(here);
        work();

        assertThat(explained(mug).units()).isEqualTo(3);
        first(mug, SHOWED_MORE);
    }
}
