package dev.kontor.inventory.publication;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.kontor.inventory.allocation.Strategy;

/** Beside the long profile's million. */
@Tag("simulation")
class LongAutoSimulationTests extends EscrowSimulation {

    @Test
    void whatBecomesScarceIsNotGivenOnceMoreHoweverLongItTakes() {
        var totals = simulate(
                Strategy.AUTO,
                Long.getLong("simulation.seed", System.nanoTime()),
                Integer.getInteger("simulation.operations", 1_000_000) / 10);

        Guards.haveSeenAll(totals);
    }
}
