package dev.kontor.inventory.reservations;

import java.util.HashSet;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrdersAnnounced;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.OrdersArchived.Merge;

/**
 * Hears of orders, in the transaction that archives them or keeps their first signs. What the event says of them does not count, only which ones it
 * names.
 */
@Component
class ArchivedOrdersReservation {

    private final ToldOrders orders;

    ArchivedOrdersReservation(ToldOrders orders) {
        this.orders = orders;
    }

    /** Sales count from their first sign on. */
    @EventListener
    void on(OrdersAnnounced event) {
        orders.add(event.account(), event.orders());
    }

    @EventListener
    void on(OrdersArchived event) {
        var told = new HashSet<OrderId>();
        told.addAll(event.placed());
        told.addAll(event.changed());
        told.addAll(event.reappeared());
        told.addAll(event.gone());
        event.merged().stream().map(Merge::order).forEach(told::add);
        event.merged().stream().map(Merge::into).forEach(told::add);
        orders.add(event.account(), told);
    }
}
