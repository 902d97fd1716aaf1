package dev.kontor.accounts;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jmolecules.event.annotation.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * A loop has run.
 *
 * @param account whose loop it is, or null where it is for all
 * @param kind what ran, such as {@code feed}, {@code backfill}, {@code certificate}, {@code sweep}, {@code renewal},
 *     {@code listings}, {@code inventory-proof}, {@code buyer-retention}
 * @param read how many records came in
 * @param changed how many of them changed what Kontor keeps
 * @param skipped how many did not, by reason
 * @param error one sentence without personal data, or null
 * @param heldUntil when the marketplace permits the loop to go on; null where no limit stopped it
 */
@DomainEvent
public record RunFinished(
        UUID id,
        @Nullable AccountId account,
        String kind,
        Status status,
        long read,
        long changed,
        Map<String, Long> skipped,
        Instant startedAt,
        Instant finishedAt,
        @Nullable String error,
        @Nullable Instant heldUntil) {

    public RunFinished(
            UUID id,
            @Nullable AccountId account,
            String kind,
            Status status,
            long read,
            long changed,
            Map<String, Long> skipped,
            Instant startedAt,
            Instant finishedAt,
            @Nullable String error) {
        this(id, account, kind, status, read, changed, skipped, startedAt, finishedAt, error, null);
    }

    public enum Status {
        SUCCESS,
        /** Some of it was done, and what is missing will be tried again. */
        PARTIAL,
        FAILED
    }
}
