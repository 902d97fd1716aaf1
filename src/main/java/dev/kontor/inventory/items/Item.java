package dev.kontor.inventory.items;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.inventory.ItemId;

/**
 * What the seller sells, by his own number for it.
 *
 * @param parts what one of it consists of; empty for all but bundles
 */
public record Item(
        ItemId id,
        String sku,
        String name,
        @Nullable Gtin ean,
        ItemType type,
        List<Part> parts,
        long version,
        Instant createdAt,
        Instant changedAt) {

    public record Part(@Schema(example = "CUP-BLUE") String sku, int quantity) {}

    public Item {
        parts = List.copyOf(parts);
    }
}
