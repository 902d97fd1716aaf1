package dev.kontor.access.users;

import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;

/** Somebody decided what a user may do. Published in the transaction that changes it. */
@DomainEvent
public record RightsChanged(UUID user, boolean mayLogIn) {}
