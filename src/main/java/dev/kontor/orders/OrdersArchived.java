package dev.kontor.orders;

import java.time.Instant;
import java.util.List;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/**
 * What the archive learnt of some orders. Published once a batch, in the transaction that stored it, and only when there is
 * something to tell. Events may overtake each other: what counts is what the archive says when one is heard. Within one,
 * what reappeared did so before anything was merged or gone.
 *
 * @param placed archived for the first time
 * @param reappeared announced as merged or gone before, and there after all; one that has changed as well is in both lists
 * @param merged their lines live on in another order
 * @param gone the marketplace does not have them any more, and no other order took over their lines; also those of which
 *     there was no more than a first sign
 */
@DomainEvent
public record OrdersArchived(
        AccountId account,
        Source source,
        List<OrderId> placed,
        List<OrderId> changed,
        List<OrderId> reappeared,
        List<Merge> merged,
        List<OrderId> gone,
        Instant at) {

    public record Merge(OrderId order, OrderId into) {}

    public OrdersArchived {
        placed = List.copyOf(placed);
        changed = List.copyOf(changed);
        reappeared = List.copyOf(reappeared);
        merged = List.copyOf(merged);
        gone = List.copyOf(gone);
    }
}
