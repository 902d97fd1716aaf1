package dev.kontor.sandbox.world;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Something that is for sale on several marketplaces; its price in grosz. */
public record Goods(UUID id, String name, @Nullable String sku, String ean, long price) {}
