package dev.kontor.notifications.rules;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.inventory.PlanDecided;
import dev.kontor.inventory.PlanOpened;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** A mass change waits for a person. */
@Component
class WaitingPlans {

    private final Raising raising;

    WaitingPlans(Raising raising) {
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(PlanOpened event) {
        var subject = Subject.of(Subject.Type.PLAN, event.plan(), event.account());
        var facts = Facts.none().with(Fact.LISTINGS, event.listings());
        raising.raise(new Cause(AlertKind.PLAN_WAITING, subject), Sighting.of(event.plan(), facts, event.at()));
    }

    @ApplicationModuleListener
    void on(PlanDecided event) {
        var subject = Subject.of(Subject.Type.PLAN, event.plan());
        raising.end(new Cause(AlertKind.PLAN_WAITING, subject), event.plan(), event.at());
    }
}
