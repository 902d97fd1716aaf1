package dev.kontor.inventory.ledger;

import java.time.Instant;
import java.util.List;

import org.jmolecules.event.annotation.DomainEvent;

/** Of some positions more is sold that is not there than before, or less. Published in the transaction that made it so. */
@DomainEvent
public record ShortageChanged(List<Shortage> shortages, Instant at) {

    public ShortageChanged {
        shortages = List.copyOf(shortages);
    }

    /**
     * @param before units that were sold and not there
     * @param movements that led from before to after, in their order
     */
    public record Shortage(long position, StockAt stock, long before, long after, List<Movement> movements) {

        public Shortage {
            movements = List.copyOf(movements);
        }
    }
}
