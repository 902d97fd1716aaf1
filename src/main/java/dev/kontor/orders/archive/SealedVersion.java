package dev.kontor.orders.archive;

import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.MarketplaceOrder;

/**
 * A version whose personal data are in the vault.
 *
 * @param kept whether the vault took the personal data; it does not where they were erased or may not be kept
 * @param personalWords blind words of the buyer, which go when he is erased
 */
record SealedVersion(OrderVersion version, UUID buyer, boolean kept, Set<Long> personalWords) {

    /** Of what the vault has. */
    byte @Nullable [] personalHash() {
        return kept ? version.content().personalHash() : null;
    }

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
