package dev.kontor.inventory;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/** There is enough again for all that is sold. Published once an oversell, in the transaction that made it so. */
@DomainEvent
public record OversellEnded(OversellId oversell, ItemId item, Instant at) {}
