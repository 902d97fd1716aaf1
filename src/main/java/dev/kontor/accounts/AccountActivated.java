package dev.kontor.accounts;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.marketplaces.MarketplaceCode;

/** An account was connected, reconnected or resumed: its loops may run. */
@DomainEvent
public record AccountActivated(AccountId account, MarketplaceCode marketplace, Instant at) {}
