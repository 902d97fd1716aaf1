package dev.kontor.marketplaces.amazon;

import java.time.Duration;

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

    /** Of a burst this much is left for calls that were permitted before and arrive late. */
    private static final double UNDER_WAY = 0.2;

    private static final long LEAST_SILENCE = Duration.ofSeconds(1).toMillis();
    private static final long LONGEST_SILENCE = Duration.ofMinutes(1).toMillis();

    private final String budget;
    private final double perSecond;
    private final Limit limit;

    /**
     * Where few calls are permitted the exchange remembers them over restarts, so the burst may be there at first; and it
     * may be used up, because hardly anything is refilled while a call is under way.
     *
     * @param burst as Amazon declares it
     */
    AmazonLimits(String budget, double perSecond, long burst) {
        boolean few = perSecond < 0.03;
        this.budget = budget;
        this.perSecond = perSecond;
        this.limit = new Limit(few ? burst : (long) Math.ceil(burst * (1 - UNDER_WAY)), 60 * perSecond, few);
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
        return Duration.ofMillis(Math.clamp(limit.oneMoreAfter().toMillis(), LEAST_SILENCE, LONGEST_SILENCE));
    }

    Budget of(String owner) {
        return new Budget(budget, owner, limit);
    }
}
