package dev.kontor.privacy;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/** A new key encrypts from now on; whoever keeps what {@link Cipher} made encrypts it again. */
@DomainEvent
public record KeySetRotated(Instant at) {}
