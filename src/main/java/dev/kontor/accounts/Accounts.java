package dev.kontor.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.kontor.marketplaces.MarketplaceCode;

/** What other modules may ask about accounts. */
public interface Accounts {

    /** @param active whether its loops should run */
    record AccountView(AccountId id, String name, MarketplaceCode marketplace, boolean active, Instant connectedAt) {}

    Optional<AccountView> find(AccountId account);

    List<AccountView> active();
}
