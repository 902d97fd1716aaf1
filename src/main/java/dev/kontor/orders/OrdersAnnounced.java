package dev.kontor.orders;

import java.util.List;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/**
 * First signs of sales came, and {@link Orders} tells what they say. Published in the transaction that keeps them;
 * {@link OrdersArchived} follows for the same orders once they were read, or turned out not to be there.
 */
@DomainEvent
public record OrdersAnnounced(AccountId account, List<OrderId> orders) {

    public OrdersAnnounced {
        orders = List.copyOf(orders);
    }
}
