package dev.kontor.inventory.publication;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.listings.Listing;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads and instances do what is due in any order. */
class UnconsideredSaleTests extends PublicationFixture {

    @Autowired
    Writes writes;

    @Test
    void whatASaleTookIsNotGivenBackBeforeItWasWorkedOutWhatIsToBeShown() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        work();
        buy(one, here, 3);
        hear(one);

        workButFor("recalculate");

        assertThat(written(here)).isZero();
        assertThat(one.shows(here)).isEqualTo(497);
        work();
        assertThat(one.shows(here)).isEqualTo(497);
    }

    @Test
    void whatACancelledSaleGaveBackIsNotTakenAwayBeforeItWasWorkedOutWhatIsToBeShown() {
        var one = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        work();
        var order = buy(one, here, 3);
        hear(one);
        work();
        one.shop().putBack(here.externalId(), 3);
        one.shop().change(order.id(), it -> it.withStatus("CANCELLED"));
        hear(one);

        workButFor("recalculate");

        assertThat(written(here)).isZero();
        work();
        assertThat(one.shows(here)).isEqualTo(500);
    }

    private int written(Listing listing) {
        return writes.list(listing.id(), null, 10).size();
    }

    private void workButFor(String name) {
        for (int round = 0; round < 5; round++) {
            duties.due().stream()
                    .filter(duty -> !duty.name().equals(name))
                    .forEach(duty -> duty.work().getAsBoolean());
        }
    }
}
