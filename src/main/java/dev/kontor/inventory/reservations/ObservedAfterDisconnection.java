package dev.kontor.inventory.reservations;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.reservations.Takeovers.Mode;

/**
 * Whoever disconnects an account takes its goods out of what Kontor shares out: nobody hears any more of what it sells, and
 * what its listings show would be kept from the others for ever. Should it come back, a person says again that it is written
 * to.
 */
@Component
class ObservedAfterDisconnection {

    private final Takeovers takeovers;
    private final StockTakeover takeover;
    private final Accounts accounts;

    ObservedAfterDisconnection(Takeovers takeovers, StockTakeover takeover, Accounts accounts) {
        this.takeovers = takeovers;
        this.takeover = takeover;
        this.accounts = accounts;
    }

    @ApplicationModuleListener
    void on(AccountDeactivated event) {
        var account = event.account();
        boolean back = accounts.find(account).filter(AccountView::active).isPresent();
        if (event.reason() == Reason.DISCONNECTED
                && !back
                && takeovers.find(account).isPresent()) {
            takeover.change(account, Mode.OBSERVING, version -> {});
        }
    }
}
