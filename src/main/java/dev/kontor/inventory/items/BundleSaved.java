package dev.kontor.inventory.items;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.inventory.ItemId;

/** What a bundle consists of may have changed. Heard in the transaction that saves it. */
@DomainEvent
public record BundleSaved(ItemId bundle) {}
