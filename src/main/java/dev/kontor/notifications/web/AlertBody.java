package dev.kontor.notifications.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Step;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.texts.Speech;

/**
 * @param facts what the text says, for programs
 * @param count how often the cause showed
 * @param level how often the alert was escalated because nobody took it
 * @param handledBy who took or snoozed it last
 * @param resolvedBy absent where the cause was seen to be gone
 * @param escalateAt when the level rises next, if nobody takes it until then
 */
@Schema(name = "Alert")
record AlertBody(
        UUID id,
        AlertKind kind,
        Severity severity,
        State state,
        String title,
        String text,
        SubjectBody subject,
        Map<String, Object> facts,
        Instant firstSeenAt,
        Instant lastSeenAt,
        long count,
        int level,
        @Nullable String handledBy,
        @Nullable Instant snoozedUntil,
        @Nullable Instant resolvedAt,
        @Nullable String resolvedBy,
        @Nullable Instant escalateAt,

        @Schema(description = "What became of it, from the beginning; only of a single alert") @Nullable
        List<StepBody> story) {

    /** @param id of what it is about, by which the interface knows it */
    @Schema(name = "AlertSubject")
    record SubjectBody(
            Subject.Type type, String id, @Nullable UUID account) {

        static SubjectBody of(Subject subject) {
            var account = subject.account();
            return new SubjectBody(subject.type(), subject.id(), account == null ? null : account.value());
        }
    }

    /**
     * @param severity after it
     * @param level after it
     * @param actor absent for Kontor itself
     * @param until when a snooze was to end
     */
    @Schema(name = "AlertStep")
    record StepBody(
            Step.What what,
            Instant at,
            Severity severity,
            int level,
            @Nullable String actor,
            @Nullable Instant until) {

        static StepBody of(Step step) {
            return new StepBody(step.what(), step.at(), step.severity(), step.level(), step.actor(), step.until());
        }
    }

    static AlertBody of(Alert alert, Speech speech, @Nullable List<StepBody> story) {
        return new AlertBody(
                alert.id().value(),
                alert.kind(),
                alert.severity(),
                alert.state(),
                speech.title(alert),
                speech.text(alert),
                SubjectBody.of(alert.subject()),
                alert.facts().byKey(),
                alert.firstSeenAt(),
                alert.lastSeenAt(),
                alert.count(),
                alert.level(),
                alert.handledBy(),
                alert.state() == State.SNOOZED ? alert.snoozedUntil() : null,
                alert.resolvedAt(),
                alert.resolvedBy(),
                alert.state() == State.OPEN ? alert.escalateAt() : null,
                story);
    }
}
