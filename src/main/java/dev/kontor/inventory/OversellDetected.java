package dev.kontor.inventory;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;
import org.jspecify.annotations.Nullable;

import dev.kontor.orders.OrderId;

/**
 * More of an item is sold than is there, and more than before. Published once for each movement that made it so, in the
 * transaction that wrote it.
 *
 * @param units by how many it became worse
 * @param order that made it so; null where goods were taken away that had been sold
 */
@DomainEvent
public record OversellDetected(
        OversellId oversell,
        ItemId item,
        long units,
        @Nullable OrderId order,
        Instant at) {}
