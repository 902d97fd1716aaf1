package dev.kontor.privacy;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * A buyer's key was destroyed. Published inside the transaction that records it: whoever keeps blind words of the buyer
 * has deleted them in that same transaction, see {@link BuyerRecords}.
 */
@DomainEvent
public record BuyerErased(BuyerId buyer, Instant at) {}
