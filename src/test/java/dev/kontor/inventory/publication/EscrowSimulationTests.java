package dev.kontor.inventory.publication;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.allocation.Strategy;

import static org.assertj.core.api.Assertions.assertThat;

class EscrowSimulationTests extends EscrowSimulation {

    private static final int OPERATIONS = Integer.getInteger("simulation.operations", 20_000);

    @Test
    void escrowNeverSellsWhatIsNotThere() {
        simulate(Strategy.ESCROW, Long.getLong("simulation.seed", 20_261_121L), OPERATIONS * 8 / 10);
    }

    @Test
    void whatMirroredListingsSellTooMuchIsExplained() {
        var totals = simulate(Strategy.MIRROR, Long.getLong("simulation.seed", 20_261_122L), OPERATIONS / 10);

        assertThat(totals.of(Oversold.MIRRORED)).isPositive();
    }

    @Test
    void whatBecomesScarceIsNotGivenOnceMore() {
        var totals = simulate(Strategy.AUTO, Long.getLong("simulation.seed", 20_261_130L), OPERATIONS / 10);

        Guards.haveSeenAll(totals);
    }
}
