package dev.kontor.notifications.rules;

import java.time.Clock;
import java.util.UUID;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.access.ApiKeyExpiryAnnounced;
import dev.kontor.access.ApiKeyExpirySettled;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** A key of a program that expires before long. */
@Component
class ExpiringApiKeys {

    private final Raising raising;
    private final Clock clock;

    ExpiringApiKeys(Raising raising, Clock clock) {
        this.raising = raising;
        this.clock = clock;
    }

    @ApplicationModuleListener
    void on(ApiKeyExpiryAnnounced event) {
        var until = event.expiresAt();
        var facts = Facts.none().with(Fact.UNTIL, until).with(Fact.DAYS_LEFT, event.days());
        raising.raise(
                cause(event.key()),
                Sighting.of(until + " " + event.days(), facts, clock.instant())
                        .as(event.days() > 7 ? Severity.INFO : Severity.WARNING));
    }

    @ApplicationModuleListener
    void on(ApiKeyExpirySettled event) {
        raising.gone(cause(event.key()), clock.instant());
    }

    private static Cause cause(UUID key) {
        return new Cause(AlertKind.API_KEY_AGEING, Subject.of(Subject.Type.API_KEY, key));
    }
}
