package dev.kontor.notifications.webhooks;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.notifications.AlertChanged;
import dev.kontor.notifications.AlertChanged.Change;
import dev.kontor.notifications.AlertEscalated;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertRaised;
import dev.kontor.notifications.AlertResolved;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.settings.Live;
import dev.kontor.notifications.settings.RouteProperties;
import dev.kontor.notifications.webhooks.Payload.Alert;

/** What becomes of alerts. */
@Component
class AlertMessages {

    private final Outbox outbox;
    private final Live<RouteProperties> routes;
    private final Alerts alerts;

    AlertMessages(Outbox outbox, Live<RouteProperties> routes, Alerts alerts) {
        this.outbox = outbox;
        this.routes = routes;
        this.alerts = alerts;
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(AlertRaised event) {
        var data = new Alert(event.alert().value(), event.kind(), event.severity(), null, null, null);
        tell(data, data.severity(), News.of(MessageType.ALERT_RAISED, subject(event.alert()), event.at(), data));
    }

    /** Two changes at one instant are two messages. */
    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(AlertChanged event) {
        var data = new Alert(event.alert().value(), event.kind(), event.severity(), event.change(), null, null);
        tell(
                data,
                event.change() == Change.EASED ? worst(data) : data.severity(),
                new News(
                        MessageType.ALERT_CHANGED,
                        subject(event.alert()),
                        event.change() + " " + event.at(),
                        event.at(),
                        data));
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(AlertEscalated event) {
        var data = new Alert(event.alert().value(), event.kind(), event.severity(), null, event.level(), null);
        tell(data, data.severity(), News.of(MessageType.ALERT_ESCALATED, subject(event.alert()), event.at(), data));
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(AlertResolved event) {
        var data = new Alert(event.alert().value(), event.kind(), event.severity(), null, null, event.byPerson());
        tell(data, worst(data), News.of(MessageType.ALERT_RESOLVED, subject(event.alert()), event.at(), data));
    }

    private void tell(Alert alert, Severity severity, News news) {
        if (routes.now().webhooks().takes(alert.kind(), severity)) {
            outbox.put(news);
        }
    }

    /** Whoever was told of it hears that it matters less, and that it is over, however little it matters by then. */
    private Severity worst(Alert alert) {
        return alerts.worst(new AlertId(alert.alert())).orElse(alert.severity());
    }

    private static String subject(AlertId alert) {
        return "alert " + alert;
    }
}
