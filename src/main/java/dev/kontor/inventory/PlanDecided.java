package dev.kontor.inventory;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/** A plan waits no more: somebody decided, or nothing of it is wanted any longer. Published in that transaction. */
@DomainEvent
public record PlanDecided(PlanId plan, Instant at) {}
