package dev.kontor.marketplaces.amazon;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A search for orders, in Amazon's own words. */
record OrderQuestion(MultiValueMap<String, String> parameters) {

    /** All that an application may see of an order; what it may not is left out by Amazon without a word. */
    static final String EVERYTHING = String.join(
            ",",
            "BUYER",
            "RECIPIENT",
            "PROCEEDS",
            "EXPENSE",
            "PROMOTION",
            "CANCELLATION",
            "FULFILLMENT",
            "PACKAGES",
            "TAX",
            "PAYMENT");

    static OrderQuestion changedSince(Instant from, List<String> marketplaces, int limit, @Nullable String token) {
        return of("lastUpdatedAfter", text(from), null, marketplaces, limit, token);
    }

    static OrderQuestion created(
            Instant from, @Nullable String before, List<String> marketplaces, int limit, @Nullable String token) {
        return of("createdAfter", text(from), before, marketplaces, limit, token);
    }

    private static OrderQuestion of(
            String since,
            String from,
            @Nullable String before,
            List<String> marketplaces,
            int limit,
            @Nullable String token) {
        var parameters = new LinkedMultiValueMap<String, String>();
        parameters.add(since, from);
        if (before != null) {
            parameters.add("createdBefore", before);
        }
        parameters.add("marketplaceIds", String.join(",", marketplaces));
        parameters.add("maxResultsPerPage", String.valueOf(limit));
        parameters.add("includedData", EVERYTHING);
        if (token != null) {
            parameters.add("paginationToken", token);
        }
        return new OrderQuestion(parameters);
    }

    static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    @Override
    public String toString() {
        return "OrderQuestion[]";
    }
}
