package dev.kontor.orders.archive;

import java.util.Set;
import java.util.UUID;

import dev.kontor.marketplaces.MarketplaceOrder;

/**
 * A version whose personal data are in the vault.
 *
 * @param personalWords blind words of the buyer, which go when he is erased
 * @param openWords words of what is no secret: number, SKUs, names of offers
 */
record SealedVersion(OrderVersion version, UUID buyer, Set<Long> personalWords, Set<Long> openWords) {

    UUID id() {
        return version.id();
    }

    MarketplaceOrder order() {
        return version.order();
    }
}
