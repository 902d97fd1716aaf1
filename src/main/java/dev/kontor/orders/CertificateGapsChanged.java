package dev.kontor.orders;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/**
 * A verdict that stands was given on a day that has or had gaps. Published in the transaction that stored it;
 * {@link Completeness} tells how many days have any.
 */
@DomainEvent
public record CertificateGapsChanged(AccountId account, Instant at) {}
