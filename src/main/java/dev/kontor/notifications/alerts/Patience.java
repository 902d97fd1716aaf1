package dev.kontor.notifications.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.notifications.AlertChanged;
import dev.kontor.notifications.AlertChanged.Change;
import dev.kontor.notifications.AlertEscalated;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.settings.Live;

/** What time does to alerts: it ends snoozes, runs out of patience, and shows that a cause does not come back. */
@Component
class Patience {

    private static final int AT_ONCE = 100;

    /** Nobody tells of an event again after that. */
    private static final Duration TOLD_AGAIN = Duration.ofDays(30);

    private final Alerts alerts;
    private final Occurrences occurrences;
    private final Raising raising;
    private final Live<AlertProperties> properties;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Patience(
            Alerts alerts,
            Occurrences occurrences,
            Raising raising,
            Live<AlertProperties> properties,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.alerts = alerts;
        this.occurrences = occurrences;
        this.raising = raising;
        this.properties = properties;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Of several instances that do this at once, each alert is seen to by one. */
    void look() {
        var now = clock.instant();
        untilNone(() -> each(alerts.quiet(now, AT_ONCE), alert -> raising.resolve(alert, now)));
        untilNone(() -> each(alerts.toWake(now, AT_ONCE), alert -> wake(alert, now)));
        untilNone(
                () -> each(alerts.toEscalate(now, properties.now().levels(), AT_ONCE), alert -> escalate(alert, now)));
    }

    void forget() {
        var now = clock.instant();
        untilNone(() -> alerts.forget(now.minus(properties.now().keep()), AT_ONCE));
        untilNone(() -> occurrences.forget(now.minus(TOLD_AGAIN), AT_ONCE));
    }

    private void untilNone(Supplier<Integer> some) {
        while (Objects.requireNonNull(transaction.execute(_ -> some.get())) > 0) {
            // each round in a transaction of its own
        }
    }

    private static int each(List<Alert> found, Consumer<Alert> action) {
        found.forEach(action);
        return found.size();
    }

    private void wake(Alert alert, Instant now) {
        alerts.open(alert.id(), alert.level(), again(alert.severity(), now));
        alerts.tell(alert.id(), Step.What.WOKEN, null, null, now);
        events.publishEvent(new AlertChanged(alert.id(), alert.kind(), alert.severity(), Change.WOKEN, now));
    }

    private void escalate(Alert alert, Instant now) {
        int level = alert.level() + 1;
        alerts.escalate(alert.id(), level, again(alert.severity(), now));
        alerts.tell(alert.id(), Step.What.ESCALATED, null, null, now);
        events.publishEvent(new AlertEscalated(alert.id(), alert.kind(), alert.severity(), level, now));
    }

    private @Nullable Instant again(Severity severity, Instant now) {
        var time = properties.now().untilEscalation(severity);
        return time == null ? null : now.plus(time);
    }
}
