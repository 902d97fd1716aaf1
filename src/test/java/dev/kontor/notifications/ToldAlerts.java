package dev.kontor.notifications;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.transaction.event.TransactionalEventListener;

import dev.kontor.notifications.AlertChanged.Change;

/** What the channels would hear of: announced and committed. */
public class ToldAlerts {

    private record Told(AlertId alert, String what) {}

    private final List<Told> told = new CopyOnWriteArrayList<>();

    @TransactionalEventListener
    void on(AlertRaised event) {
        told.add(new Told(event.alert(), "RAISED " + event.severity()));
    }

    @TransactionalEventListener
    void on(AlertChanged event) {
        boolean severity = event.change() == Change.WORSENED || event.change() == Change.EASED;
        told.add(new Told(event.alert(), event.change() + (severity ? " " + event.severity() : "")));
    }

    @TransactionalEventListener
    void on(AlertResolved event) {
        told.add(new Told(event.alert(), event.byPerson() ? "RESOLVED BY A PERSON" : "RESOLVED"));
    }

    @TransactionalEventListener
    void on(AlertEscalated event) {
        told.add(new Told(event.alert(), "ESCALATED " + event.level()));
    }

    public List<String> of(AlertId alert) {
        return told.stream()
                .filter(it -> it.alert().equals(alert))
                .map(Told::what)
                .toList();
    }
}
