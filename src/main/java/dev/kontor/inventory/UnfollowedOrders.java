package dev.kontor.inventory;

import java.util.List;

import dev.kontor.accounts.AccountId;

/** What other modules may ask about orders that move no stock although they should. */
public interface UnfollowedOrders {

    /** @param orders how many; until they can, nothing that the account's listings show is believed to be sold */
    record Unfollowed(AccountId account, long orders) {}

    /** Of which it was tried several times. */
    List<Unfollowed> unfollowed();
}
