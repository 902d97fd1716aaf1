package dev.kontor.accounts;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.MarketplaceCode;

/**
 * Connect a seller's account of a marketplace.
 *
 * @param name what people call the account, 1 to 100 characters
 * @param owner who the account belongs to
 * @param entered what the seller entered to permit it; null where he is to confirm a code
 * @param requestKey names the request among all who make any; the same key and the same wish make no second account; null for a wish without a key
 */
public record ConnectAccount(
        String name,
        MarketplaceCode marketplace,
        UUID owner,
        @Nullable EnteredCredentials entered,
        @Nullable String requestKey) {

    public ConnectAccount {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("an account's name has 1 to 100 characters");
        }
    }

    public ConnectAccount(String name, MarketplaceCode marketplace, UUID owner, @Nullable String requestKey) {
        this(name, marketplace, owner, null, requestKey);
    }
}
