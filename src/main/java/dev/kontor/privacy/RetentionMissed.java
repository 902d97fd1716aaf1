package dev.kontor.privacy;

import java.time.Instant;
import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * Personal data of an account are kept for longer than they may be, or are about to be: an alarm. Told once a day for as
 * long as it is so, by one of several instances.
 *
 * @param keptSince when the one who should have been forgotten first was relevant; null where a round failed in time
 * @param reason one sentence without personal data
 */
@DomainEvent
public record RetentionMissed(UUID account, @Nullable Instant keptSince, String reason, Instant at) {}
