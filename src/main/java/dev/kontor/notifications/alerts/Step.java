package dev.kontor.notifications.alerts;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.notifications.Severity;

/**
 * A line of an alert's story.
 *
 * @param severity after it
 * @param level after it
 * @param actor null for Kontor itself
 * @param until when a snooze is to end
 */
public record Step(
        int number,
        What what,
        Severity severity,
        int level,
        @Nullable String actor,
        @Nullable Instant until,
        Instant at) {

    /** What became of the alert. */
    public enum What {
        RAISED,
        WORSENED,
        EASED,
        TAKEN,
        SNOOZED,
        WOKEN,
        ESCALATED,
        RESOLVED,
        REOPENED
    }
}
