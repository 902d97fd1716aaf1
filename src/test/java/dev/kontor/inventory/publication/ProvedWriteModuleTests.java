package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Terms;

import static org.assertj.core.api.Assertions.assertThat;

/** Of a marketplace that carries out writes later, and is asked for the listing to know whether it has. */
class ProvedWriteModuleTests extends PublicationFixture {

    private static final Terms LATER = new Terms(
            Set.of(Kind.ABSOLUTE), 100, 100, true, Duration.ZERO, Duration.ofMinutes(10), Duration.ZERO, true, false);

    private final AtomicInteger readings = new AtomicInteger();

    @Test
    void aListingThatToldThatItsWriteIsDoneIsNotReadOnceMore() {
        var one = aStall();
        one.shop().stockTerms(LATER);
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        work();
        count(one);

        stockroom.receive(mug, 5);
        work();
        clock.advance(Duration.ofSeconds(1));
        work();

        assertThat(one.shows(here)).isEqualTo(505);
        assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 505L);
        assertThat(readings).hasValue(0);
    }

    @Test
    void oneThatHasSoldMeanwhileIsReadUntilTheSaleIsKnown() {
        var one = aStall();
        one.shop().stockTerms(LATER);
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        work();
        count(one);

        stockroom.receive(mug, 5);
        work();
        buy(one, here, 2);
        work();
        assertThat(row(here)).doesNotContainEntry("verified", 505L);
        hear(one);
        work();
        clock.advance(Duration.ofSeconds(40));
        work();

        assertThat(one.shows(here)).isEqualTo(503);
        assertThat(row(here)).containsEntry("desired", 503L).containsEntry("state", "VERIFIED");
        assertThat(readings).hasPositiveValue();
    }

    private void count(Stall stall) {
        stall.shop().onCall((operation, argument) -> {
            if (operation == Operation.READ) {
                readings.incrementAndGet();
            }
        });
    }
}
