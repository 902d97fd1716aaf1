package dev.kontor.notifications.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.AlertChanged;
import dev.kontor.notifications.AlertChanged.Change;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.AlertRaised;
import dev.kontor.notifications.AlertResolved;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.settings.Live;

/**
 * What rules say of causes. One cause is looked at by one at a time, over all instances, so that whatever a rule reads while
 * it {@link #look looks} is not older than what another has said before.
 */
@Component
public class Raising {

    private final Alerts alerts;
    private final Occurrences occurrences;
    private final Live<AlertProperties> properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Raising(
            Alerts alerts,
            Occurrences occurrences,
            Live<AlertProperties> properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.alerts = alerts;
        this.occurrences = occurrences;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /** The cause is there, or not, as {@code rule} finds it now. */
    @Transactional
    public void look(Cause cause, Supplier<Optional<Sighting>> rule) {
        alerts.lock(cause.key());
        rule.get().ifPresentOrElse(sighting -> raise(cause, sighting), () -> gone(cause, clock.instant()));
    }

    /** The cause showed. The same occurrence again changes nothing, nor does one that is known to have ended. */
    @Transactional
    public void raise(Cause cause, Sighting sighting) {
        alerts.lock(cause.key());
        var occurrence = sighting.occurrence();
        if (occurrence == null || occurrences.note(cause.key(), occurrence, sighting.at())) {
            alerts.open(cause.key()).ifPresentOrElse(alert -> again(alert, sighting), () -> come(cause, sighting));
        }
    }

    /** A few times are nothing: the cause is there when it showed so often within the time. */
    @Transactional
    public void raiseFrom(int least, Duration within, Cause cause, Sighting sighting) {
        alerts.lock(cause.key());
        var occurrence = Objects.requireNonNull(sighting.occurrence());
        if (occurrences.note(cause.key(), occurrence, sighting.at())) {
            var open = alerts.open(cause.key());
            if (open.isPresent()) {
                again(open.get(), sighting);
            } else if (occurrences.occurred(cause.key(), sighting.at().minus(within)) >= least) {
                come(cause, sighting);
            }
        }
    }

    /** An occurrence is over, in whatever order that is told; with the last one that was not, the cause is gone. */
    @Transactional
    public void end(Cause cause, Object occurrence, Instant at) {
        alerts.lock(cause.key());
        if (occurrences.end(cause.key(), occurrence.toString(), at)) {
            gone(cause, at);
        }
    }

    /** The cause is not there any more. */
    @Transactional
    public void gone(Cause cause, Instant at) {
        alerts.lock(cause.key());
        alerts.open(cause.key()).ifPresent(alert -> resolve(alert, at));
    }

    /** Nothing of these kinds is wrong with the account any more, whatever part of it that was. */
    @Transactional
    public void gone(AccountId account, Collection<AlertKind> kinds, Instant at) {
        for (var cause : alerts.openCauses(account, kinds)) {
            alerts.lock(cause);
            alerts.open(cause).ifPresent(alert -> resolve(alert, at));
        }
    }

    void resolve(Alert alert, Instant at) {
        alerts.resolve(alert.id(), null, at);
        alerts.tell(alert.id(), Step.What.RESOLVED, null, null, at);
        events.publishEvent(new AlertResolved(alert.id(), alert.kind(), alert.severity(), false, at));
    }

    private void come(Cause cause, Sighting sighting) {
        var severity = properties.now().severity(cause.kind(), sighting.severity());
        alerts.lastResolved(cause.key())
                .filter(alert -> isDamped(alert, sighting.at()))
                .ifPresentOrElse(alert -> comeBack(alert, sighting), () -> {
                    var id = alerts.add(
                            cause, severity, sighting, properties.now().untilEscalation(severity));
                    alerts.tell(id, Step.What.RAISED, null, null, sighting.at());
                    events.publishEvent(new AlertRaised(id, cause.kind(), severity, sighting.at()));
                });
    }

    private boolean isDamped(Alert alert, Instant at) {
        var resolvedAt = alert.resolvedAt();
        return resolvedAt != null && resolvedAt.plus(properties.now().damping()).isAfter(at);
    }

    /** Whoever saw to it still does; who said that it was over was mistaken. */
    private void comeBack(Alert alert, Sighting sighting) {
        var severity = properties.now().severity(alert.kind(), sighting.severity());
        alerts.seen(alert.id(), severity, sighting);
        if (alert.resolvedBy() != null) {
            alerts.open(alert.id(), 0, escalation(severity));
        } else {
            var state =
                    alert.handledBy() == null ? State.OPEN : alert.snoozedUntil() == null ? State.TAKEN : State.SNOOZED;
            alerts.restore(alert.id(), state); // an open one is as if it had never been away: somebody should look
            if (severity.compareTo(alert.severity()) > 0) {
                hurry(alert, state, escalation(severity));
            }
        }
        alerts.tell(alert.id(), Step.What.REOPENED, null, null, sighting.at());
        events.publishEvent(new AlertChanged(alert.id(), alert.kind(), severity, Change.REOPENED, sighting.at()));
    }

    private void again(Alert alert, Sighting sighting) {
        var severity = properties.now().severity(alert.kind(), sighting.severity());
        alerts.seen(alert.id(), severity, sighting);
        int worse = severity.compareTo(alert.severity());
        if (worse > 0) {
            hurry(alert, alert.state(), escalation(severity));
            alerts.tell(alert.id(), Step.What.WORSENED, null, null, sighting.at());
            events.publishEvent(new AlertChanged(alert.id(), alert.kind(), severity, Change.WORSENED, sighting.at()));
        } else if (worse < 0) {
            alerts.tell(alert.id(), Step.What.EASED, null, null, sighting.at());
            events.publishEvent(new AlertChanged(alert.id(), alert.kind(), severity, Change.EASED, sighting.at()));
        }
    }

    /** A snooze was for something that mattered less. */
    private void hurry(Alert alert, State state, @Nullable Instant escalateAt) {
        var planned = alert.escalateAt();
        if (state == State.SNOOZED) {
            alerts.open(alert.id(), alert.level(), escalateAt);
        } else if (escalateAt != null && (planned == null || escalateAt.isBefore(planned))) {
            alerts.escalateAt(alert.id(), escalateAt);
        }
    }

    private @Nullable Instant escalation(Severity severity) {
        var time = properties.now().untilEscalation(severity);
        return time == null ? null : clock.instant().plus(time);
    }
}
