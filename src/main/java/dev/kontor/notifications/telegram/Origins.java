package dev.kontor.notifications.telegram;

import java.util.EnumSet;
import java.util.Set;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Alert;

/**
 * Where alerts come from: what has one origin and comes at about the same time is told of together. A marketplace that is
 * away stops all loops of all its accounts; and where one item is oversold, more of them often are.
 */
@WithBot
class Origins {

    static final String MARKETPLACE = "marketplace ";

    /** Whatever comes while its person does not want to be disturbed. */
    static final String NIGHT = "night";

    private static final Set<AlertKind> OF_A_MARKETPLACE = EnumSet.of(
            AlertKind.SYNC_FAILING,
            AlertKind.SYNC_PARTIAL,
            AlertKind.SYNC_SILENT,
            AlertKind.ORDERS_UNHEARD,
            AlertKind.ORDERS_SILENT,
            AlertKind.RATE_LIMITED,
            AlertKind.FEED_WINDOW,
            AlertKind.QUARANTINE_GROWING,
            AlertKind.QUANTITY_UNVERIFIED);

    private final Accounts accounts;

    Origins(Accounts accounts) {
        this.accounts = accounts;
    }

    String of(Alert alert) {
        var account = alert.subject().account();
        if (account != null && OF_A_MARKETPLACE.contains(alert.kind())) {
            return marketplace(account);
        }
        return switch (alert.kind()) {
            case PLAN_WAITING -> alert.kind() + " " + alert.subject().id(); // each is decided by itself
            case CREDENTIAL_AGEING, API_KEY_AGEING -> "keys";
            default -> alert.kind().name();
        };
    }

    private String marketplace(AccountId account) {
        return accounts.find(account)
                .map(found -> MARKETPLACE + found.marketplace().value())
                .orElseGet(() -> "account " + account);
    }
}
