package dev.kontor.inventory.publication;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.kontor.inventory.allocation.Strategy;

/** One half of the long profile's million; {@link OtherLongEscrowSimulationTests} runs beside it. */
@Tag("simulation")
class LongEscrowSimulationTests extends EscrowSimulation {

    @Test
    void escrowNeverSellsWhatIsNotThereHoweverLongItTakes() {
        simulate(
                Strategy.ESCROW,
                Long.getLong("simulation.seed", System.nanoTime()),
                Integer.getInteger("simulation.operations", 1_000_000) / 2);
    }
}
