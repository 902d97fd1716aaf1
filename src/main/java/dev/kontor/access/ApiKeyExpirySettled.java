package dev.kontor.access;

import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;

/** An API key of which {@link ApiKeyExpiryAnnounced} told was rotated, given another expiry or deleted. Published once. */
@DomainEvent
public record ApiKeyExpirySettled(UUID key) {}
