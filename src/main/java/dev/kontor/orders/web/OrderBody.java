package dev.kontor.orders.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.OrderView.Price;

/** An order in the REST interface. */
record OrderBody(
        UUID id,
        UUID account,
        @Schema(example = "marketplace") String marketplace,

        @Schema(example = "7c1b2a40-cd2e-11f0-9a0f-6d2f1f0a7e11")
        String externalId,

        @Schema(example = "7c1b2a40-cd2e-11f0-9a0f-6d2f1f0a7e11")
        String number,

        OrderStatus status,
        @Schema(example = "READY_FOR_PROCESSING/NEW") String marketplaceStatus,
        Instant placedAt,
        @Nullable Instant updatedAt,
        Price total,
        List<OrderView.Line> lines,
        @Schema(example = "8f14e45f") @Nullable String revision,
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
