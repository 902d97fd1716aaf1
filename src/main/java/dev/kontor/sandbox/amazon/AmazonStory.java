package dev.kontor.sandbox.amazon;

import java.util.List;

/**
 * What the seller's orders are a function of, besides the instant at which the story begins.
 *
 * @param days that the past orders are spread over
 * @param delay milliseconds after which a search knows of a change
 */
public record AmazonStory(
        long seed,
        int catalog,
        int buyers,
        int orders,
        int days,
        double liveOrdersPerMinute,
        double livePace,
        long delay,
        double fba,
        List<String> marketplaces) {}
