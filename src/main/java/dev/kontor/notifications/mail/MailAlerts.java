package dev.kontor.notifications.mail;

import java.time.Clock;
import java.time.Duration;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.access.Persons;
import dev.kontor.notifications.AlertChanged;
import dev.kontor.notifications.AlertEscalated;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertRaised;
import dev.kontor.notifications.AlertResolved;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.mail.MailOutbox.Occasion;
import dev.kontor.notifications.wishes.Channel;
import dev.kontor.notifications.wishes.Telling;

/**
 * Tells addresses of alerts. What comes and goes within minutes is not worth a mail that says it is over, and what is over
 * before anybody was told is not told at all.
 */
@Component
class MailAlerts {

    /** What comes back so soon was not over. */
    private static final Duration CALM = Duration.ofMinutes(5);

    private final Alerts alerts;
    private final Subscriptions subscriptions;
    private final Persons persons;
    private final Telling telling;
    private final MailOutbox outbox;
    private final MailProperties properties;
    private final Clock clock;

    MailAlerts(
            Alerts alerts,
            Subscriptions subscriptions,
            Persons persons,
            Telling telling,
            MailOutbox outbox,
            MailProperties properties,
            Clock clock) {
        this.alerts = alerts;
        this.subscriptions = subscriptions;
        this.persons = persons;
        this.telling = telling;
        this.outbox = outbox;
        this.properties = properties;
        this.clock = clock;
    }

    @ApplicationModuleListener
    void on(AlertRaised event) {
        tell(event.alert(), Occasion.RAISED, "raised");
    }

    @ApplicationModuleListener
    void on(AlertEscalated event) {
        tell(
                event.alert(),
                Occasion.ESCALATED,
                "escalated-" + event.level() + "-" + event.at().toEpochMilli());
    }

    @ApplicationModuleListener
    void on(AlertChanged event) {
        switch (event.change()) {
            case WORSENED -> tell(event.alert(), Occasion.WORSENED, why(event));
            case WOKEN -> tell(event.alert(), Occasion.WOKEN, why(event));
            case REOPENED -> reopened(event);
            case EASED, TAKEN, SNOOZED -> {}
        }
    }

    private static String why(AlertChanged event) {
        return event.change() + "-" + event.at().toEpochMilli();
    }

    @ApplicationModuleListener
    void on(AlertResolved event) {
        if (!properties.on()) {
            return;
        }
        outbox.lock(event.alert());
        if (alerts.find(event.alert()).filter(MailAlerts::isOver).isEmpty()) {
            return;
        }
        outbox.withdraw(event.alert(), false);
        var calm = clock.instant().plus(CALM);
        for (var id : outbox.told(event.alert())) {
            var key = "alert/" + event.alert() + "/" + id + "/resolved-"
                    + event.at().toEpochMilli();
            subscriptions
                    .find(id)
                    .ifPresent(to -> outbox.alert(
                            id,
                            event.alert(),
                            Occasion.RESOLVED,
                            key,
                            to.wishes().afterQuiet(calm)));
        }
    }

    private static boolean isOver(Alert alert) {
        return alert.state() == State.RESOLVED;
    }

    /** Only who was told that it was over has to hear that it is not. */
    private void reopened(AlertChanged event) {
        outbox.lock(event.alert());
        outbox.withdraw(event.alert(), true);
        tell(event.alert(), Occasion.REOPENED, why(event));
    }

    private void tell(AlertId id, Occasion occasion, String why) {
        if (!properties.on()) {
            return;
        }
        outbox.lock(id);
        var alert = alerts.find(id).orElse(null);
        if (alert == null || isOver(alert) || alert.state() == State.SNOOZED) {
            return;
        }
        var now = clock.instant();
        for (var to : subscriptions.active()) {
            if (occasion != Occasion.REOPENED || !outbox.isTold(to.id(), id) || outbox.isToldOver(to.id(), id)) {
                persons.find(to.user())
                        .flatMap(person -> telling.when(
                                Channel.MAIL, person, to.wishes(), alert, occasion == Occasion.ESCALATED, now))
                        .ifPresent(due ->
                                outbox.alert(to.id(), id, occasion, "alert/" + id + "/" + to.id() + "/" + why, due));
            }
        }
    }
}
