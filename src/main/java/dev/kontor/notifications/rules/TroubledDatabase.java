package dev.kontor.notifications.rules;

import java.time.Duration;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Live;
import dev.kontor.orders.DatabaseFailed;

/** The database fails again and again. Once may be two transactions that wanted the same. */
@Component
class TroubledDatabase {

    private static final Duration WITHIN = Duration.ofMinutes(15);

    private final Live<RuleProperties> properties;
    private final Raising raising;

    TroubledDatabase(Live<RuleProperties> properties, Raising raising) {
        this.properties = properties;
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(DatabaseFailed event) {
        raising.raiseFrom(
                properties.now().databaseFaults(),
                WITHIN,
                new Cause(AlertKind.DATABASE_TROUBLE, Subject.KONTOR),
                Sighting.of(
                                event.account() + " " + event.loop() + " " + event.at(),
                                Facts.none().with(Fact.LOOP, event.loop()),
                                event.at())
                        .until(WITHIN.multipliedBy(2)));
    }
}
