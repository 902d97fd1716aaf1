package dev.kontor.notifications.rules;

import java.time.Duration;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.privacy.RetentionMissed;

/** Personal data are kept for too long. That is told of once a day for as long as it is so. */
@Component
class MissedRetention {

    private static final Duration LONGER_THAN_A_DAY = Duration.ofHours(26);

    private final Raising raising;

    MissedRetention(Raising raising) {
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(RetentionMissed event) {
        var account = new AccountId(event.account());
        var since = event.keptSince();
        raising.raise(
                new Cause(AlertKind.RETENTION_MISSED, Subject.of(account)),
                Sighting.of(
                                event.at(),
                                since == null ? Facts.none() : Facts.none().with(Fact.SINCE, since),
                                event.at())
                        .until(LONGER_THAN_A_DAY));
    }
}
