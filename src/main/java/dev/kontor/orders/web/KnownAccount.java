package dev.kontor.orders.web;

import java.util.UUID;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.api.NotFound;

/** Finds the account that an address names. */
@Component
class KnownAccount {

    private final Accounts accounts;

    KnownAccount(Accounts accounts) {
        this.accounts = accounts;
    }

    AccountView get(UUID id) {
        return accounts.find(new AccountId(id)).orElseThrow(() -> NotFound.of("account", id));
    }
}
