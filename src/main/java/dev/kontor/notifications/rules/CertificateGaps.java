package dev.kontor.notifications.rules;

import java.util.Optional;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.orders.CertificateGapsChanged;
import dev.kontor.orders.Completeness;

/** Days of an account on which orders are missing, or cannot be explained: one alert for all of them. */
@Component
class CertificateGaps {

    private final Completeness completeness;
    private final Raising raising;

    CertificateGaps(Completeness completeness, Raising raising) {
        this.completeness = completeness;
        this.raising = raising;
    }

    /** Several may be told of at once, in any order: what counts is how it is now. */
    @ApplicationModuleListener
    void on(CertificateGapsChanged event) {
        raising.look(new Cause(AlertKind.CERTIFICATE_GAPS, Subject.of(event.account())), () -> {
            var days = completeness.daysWithGaps(event.account());
            return days.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Sighting.of(
                            event.at(),
                            Facts.none()
                                    .with(Fact.DAYS, days.size())
                                    .with(Fact.DAY, days.getFirst().toString()),
                            event.at()));
        });
    }
}
