package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

import dev.kontor.marketplaces.exchange.Budget;
import dev.kontor.marketplaces.exchange.Limit;

/**
 * What Amazon permits one application to ask for one seller, each operation by itself. These are the rates Amazon begins
 * with; what a seller really has is told in answers, and corrects them.
 */
enum AmazonLimits {
    TOKENS("tokens", 1, 30),
    PARTICIPATIONS("participations", 0.016, 15),
    SEARCH_ORDERS("search-orders", 0.0056, 20),
    ORDER("order", 0.5, 30),
    LISTING("listing", 5, 10),
    SEARCH_LISTINGS("search-listings", 5, 5),
    PATCH_LISTING("patch-listing", 5, 5),
    FBA_SUMMARIES("fba-summaries", 2, 2),
    CREATE_FEED_DOCUMENT("create-feed-document", 0.5, 15),
    /** Fifteen at once, but of those that are about listings five in five minutes. */
    CREATE_FEED("create-feed", 0.0083, 2),
    FEED("feed", 2, 15),
    FEED_DOCUMENT("feed-document", 0.0222, 10);

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private final String budget;
    private final double perSecond;
    private final Limit limit;

    /** Where few calls are permitted the exchange remembers them over restarts, so the burst may be there at first. */
    AmazonLimits(String budget, double perSecond, long burst) {
        this.budget = budget;
        this.perSecond = perSecond;
        this.limit = new Limit(burst, 60 * perSecond, perSecond < 0.03);
    }

    /** How long after a quiet time the last of so many calls has its turn. */
    Duration lastOf(int calls) {
        var paced = Math.max(0, calls - limit.burst());
        return Duration.ofMillis(Math.round(1_000 * paced / perSecond));
    }

    /**
     * After a refusal, of which there are some even below the limit: until one more call is permitted, and a minute at most.
     * What follows is slower for a while, and slower still after another one.
     *
     * @see <a href="https://developer-docs.amazon.com/sp-api/docs/usage-plans-and-rate-limits">Usage plans and rate limits</a>
     */
    Duration silence() {
        return Collections.max(List.of(LEAST_SILENCE, Collections.min(List.of(limit.oneMoreAfter(), LONGEST_SILENCE))));
    }

    Budget of(String owner) {
        return new Budget(budget, owner, limit);
    }
}
