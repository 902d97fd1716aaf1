package dev.kontor.inventory.items;

import dev.kontor.inventory.ItemId;

/** What a bundle consists of may have changed. Heard in the transaction that saves it. */
public record BundleSaved(ItemId bundle) {}
