package dev.kontor.accounts.hooks;

import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/** A marketplace told that the seller may have taken his permission back. */
@DomainEvent
record PermissionDoubted(UUID delivery, AccountId account) {}
