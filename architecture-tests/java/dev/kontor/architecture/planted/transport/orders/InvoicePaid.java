package dev.kontor.architecture.planted.transport.orders;

import java.sql.Timestamp;

import org.jmolecules.event.annotation.DomainEvent;

/** Knows how it is stored. */
@DomainEvent
public record InvoicePaid(Timestamp at) {}
