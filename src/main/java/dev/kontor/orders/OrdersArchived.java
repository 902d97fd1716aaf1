package dev.kontor.orders;

import java.time.Instant;
import java.util.List;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/**
 * Orders were archived for the first time, or changed. Published once a batch, in the transaction that stored it, and only
 * when there is something to tell.
 */
@DomainEvent
public record OrdersArchived(
        AccountId account, Source source, List<OrderId> placed, List<OrderId> changed, Instant at) {

    public OrdersArchived {
        placed = List.copyOf(placed);
        changed = List.copyOf(changed);
    }
}
