package dev.kontor.notifications.rules;

import java.time.Duration;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.inventory.QuantityDiffered;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Live;

/** Others change quantities at the marketplace, again and again. Once may be a cancelled order. */
@Component
class ForeignQuantities {

    private static final Duration WITHIN = Duration.ofHours(1);

    private final Live<RuleProperties> properties;
    private final Raising raising;

    ForeignQuantities(Live<RuleProperties> properties, Raising raising) {
        this.properties = properties;
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(QuantityDiffered event) {
        var facts = Facts.none().with(Fact.VERIFIED, event.verified()).with(Fact.SHOWN, event.shown());
        raising.raiseFrom(
                properties.now().differing(),
                WITHIN,
                new Cause(AlertKind.QUANTITY_DIFFERS, Subject.of(event.account())),
                Sighting.of(event.listing() + " " + event.at(), facts, event.at())
                        .until(WITHIN.multipliedBy(2)));
    }
}
