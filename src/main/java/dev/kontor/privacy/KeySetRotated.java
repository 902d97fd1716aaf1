package dev.kontor.privacy;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/** A new key encrypts from now on; what lies in a {@link dev.kontor.access.SealedColumn} is encrypted again. */
@DomainEvent
public record KeySetRotated(Instant at) {}
