package dev.kontor.accounts;

import java.util.List;

import dev.kontor.marketplaces.MarketplaceCode;

/** What other modules may tell people of accounts, also of those that do not work. */
public interface AccountOverview {

    record Standing(AccountId id, String name, MarketplaceCode marketplace, State state) {}

    enum State {
        /** Waits for the seller's confirmation. */
        AUTHORIZING,
        ACTIVE,
        /** Stopped by its owner. */
        PAUSED,
        /** The marketplace does not accept the permission, or nobody gave it. */
        REFUSED
    }

    /** Without those that were given up, the oldest first. */
    List<Standing> all();
}
