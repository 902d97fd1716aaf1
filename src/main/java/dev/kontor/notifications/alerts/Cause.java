package dev.kontor.notifications.alerts;

import org.jspecify.annotations.Nullable;

import dev.kontor.notifications.AlertKind;

/**
 * What is wrong with what: one alert of it is open at a time.
 *
 * @param part of the subject, where several may be wrong at once; null where it is the whole
 */
public record Cause(
        AlertKind kind, Subject subject, @Nullable String part) {

    public Cause(AlertKind kind, Subject subject) {
        this(kind, subject, null);
    }

    /** By which the database knows it. */
    String key() {
        return kind + " " + subject.type() + " " + subject.id() + (part == null ? "" : " " + part);
    }
}
