package dev.kontor.marketplaces;

import java.util.ArrayList;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Relative;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** How an adapter changes a quantity by a difference. */
abstract class RelativeStockContract extends AbsoluteStockContract {

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void changesAQuantityByADifferenceWhateverIsSoldMeanwhile() {
        var listing = ten();
        stage.sell(listing, 2);

        assertThat(settled(command(new Relative(listing, -3)))).isEqualTo(new Outcome.Applied());
        assertThat(settled(command(new Relative(listing, 4)))).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isEqualTo(9);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void refusesADifferenceThatIsTooLarge() {
        var listing = ten();

        assertThat(settled(command(new Relative(listing, -11)))).isInstanceOf(Outcome.Rejected.class);

        assertThat(shown(listing)).isEqualTo(10);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void anUnknownListingCostsOnlyItself() {
        var good = ten();
        var command = command(new Relative("19999999999", 5), new Relative(good, 5));
        assumeTrue(writer().groups(command.changes()).size() == 1);

        var outcomes = settledAll(command);

        if (outcomes.get(good) instanceof Outcome.Unknown) { // one answer for all of them
            assertThat(outcomes.values()).hasOnlyElementsOfType(Outcome.Unknown.class);
            assertThat(writer().groups(command.changes())).as("the next time").hasSize(2);
            outcomes.putAll(settledAll(command(command.changes().getFirst())));
            outcomes.putAll(settledAll(command(new Relative(good, 15 - shown(good)))));
        }
        assertThat(outcomes.get("19999999999")).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get(good)).isEqualTo(new Outcome.Applied());
        assertThat(shown(good)).isEqualTo(15);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void changesManyQuantitiesByTheirDifferences() {
        var listings = showing(10, 6);
        stage.sell(listings.getFirst(), 1);
        var changes = new ArrayList<Change>();
        for (var i = 0; i < listings.size(); i++) {
            changes.add(new Relative(listings.get(i), i % 2 == 0 ? -2 : 3));
        }

        for (var group : writer().groups(changes)) {
            assertThat(group).hasSizeBetween(1, terms().groupSize());
            assertThat(settledAll(new Command(UUID.randomUUID(), group)).values())
                    .containsOnly(new Outcome.Applied());
        }

        assertThat(shown(listings.getFirst())).isEqualTo(7);
        assertThat(listings.stream().skip(1).map(this::shown)).containsExactly(13, 8, 13, 8, 13);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void aCommandThatIsSentTwiceTakesEffectOnce() {
        var listing = ten();
        var command = repeatable(new Relative(listing, -2));

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());
        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isEqualTo(8);
    }
}
