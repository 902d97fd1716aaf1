package dev.kontor.inventory.publication;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;

/** A true order, whatever of it is known by now. */
final class Sale {

    final OrderId id;
    final Offer offer;
    final int quantity;
    final Instant at;

    /** As the marketplace's clock says. */
    final Instant placedAt;

    OrderStatus status = OrderStatus.READY;
    boolean archived;
    boolean news = true;
    Instant visibleAt;

    /** Since when the stock knows of it. */
    @Nullable
    Instant knownAt;

    /** How many units of it the stock knows of. */
    long known;

    Sale(OrderId id, Offer offer, int quantity, Instant at, Instant placedAt, Instant visibleAt) {
        this.id = id;
        this.offer = offer;
        this.quantity = quantity;
        this.at = at;
        this.placedAt = placedAt;
        this.visibleAt = visibleAt;
    }

    long sold() {
        return status == OrderStatus.CANCELLED ? 0 : quantity;
    }

    OrderView view() {
        return Street.order(id, offer.stall, status, placedAt, offer.id(), quantity);
    }
}
