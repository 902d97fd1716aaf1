package dev.kontor.marketplaces.exchange;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

import org.springframework.http.HttpHeaders;

/** What answers say about limits, where they say anything. */
final class RateHeaders {

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

    static Map<String, String> all(HttpHeaders headers) {
        var found = new TreeMap<String, String>();
        headers.forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("retry-after") || lower.startsWith("x-ratelimit") || lower.startsWith("ratelimit")) {
                found.put(lower, String.join(",", values));
            }
        });
        return found;
    }
}
