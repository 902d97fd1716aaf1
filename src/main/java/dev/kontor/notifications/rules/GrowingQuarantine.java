package dev.kontor.notifications.rules;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Live;
import dev.kontor.orders.Completeness;

/** So many records of an account came in within a day and cannot be read that it is no accident any more. */
@Component
class GrowingQuarantine implements Round {

    private static final Duration DAY = Duration.ofDays(1);

    private final Completeness completeness;
    private final Accounts accounts;
    private final Live<RuleProperties> properties;
    private final Raising raising;
    private final Clock clock;

    GrowingQuarantine(
            Completeness completeness,
            Accounts accounts,
            Live<RuleProperties> properties,
            Raising raising,
            Clock clock) {
        this.completeness = completeness;
        this.accounts = accounts;
        this.properties = properties;
        this.raising = raising;
        this.clock = clock;
    }

    @Override
    public void look() {
        accounts.active().forEach(this::look);
    }

    private void look(AccountView account) {
        raising.look(new Cause(AlertKind.QUARANTINE_GROWING, Subject.of(account.id())), () -> {
            var now = clock.instant();
            long records = completeness.unreadableSince(account.id(), now.minus(DAY));
            return records < properties.now().quarantined()
                    ? Optional.empty()
                    : Optional.of(Sighting.now(Facts.none().with(Fact.RECORDS, records), now));
        });
    }
}
