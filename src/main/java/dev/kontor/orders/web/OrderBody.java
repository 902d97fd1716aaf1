package dev.kontor.orders.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.OrderView.Price;

/** An order in the REST interface. */
record OrderBody(
        UUID id,
        UUID account,
        String marketplace,
        String externalId,
        String number,
        OrderStatus status,
        String marketplaceStatus,
        Instant placedAt,
        @Nullable Instant updatedAt,
        Price total,
        List<OrderView.Line> lines,
        @Nullable String revision,
        int version,
        UUID buyer,
        @Nullable UUID mergedInto,
        @Nullable Instant goneAt,
        Instant archivedAt,
        Instant changedAt) {

    static OrderBody of(OrderView order) {
        return new OrderBody(
                order.id().value(),
                order.account().value(),
                order.marketplace().value(),
                order.externalId(),
                order.number(),
                order.status(),
                order.marketplaceStatus(),
                order.placedAt(),
                order.updatedAt(),
                order.total(),
                order.lines(),
                order.revision(),
                order.version(),
                order.buyer().value(),
                value(order.mergedInto()),
                order.goneAt(),
                order.archivedAt(),
                order.changedAt());
    }

    private static @Nullable UUID value(@Nullable OrderId id) {
        return id == null ? null : id.value();
    }
}
