package dev.kontor.operations;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/** What is thought of an account's silence has changed; {@link OrderSilence} tells what it is now. */
@DomainEvent
public record SilenceJudged(AccountId account, Verdict verdict, Instant at) {}
