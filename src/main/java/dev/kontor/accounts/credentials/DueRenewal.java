package dev.kontor.accounts.credentials;

import java.time.Clock;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.register.AccountRegister;

/** Renews an account's credentials when they are due, also while the account is paused. */
class DueRenewal {

    private final AccountRegister register;
    private final OpenedCredentials opened;
    private final RenewalFlight flight;
    private final Clock clock;

    DueRenewal(AccountRegister register, OpenedCredentials opened, RenewalFlight flight, Clock clock) {
        this.register = register;
        this.opened = opened;
        this.flight = flight;
        this.clock = clock;
    }

    void run(AccountId account) {
        if (register.get(account).state().connected()) {
            opened.find(account)
                    .filter(current -> current.dueAt(clock.instant()))
                    .ifPresent(current -> flight.newerThan(account, current.version()));
        }
    }
}
