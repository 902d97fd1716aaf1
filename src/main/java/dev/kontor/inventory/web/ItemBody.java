package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.ItemType;

/** An item in the REST interface. */
@Schema(name = "Item")
record ItemBody(
        UUID id,
        @Schema(example = "CUP-BLUE") String sku,
        @Schema(example = "Blue cup") String name,
        @Schema(example = "5901234123457") @Nullable String ean,
        ItemType type,

        @Schema(description = "What one of it consists of; empty for all but bundles")
        List<Item.Part> parts,

        Instant createdAt,
        Instant changedAt) {

    static ItemBody of(Item item) {
        var ean = item.ean();
        return new ItemBody(
                item.id().value(),
                item.sku(),
                item.name(),
                ean == null ? null : ean.digits(),
                item.type(),
                item.parts(),
                item.createdAt(),
                item.changedAt());
    }
}
