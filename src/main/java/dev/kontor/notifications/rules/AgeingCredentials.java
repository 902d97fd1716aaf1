package dev.kontor.notifications.rules;

import java.time.Clock;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RotationAnnounced;
import dev.kontor.accounts.RotationSettled;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** A secret of a marketplace that a person has to replace before long; the sooner, the worse. */
@Component
class AgeingCredentials {

    private final Raising raising;
    private final Clock clock;

    AgeingCredentials(Raising raising, Clock clock) {
        this.raising = raising;
        this.clock = clock;
    }

    @ApplicationModuleListener
    void on(RotationAnnounced event) {
        var facts = Facts.none()
                .with(Fact.WHAT, event.what())
                .with(Fact.MARKETPLACE, event.marketplace())
                .with(Fact.UNTIL, event.due())
                .with(Fact.DAYS_LEFT, event.days());
        var due = event.due();
        raising.raise(
                cause(event.id(), event.account()),
                Sighting.of(due + " " + event.days(), facts, clock.instant()).as(severity(event.days())));
    }

    static Severity severity(int days) {
        return days > 7 ? Severity.INFO : days > 1 ? Severity.WARNING : Severity.CRITICAL;
    }

    @ApplicationModuleListener
    void on(RotationSettled event) {
        raising.gone(cause(event.id(), null), clock.instant());
    }

    private static Cause cause(UUID entry, @Nullable UUID account) {
        var of = account == null ? null : new AccountId(account);
        return new Cause(AlertKind.CREDENTIAL_AGEING, Subject.of(Subject.Type.CREDENTIAL, entry, of));
    }
}
