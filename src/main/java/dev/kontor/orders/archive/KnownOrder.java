package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.MarketplaceOrder;

/** What the archive has of an order, as far as it takes to judge whether something else is newer. */
@SuppressWarnings("ArrayRecordComponent") // read from a row, compared by sameContent
record KnownOrder(
        UUID id,
        String externalId,
        int version,
        @Nullable Instant updatedAt,
        Instant asOf,
        byte[] contentHash,
        byte @Nullable [] personalHash,
        boolean vanished) {

    boolean supersededBy(MarketplaceOrder order) {
        return newer(updatedAt, asOf, order.updatedAt(), order.asOf());
    }

    /** What the archive may not know of a buyer any more does not count. */
    boolean sameContent(SplitDocument content) {
        return Arrays.equals(contentHash, content.hash())
                && (personalHash == null || Arrays.equals(personalHash, content.personalHash()));
    }

    /** Whether {@code other} is the newer picture of the two. */
    static boolean newer(MarketplaceOrder one, MarketplaceOrder other) {
        return newer(one.updatedAt(), one.asOf(), other.updatedAt(), other.asOf());
    }

    /**
     * The marketplace's own time of change decides where both have one; it may stand still when only the seller changed
     * something, and then the later look decides.
     */
    private static boolean newer(
            @Nullable Instant updatedAt, Instant asOf, @Nullable Instant otherUpdatedAt, Instant otherAsOf) {
        if (updatedAt != null && otherUpdatedAt != null && !updatedAt.equals(otherUpdatedAt)) {
            return otherUpdatedAt.isAfter(updatedAt);
        }
        return otherAsOf.isAfter(asOf);
    }
}
