package dev.kontor.notifications;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * The cause is gone, or a person has dealt with it. Published in the transaction that stored it.
 *
 * @param byPerson false where the rule saw the cause gone
 */
@DomainEvent
public record AlertResolved(AlertId alert, AlertKind kind, Severity severity, boolean byPerson, Instant at) {}
