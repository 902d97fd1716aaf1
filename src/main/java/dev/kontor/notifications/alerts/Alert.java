package dev.kontor.notifications.alerts;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;

/**
 * Something that people were told of, from the first sign of its cause to the last.
 *
 * @param count how often the cause showed
 * @param level how often it was escalated
 * @param handledBy who took or snoozed it last
 * @param resolvedBy null where the cause was seen to be gone
 * @param escalateAt when the level rises, if nobody takes it until then
 */
public record Alert(
        AlertId id,
        AlertKind kind,
        Severity severity,
        Subject subject,
        Facts facts,
        State state,
        Instant firstSeenAt,
        Instant lastSeenAt,
        long count,
        int level,
        @Nullable String handledBy,
        @Nullable Instant snoozedUntil,
        @Nullable Instant resolvedAt,
        @Nullable String resolvedBy,
        @Nullable Instant escalateAt,
        long version) {

    /** Where it stands. */
    public enum State {
        /** Nobody sees to it. */
        OPEN,
        /** Somebody does. */
        TAKEN,
        /** Somebody wants to hear of it later. */
        SNOOZED,
        RESOLVED
    }

    boolean isResolved() {
        return state == State.RESOLVED;
    }
}
