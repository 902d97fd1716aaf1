package dev.kontor.access.users;

import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;

/** A user has a new password by the settings or by a link; whoever logged in with the old one is out. */
@DomainEvent
public record PasswordReset(UUID user) {}
