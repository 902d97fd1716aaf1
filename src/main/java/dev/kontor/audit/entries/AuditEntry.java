package dev.kontor.audit.entries;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did.
 *
 * @param actorKind one of {@link dev.kontor.audit.Actor.Kind}, as long as nobody has tampered with it
 * @param before those fields that changed, as they were, as JSON
 * @param after the same as they are now, as JSON
 * @param address from which it was done
 * @param correlation names the request or the run in which it was done
 */
public record AuditEntry(
        UUID id,
        Instant at,
        String actorKind,
        String actorId,
        String actorName,
        String action,
        String objectType,
        String objectId,
        @Nullable String before,
        @Nullable String after,
        @Nullable String address,
        String correlation) {}
