package dev.kontor.notifications.digest;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.UnverifiedQuantities;
import dev.kontor.inventory.UnverifiedQuantities.Unverified;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.orders.OrderDesk;
import dev.kontor.orders.OrderDesk.Figures;

/** What was sold on a day, and what is not as it should be at the moment. */
@Component
public class Situation {

    private final OrderDesk desk;
    private final UnverifiedQuantities unverified;
    private final Alerts alerts;
    private final Clock clock;

    Situation(OrderDesk desk, UnverifiedQuantities unverified, Alerts alerts, Clock clock) {
        this.desk = desk;
        this.unverified = unverified;
        this.alerts = alerts;
        this.clock = clock;
    }

    public Map<AccountId, Figures> figures(LocalDate day, ZoneId zone) {
        return desk.placed(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    public Map<AccountId, Unverified> unverified() {
        return unverified.wantedBefore(clock.instant()).stream()
                .collect(Collectors.toMap(Unverified::account, Function.identity()));
    }

    /** The worst first. */
    public List<Alert> open() {
        var open = new ArrayList<Alert>();
        for (var state : List.of(Alert.State.OPEN, Alert.State.TAKEN, Alert.State.SNOOZED)) {
            alerts.forEach(new Alerts.Filter(state, null, null, null), open::add);
        }
        open.sort(Comparator.comparing(Alert::severity).reversed().thenComparing(Alert::firstSeenAt));
        return open;
    }
}
