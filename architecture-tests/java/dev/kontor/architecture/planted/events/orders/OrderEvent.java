package dev.kontor.architecture.planted.events.orders;

import org.jmolecules.event.annotation.DomainEvent;

/** Does not say what happened. */
@DomainEvent
public record OrderEvent() {}
