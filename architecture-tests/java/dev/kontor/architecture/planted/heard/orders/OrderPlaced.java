package dev.kontor.architecture.planted.heard.orders;

import org.jmolecules.event.annotation.DomainEvent;

@DomainEvent
record OrderPlaced() {}
