package dev.kontor.architecture.planted.events.orders.archive;

import org.jmolecules.event.annotation.DomainEvent;

/** Hides where nobody may listen. */
@DomainEvent
public record TooDeepPlaced() {}
