package dev.kontor.notifications;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * Nobody has taken the alert for too long. Published once a level, in the transaction that stored it.
 *
 * @param level how often it was escalated, from 1
 */
@DomainEvent
public record AlertEscalated(AlertId alert, AlertKind kind, Severity severity, int level, Instant at) {}
