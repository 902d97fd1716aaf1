package dev.kontor.notifications.rules;

import java.time.Instant;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** A marketplace does not accept an account's permission, until it is connected again or nobody wants it any more. */
@Component
class RefusedPermission {

    private final Accounts accounts;
    private final Raising raising;

    RefusedPermission(Accounts accounts, Raising raising) {
        this.accounts = accounts;
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(AccountDeactivated event) {
        if (event.reason() == Reason.REFUSED) {
            look(event.account(), event.at());
        }
    }

    /** Whatever is told first, how the account is now counts. */
    private void look(AccountId account, Instant at) {
        raising.look(
                cause(account),
                () -> accounts.find(account)
                        .filter(found -> !found.active())
                        .map(_ -> Sighting.of(Reason.REFUSED + " " + at, Facts.none(), at)));
    }

    @ApplicationModuleListener
    void on(AccountActivated event) {
        accounts.find(event.account())
                .filter(AccountView::active)
                .ifPresent(_ -> raising.gone(cause(event.account()), event.at()));
    }

    private static Cause cause(AccountId account) {
        return new Cause(AlertKind.PERMISSION_REFUSED, Subject.of(account));
    }
}
