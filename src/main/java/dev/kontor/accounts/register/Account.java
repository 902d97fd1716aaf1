package dev.kontor.accounts.register;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Seller;

/**
 * A connected account, or one that was or will be.
 *
 * @param reason why the account stands where it does, in words; null where there is nothing to say
 * @param seller known since the first confirmation, and the same for ever
 * @param connectedAt the first confirmation
 */
public record Account(
        AccountId id,
        String name,
        MarketplaceCode marketplace,
        UUID owner,
        AccountState state,
        @Nullable String reason,
        @Nullable Seller seller,
        Instant createdAt,
        @Nullable Instant connectedAt,
        Instant changedAt,
        long version) {

    public static Account fresh(AccountId id, String name, MarketplaceCode marketplace, UUID owner, Instant at) {
        return new Account(id, name, marketplace, owner, AccountState.AUTHORIZING, null, null, at, null, at, 0);
    }

    public Account named(String newName, Instant at) {
        return new Account(id, newName, marketplace, owner, state, reason, seller, createdAt, connectedAt, at, version);
    }

    public Account in(AccountState newState, @Nullable String newReason, Instant at) {
        return new Account(
                id, name, marketplace, owner, newState, newReason, seller, createdAt, connectedAt, at, version);
    }

    /** Says how it goes, unless why the account does not work is the more important news. */
    public Account remarked(@Nullable String remark, Instant at) {
        return switch (state) {
            case ACTIVE, AUTHORIZING -> in(state, remark, at);
            case PAUSED, REFUSED, EXPIRED, DEACTIVATED, DISCONNECTED -> in(state, reason, at);
        };
    }

    /** A new confirmation is awaited; where the old credentials still work they go on working meanwhile. */
    public Account awaitingConfirmation(Instant at) {
        return in(state.connected() ? state : AccountState.AUTHORIZING, null, at);
    }

    /** The confirmation came to nothing; where the old credentials still work they go on working. */
    public Account notConfirmed(AccountState outcome, String why, Instant at) {
        return in(state.connected() ? state : outcome, why, at);
    }

    /** An account that its owner paused stays paused, with fresh credentials. */
    public Account confirmedBy(Seller confirming, Instant at) {
        var next = state == AccountState.PAUSED ? AccountState.PAUSED : AccountState.ACTIVE;
        var first = connectedAt == null ? at : connectedAt;
        return new Account(id, name, marketplace, owner, next, null, confirming, createdAt, first, at, version);
    }

    public boolean belongsToAnotherThan(Seller confirming) {
        return seller != null && !seller.id().equals(confirming.id());
    }
}
