package dev.kontor.privacy;

import java.time.Instant;
import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * A round of the retention has gone through one account.
 *
 * @param forgotten how many buyers were erased
 * @param error one sentence without personal data where it was cut off; what is left is tried again
 */
@DomainEvent
public record RetentionFinished(
        UUID id,
        UUID account,
        long forgotten,
        Instant startedAt,
        Instant finishedAt,
        @Nullable String error) {}
