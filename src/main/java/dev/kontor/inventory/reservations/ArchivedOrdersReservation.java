package dev.kontor.inventory.reservations;

import java.util.HashSet;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.OrdersArchived.Merge;

/** Hears of orders. What the event says of them does not count, only which ones it names. */
@Component
class ArchivedOrdersReservation {

    private final Reservations reservations;

    ArchivedOrdersReservation(Reservations reservations) {
        this.reservations = reservations;
    }

    @ApplicationModuleListener
    void on(OrdersArchived event) {
        var told = new HashSet<OrderId>();
        told.addAll(event.placed());
        told.addAll(event.changed());
        told.addAll(event.reappeared());
        told.addAll(event.gone());
        event.merged().stream().map(Merge::order).forEach(told::add);
        event.merged().stream().map(Merge::into).forEach(told::add);
        reservations.judge(event.account(), told);
    }
}
