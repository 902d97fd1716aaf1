package dev.kontor.orders.archive;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.privacy.Vault;

/** Tells the vault how long the account's marketplace lets buyers' data be kept. */
@Component
class RetentionOfBuyers {

    private final Marketplaces marketplaces;
    private final Vault vault;

    RetentionOfBuyers(Marketplaces marketplaces, Vault vault) {
        this.marketplaces = marketplaces;
        this.vault = vault;
    }

    @ApplicationModuleListener
    void on(AccountActivated event) {
        var marketplace = marketplaces.get(event.marketplace());
        vault.keepFor(event.account().value(), marketplace.code().value(), marketplace.personalDataKept());
    }
}
