package dev.kontor.inventory.publication;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.kontor.inventory.allocation.Strategy;

import static org.assertj.core.api.Assertions.assertThat;

/** Beside the long profile's million. */
@Tag("simulation")
class LongMirrorSimulationTests extends EscrowSimulation {

    @Test
    void whatMirroredListingsSellTooMuchIsExplainedHoweverLongItTakes() {
        var totals = simulate(
                Strategy.MIRROR,
                Long.getLong("simulation.seed", System.nanoTime()),
                Integer.getInteger("simulation.operations", 1_000_000) / 10);

        assertThat(totals.of(Oversold.MIRRORED)).isPositive();
    }
}
