package dev.kontor.notifications.alerts;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.notifications.Severity;

/**
 * A rule sees that a cause is there.
 *
 * @param severity where it is not the kind's own
 * @param occurrence what happened, such as the id of an event: each counts once; null where a rule only looked again
 * @param quiet the cause is gone when it is not seen for so long; null where the rule will see it gone
 */
public record Sighting(
        @Nullable Severity severity,
        Facts facts,
        @Nullable String occurrence,
        Instant at,
        @Nullable Duration quiet) {

    /** Something happened. */
    public static Sighting of(Object occurrence, Facts facts, Instant at) {
        return new Sighting(null, facts, occurrence.toString(), at, null);
    }

    /** It is so at the moment. */
    public static Sighting now(Facts facts, Instant at) {
        return new Sighting(null, facts, null, at, null);
    }

    public Sighting as(Severity other) {
        return new Sighting(other, facts, occurrence, at, quiet);
    }

    public Sighting until(Duration unseen) {
        return new Sighting(severity, facts, occurrence, at, unseen);
    }
}
