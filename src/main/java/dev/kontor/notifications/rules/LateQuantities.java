package dev.kontor.notifications.rules;

import java.time.Clock;
import java.util.HashMap;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.inventory.UnverifiedQuantities;
import dev.kontor.inventory.UnverifiedQuantities.Unverified;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Live;

/** Buyers of an account were not seen to be shown what they should be for too long, whatever keeps it from them. */
@Component
class LateQuantities implements Round {

    private final UnverifiedQuantities quantities;
    private final Accounts accounts;
    private final Live<RuleProperties> properties;
    private final Raising raising;
    private final Clock clock;

    LateQuantities(
            UnverifiedQuantities quantities,
            Accounts accounts,
            Live<RuleProperties> properties,
            Raising raising,
            Clock clock) {
        this.quantities = quantities;
        this.accounts = accounts;
        this.properties = properties;
        this.raising = raising;
        this.clock = clock;
    }

    /** An account that is not active is told of for another reason. */
    @Override
    public void look() {
        var open = new HashMap<AccountId, Unverified>();
        quantities
                .wantedBefore(clock.instant().minus(properties.now().unverified()))
                .forEach(it -> open.put(it.account(), it));
        for (var account : accounts.active()) {
            raising.look(
                    new Cause(AlertKind.QUANTITY_UNVERIFIED, Subject.of(account.id())),
                    () -> Optional.ofNullable(open.get(account.id())).map(this::sighting));
        }
    }

    private Sighting sighting(Unverified open) {
        return Sighting.now(
                Facts.none().with(Fact.LISTINGS, open.listings()).with(Fact.SINCE, open.since()), clock.instant());
    }
}
