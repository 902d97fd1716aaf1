package dev.kontor.access.users;

import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;

/** Someone who holds the settings gave a user a new password; whoever logged in with the old one is out. */
@DomainEvent
public record PasswordReset(UUID user) {}
