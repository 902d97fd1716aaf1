package dev.kontor.accounts;

import java.time.Instant;
import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a marketplace has to be replaced by a person before long. Told once for each of 30, 7 and 1 days before, in
 * the transaction that records it.
 *
 * @param id of the entry in the calendar
 * @param account whose credentials they are; null for a secret of Kontor's own application, which is for all accounts
 * @param what the way in which access was permitted, or the setting that holds the application's secret
 * @param due when the marketplace refuses it or wants another
 */
@DomainEvent
public record RotationAnnounced(
        UUID id, @Nullable UUID account, String marketplace, String what, Instant due, int days) {}
