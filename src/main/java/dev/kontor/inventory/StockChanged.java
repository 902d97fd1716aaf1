package dev.kontor.inventory;

import java.time.Instant;
import java.util.List;

import org.jmolecules.event.annotation.DomainEvent;

/** Movements were written for these items. Published once a batch, in the transaction that wrote them. */
@DomainEvent
public record StockChanged(List<ItemId> items, Instant at) {

    public StockChanged {
        items = List.copyOf(items);
    }
}
