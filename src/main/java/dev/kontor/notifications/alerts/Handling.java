package dev.kontor.notifications.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.notifications.AlertChanged;
import dev.kontor.notifications.AlertChanged.Change;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertResolved;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.settings.Live;

/**
 * What people do about alerts. Saying the same again changes nothing; {@code seen} refuses a version that the caller has
 * not seen.
 */
@Component
public class Handling {

    /** Further away nobody remembers why. */
    public static final Duration LONGEST_SNOOZE = Duration.ofDays(30);

    private final Alerts alerts;
    private final Live<AlertProperties> properties;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Handling(
            Alerts alerts,
            Live<AlertProperties> properties,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.alerts = alerts;
        this.properties = properties;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** The actor sees to it, also where somebody else did. */
    @Transactional
    public Alert take(AlertId id, String actor, LongConsumer seen) {
        var alert = locked(id);
        if (alert.state() == State.TAKEN && actor.equals(alert.handledBy())) {
            return alert;
        }
        seen.accept(alert.version());
        refuseResolved(alert);
        alerts.take(id, actor);
        return changed(alert, Step.What.TAKEN, Change.TAKEN, actor, null);
    }

    /** It is to be heard of again when it is still there then, or sooner when it gets worse. */
    @Transactional
    public Alert snooze(AlertId id, String actor, Instant until, LongConsumer seen) {
        var now = clock.instant();
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SNOOZE))) {
            throw new InvalidField(
                    "until", "must lie in the future, at most " + LONGEST_SNOOZE.toDays() + " days away");
        }
        var alert = locked(id);
        if (alert.state() == State.SNOOZED && actor.equals(alert.handledBy()) && until.equals(alert.snoozedUntil())) {
            return alert;
        }
        seen.accept(alert.version());
        refuseResolved(alert);
        alerts.snooze(id, actor, until);
        return changed(alert, Step.What.SNOOZED, Change.SNOOZED, actor, until);
    }

    /** It is dealt with. When the cause shows again, the alert is open again. */
    @Transactional
    public Alert resolve(AlertId id, String actor, LongConsumer seen) {
        var alert = locked(id);
        if (alert.isResolved()) {
            return alert;
        }
        seen.accept(alert.version());
        var now = clock.instant();
        alerts.resolve(id, actor, now);
        alerts.tell(id, Step.What.RESOLVED, actor, null, now);
        events.publishEvent(new AlertResolved(id, alert.kind(), alert.severity(), true, now));
        return audited(alert, "alert.resolved");
    }

    /** It is not dealt with after all, and nobody sees to it. */
    @Transactional
    public Alert reopen(AlertId id, String actor, LongConsumer seen) {
        var alert = locked(id);
        if (alert.state() == State.OPEN) {
            return alert;
        }
        seen.accept(alert.version());
        alerts.openBeside(id).ifPresent(other -> {
            throw new Conflict("alert-open-again", "The cause came back and has another alert, " + other + ".");
        });
        var time = properties.now().untilEscalation(alert.severity());
        alerts.open(id, 0, time == null ? null : clock.instant().plus(time));
        return changed(alert, Step.What.REOPENED, Change.REOPENED, actor, null);
    }

    private Alert locked(AlertId id) {
        return alerts.lock(id).orElseThrow(() -> NotFound.of("alert", id));
    }

    private static void refuseResolved(Alert alert) {
        if (alert.isResolved()) {
            throw new Conflict("alert-resolved", "The alert is resolved; reopen it first.");
        }
    }

    private Alert changed(Alert before, Step.What step, Change change, String actor, @Nullable Instant until) {
        var now = clock.instant();
        alerts.tell(before.id(), step, actor, until, now);
        events.publishEvent(new AlertChanged(before.id(), before.kind(), before.severity(), change, now));
        return audited(
                before,
                switch (change) {
                    case TAKEN -> "alert.taken";
                    case SNOOZED -> "alert.snoozed";
                    case REOPENED -> "alert.reopened";
                    case WORSENED, EASED, WOKEN ->
                        throw new IllegalArgumentException("nobody does " + change + " to " + before.id());
                });
    }

    private Alert audited(Alert before, String action) {
        var after = alerts.find(before.id()).orElseThrow();
        audit.record(Act.of(action, "alert", before.id())
                .field("kind", before.kind())
                .field("state", before.state(), after.state())
                .field("snoozedUntil", before.snoozedUntil(), after.snoozedUntil())
                .label("handledBy", before.handledBy(), after.handledBy()));
        return after;
    }
}
