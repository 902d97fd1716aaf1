package dev.kontor.privacy;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * A buyer's key was destroyed. Published inside the transaction that records it: whoever keeps blind words of the buyer
 * deletes them in that same transaction.
 */
@DomainEvent
public record BuyerErased(BuyerId buyer, Instant at) {}
