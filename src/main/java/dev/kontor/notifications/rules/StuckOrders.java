package dev.kontor.notifications.rules;

import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts;
import dev.kontor.inventory.UnfollowedOrders;
import dev.kontor.inventory.UnfollowedOrders.Unfollowed;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** Stock cannot follow orders of an account, so that what they have sold may be sold again. */
@Component
class StuckOrders implements Round {

    private final UnfollowedOrders orders;
    private final Accounts accounts;
    private final Raising raising;
    private final Clock clock;

    StuckOrders(UnfollowedOrders orders, Accounts accounts, Raising raising, Clock clock) {
        this.orders = orders;
        this.accounts = accounts;
        this.raising = raising;
        this.clock = clock;
    }

    @Override
    public void look() {
        var stuck = orders.unfollowed().stream().collect(Collectors.toMap(Unfollowed::account, it -> it));
        for (var account : accounts.active()) {
            raising.look(
                    new Cause(AlertKind.STOCK_BEHIND, Subject.of(account.id())),
                    () -> Optional.ofNullable(stuck.get(account.id())).map(this::sighting));
        }
    }

    private Sighting sighting(Unfollowed stuck) {
        return Sighting.now(Facts.none().with(Fact.ORDERS, stuck.orders()), clock.instant());
    }
}
