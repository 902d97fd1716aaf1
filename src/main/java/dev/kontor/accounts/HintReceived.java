package dev.kontor.accounts;

import java.time.Instant;
import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;

import dev.kontor.marketplaces.Push.Hint;

/**
 * A marketplace told of a change. Published in the transaction that keeps it, and again while nobody has said by
 * {@link Hints} what came of it. The marketplace's request waits for its listeners, so they only take note.
 *
 * @param delivery by which to say what came of it
 * @param receivedAt whatever was read of the marketplace after that time has the change in it
 */
@DomainEvent
public record HintReceived(UUID delivery, AccountId account, Hint hint, Instant receivedAt) {}
