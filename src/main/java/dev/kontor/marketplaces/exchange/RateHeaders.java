package dev.kontor.marketplaces.exchange;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What answers say about limits and about themselves, where they say anything. */
final class RateHeaders {

    private static final Pattern TRACE = Pattern.compile("(?i)(trace|request)-?id$");

    private RateHeaders() {}

    static OptionalLong left(HttpHeaders headers) {
        for (var name : new String[] {"X-RateLimit-Remaining", "RateLimit-Remaining"}) {
            var value = headers.getFirst(name);
            if (value != null && value.matches("\\d{1,9}")) {
                return OptionalLong.of(Long.parseLong(value));
            }
        }
        return OptionalLong.empty();
    }

    /** By which the marketplace finds the request again. */
    static @Nullable String trace(HttpHeaders headers) {
        return headers.headerNames().stream()
                .filter(name -> TRACE.matcher(name).find())
                .findFirst()
                .map(headers::getFirst)
                .orElse(null);
    }

    static Map<String, String> all(HttpHeaders headers) {
        var found = new TreeMap<String, String>();
        headers.forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("retry-after") || lower.contains("ratelimit")) {
                found.put(lower, String.join(",", values));
            }
        });
        return found;
    }
}
