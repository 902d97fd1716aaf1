package dev.kontor.orders;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/** The database did not do what a loop needed, which is tried again. Published when the database does its work again. */
@DomainEvent
public record DatabaseFailed(AccountId account, String loop, Instant at) {}
