package dev.kontor.notifications;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * Something has come up that people should know. Published once an alert, in the transaction that stored it; when its cause
 * goes and comes back before long, {@link AlertChanged} tells.
 */
@DomainEvent
public record AlertRaised(AlertId alert, AlertKind kind, Severity severity, Instant at) {}
