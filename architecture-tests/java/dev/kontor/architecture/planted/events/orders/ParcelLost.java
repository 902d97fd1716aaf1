package dev.kontor.architecture.planted.events.orders;

import org.jmolecules.event.annotation.DomainEvent;

@DomainEvent
public interface ParcelLost {}
