package dev.kontor.marketplaces;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** How an adapter replaces a quantity under the revision that was read. */
abstract class ConditionalStockContract extends RelativeStockContract {

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void writesUnderTheRevisionThatWasReadAndUnderNoOther() {
        var listing = ten();
        var revision = String.valueOf(reading(listing).revision());

        stage.sell(listing, 1);
        assertThat(settled(command(new Conditional(listing, 20, revision)))).isInstanceOf(Outcome.Rejected.class);
        assertThat(shown(listing)).isEqualTo(9);

        var fresh = String.valueOf(reading(listing).revision());
        assertThat(settled(command(new Conditional(listing, 20, fresh)))).isEqualTo(new Outcome.Applied());
        assertThat(shown(listing)).isEqualTo(20);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void takesAListingToZeroAndBackUnderItsRevisions() {
        var listing = ten();

        assertThat(settled(under(reading(listing), listing, 0))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isZero();
        assertThat(stage.sell(listing, 1)).isZero();

        assumeFalse(terms().endsAtZero());
        assertThat(settled(under(reading(listing), listing, 4))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isEqualTo(4);
        assertThat(stage.sell(listing, 1)).isEqualTo(1);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void aStaleRevisionCostsOnlyItsListing() {
        var listings = showing(10, 2);
        var stale = listings.getFirst();
        var good = listings.getLast();
        var changes = List.<Change>of(
                new Conditional(stale, 20, String.valueOf(reading(stale).revision())),
                new Conditional(good, 20, String.valueOf(reading(good).revision())));
        assumeTrue(writer().groups(changes).size() == 1);
        stage.sell(stale, 1);

        var outcomes = settledAll(new Command(UUID.randomUUID(), changes));

        assertThat(outcomes.get(stale)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get(good)).isEqualTo(new Outcome.Applied());
        assertThat(shown(stale)).isEqualTo(9);
        assertThat(shown(good)).isEqualTo(20);
    }
}
