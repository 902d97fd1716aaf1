package dev.kontor.marketplaces;

import org.junit.jupiter.api.Test;

import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** How an adapter replaces a quantity. */
abstract class AbsoluteStockContract extends StockReadingContract {

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void replacesAQuantity() {
        var listing = ten();

        assertThat(settled(command(new Absolute(listing, 7, false)))).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isEqualTo(7);
        assertThat(reading(listing).quantity()).isEqualTo(7);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void takesAListingToZeroAndBack() {
        assumeTrue(terms().zero());
        var listing = ten();

        assertThat(settled(command(new Absolute(listing, 0, false)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isZero();
        assertThat(stage.sell(listing, 1)).isZero();

        var ends = terms().endsAtZero();
        assertThat(settled(command(new Absolute(listing, 4, ends)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isEqualTo(4);
        assertThat(stage.sell(listing, 1)).isEqualTo(1);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aRepeatableQuantityTakesEffectOnce() {
        var listing = ten();
        var command = repeatable(new Absolute(listing, 7, false));

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());
        stage.sell(listing, 2);
        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isEqualTo(5);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aZeroThatIsSentAgainStaysZero() {
        assumeTrue(terms().zero());
        var listing = ten();
        var command = command(new Absolute(listing, 0, false));
        assertThat(writer().repeatable(command.changes().getFirst())).isTrue();

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());
        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        assertThat(shown(listing)).isZero();
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void anUnknownListingTakesNoQuantity() {
        assertThat(settled(command(new Absolute("19999999999", 5, false)))).isInstanceOf(Outcome.Rejected.class);
    }
}
