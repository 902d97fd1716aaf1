package dev.kontor.inventory;

import java.util.List;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * Items were added or changed, and may be what some listings sell. Published in the transaction that stored them.
 *
 * @param numbers their SKUs and EANs
 */
@DomainEvent
public record ItemsSaved(List<String> numbers) {

    public ItemsSaved {
        numbers = List.copyOf(numbers);
    }
}
