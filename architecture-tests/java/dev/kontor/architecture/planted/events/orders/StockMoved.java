package dev.kontor.architecture.planted.events.orders;

import org.jmolecules.event.annotation.DomainEvent;

/** Can change after it happened. */
@DomainEvent
public class StockMoved {}
