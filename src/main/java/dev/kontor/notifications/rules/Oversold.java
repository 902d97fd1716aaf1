package dev.kontor.notifications.rules;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.OversellDetected;
import dev.kontor.inventory.OversellEnded;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** More of an item was sold than is there: one alert an item, however many orders it concerns. */
@Component
class Oversold {

    private final Raising raising;

    Oversold(Raising raising) {
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(OversellDetected event) {
        var facts = Facts.none().with(Fact.UNITS, event.units());
        raising.raise(cause(event.item()), Sighting.of(event.oversell(), facts, event.at()));
    }

    @ApplicationModuleListener
    void on(OversellEnded event) {
        raising.end(cause(event.item()), event.oversell(), event.at());
    }

    private static Cause cause(ItemId item) {
        return new Cause(AlertKind.OVERSELL, Subject.of(Subject.Type.ITEM, item));
    }
}
