package dev.kontor.sandbox.wix;

/**
 * What the site's orders are a function of, besides the instant at which the story begins.
 *
 * @param days that the past orders are spread over
 * @param searchDelay milliseconds after which a search knows of a change, at most
 */
public record SiteStory(
        long seed,
        int catalog,
        int buyers,
        int orders,
        int days,
        double liveOrdersPerMinute,
        double livePace,
        long searchDelay) {}
