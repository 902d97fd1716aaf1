package dev.kontor.sandbox.world;

import java.time.Duration;

/**
 * What a seller's story is a function of, besides the instant it begins.
 *
 * @param orders purchases before the beginning, spread over {@code days}
 * @param liveOrdersPerMinute purchases after the beginning
 * @param livePace how many times faster a live order runs through its life than a past one
 * @param merges share of purchases that start a merge with the buyer's next ones
 */
public record Story(
        long seed,
        int catalog,
        int buyers,
        int orders,
        int days,
        double liveOrdersPerMinute,
        double livePace,
        double merges) {

    public Story {
        require(orders >= 0 && orders <= 100_000_000, "orders");
        require(days >= 1 && days <= 3650, "days");
        require(catalog >= 1, "catalog");
        require(buyers >= 1, "buyers");
        require(liveOrdersPerMinute >= 0, "live-orders-per-minute");
        require(livePace > 0, "live-pace");
        require(merges >= 0 && merges <= 1, "merges");
    }

    public long span() {
        return Duration.ofDays(days).toMillis();
    }

    /** The same story for another seller: other buyers, other goods, other days. */
    public Story ofSeller(int seller) {
        return new Story(
                Dice.hash(seed, "seller", seller),
                catalog,
                buyers,
                orders,
                days,
                liveOrdersPerMinute,
                livePace,
                merges);
    }

    private static void require(boolean condition, String name) {
        if (!condition) {
            throw new IllegalArgumentException("The sandbox cannot tell a story with this value of " + name + ".");
        }
    }
}
