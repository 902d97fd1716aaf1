package dev.kontor.access;

import java.time.Instant;
import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * An API key expires before long and was neither rotated nor deleted so far. Published once for each key, expiry and
 * number of days, however many instances run. The key's name stays out of it, as people call keys after themselves.
 *
 * @param days before the expiry from which on this is told: 30, 7 or 1
 */
@DomainEvent
public record ApiKeyExpiryAnnounced(UUID key, Instant expiresAt, int days) {}
