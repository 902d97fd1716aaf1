package dev.kontor.privacy;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/** The buyers' keys come from a new tree from now on; what lies under the old one is encrypted again. */
@DomainEvent
public record BuyerTreeReplaced(Instant at) {}
