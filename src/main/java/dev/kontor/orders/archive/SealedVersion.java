package dev.kontor.orders.archive;

import java.util.Set;
import java.util.UUID;

import dev.kontor.marketplaces.MarketplaceOrder;

/**
 * A version whose personal data are in the vault.
 *
 * @param personalWords blind words of the buyer, which go when he is erased
 */
record SealedVersion(OrderVersion version, UUID buyer, Set<Long> personalWords) {

    UUID id() {
        return version.id();
    }

    Set<Long> openWords() {
        return version.prepared().openWords();
    }

    MarketplaceOrder order() {
        return version.order();
    }
}
