package dev.kontor.notifications.rules;

import java.util.EnumSet;
import java.util.Set;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Raising;

/** Nobody looks any more at what an account that is stopped does, and of one that nobody wants nothing is amiss. */
@Component
class StoppedAccounts {

    private static final Set<AlertKind> WHILE_ACTIVE = EnumSet.of(
            AlertKind.SYNC_FAILING,
            AlertKind.SYNC_PARTIAL,
            AlertKind.SYNC_SILENT,
            AlertKind.ORDERS_UNHEARD,
            AlertKind.ORDERS_SILENT,
            AlertKind.RATE_LIMITED,
            AlertKind.QUARANTINE_GROWING,
            AlertKind.STOCK_BEHIND,
            AlertKind.QUANTITY_UNVERIFIED);

    private static final Set<AlertKind> WHILE_CONNECTED = EnumSet.of(
            AlertKind.PERMISSION_REFUSED,
            AlertKind.CREDENTIAL_AGEING,
            AlertKind.CERTIFICATE_GAPS,
            AlertKind.FEED_WINDOW,
            AlertKind.QUANTITY_DIFFERS);

    private final LoopRuns runs;
    private final Raising raising;

    StoppedAccounts(LoopRuns runs, Raising raising) {
        this.runs = runs;
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(AccountDeactivated event) {
        runs.forget(event.account());
        var over = EnumSet.copyOf(WHILE_ACTIVE);
        if (event.reason() == Reason.DISCONNECTED) {
            over.addAll(WHILE_CONNECTED);
        }
        raising.gone(event.account(), over, event.at());
    }
}
