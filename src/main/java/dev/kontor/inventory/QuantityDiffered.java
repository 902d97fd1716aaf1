package dev.kontor.inventory;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.accounts.AccountId;

/**
 * A listing that was seen to show what it should shows another quantity, and no sale explains it: somebody changed the number
 * at the marketplace, or the marketplace did. More is told of at once, less when all sales of that time are known. Published in
 * the transaction that stored or believed the reading; it is put right.
 *
 * @param verified what it was seen to show
 * @param shown what it shows
 */
@DomainEvent
public record QuantityDiffered(ListingId listing, AccountId account, long verified, long shown, Instant at) {}
