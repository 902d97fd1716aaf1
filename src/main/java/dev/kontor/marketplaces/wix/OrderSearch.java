package dev.kontor.marketplaces.wix;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A question for orders, in Wix's own words. */
record OrderSearch(Search search) {

    static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Search(
            @Nullable Map<String, Map<String, String>> filter,
            @Nullable List<Sort> sort,
            Paging cursorPaging) {}

    record Sort(String fieldName, String order) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Paging(int limit, @Nullable String cursor) {}

    /** @param from inclusive, {@code to} exclusive; null for no bound */
    static OrderSearch oldestFirst(String field, @Nullable Instant from, @Nullable Instant to, int limit) {
        var bounds = new TreeMap<String, String>();
        if (from != null) {
            bounds.put("$gte", text(from));
        }
        if (to != null) {
            bounds.put("$lt", text(to));
        }
        var filter = bounds.isEmpty() ? null : Map.<String, Map<String, String>>of(field, bounds);
        return new OrderSearch(new Search(filter, List.of(new Sort(field, "ASC")), new Paging(limit, null)));
    }

    static OrderSearch newest(String field) {
        return new OrderSearch(new Search(null, List.of(new Sort(field, "DESC")), new Paging(1, null)));
    }

    /** Filter and order are in the cursor; sent beside it they are refused. */
    static OrderSearch further(String cursor, int limit) {
        return new OrderSearch(new Search(null, null, new Paging(limit, cursor)));
    }

    /** Wix knows milliseconds: the first of them that is not before the instant. */
    private static String text(Instant instant) {
        var milliseconds = Instant.ofEpochMilli(instant.toEpochMilli());
        return TIME.format(milliseconds.equals(instant) ? instant : milliseconds.plusMillis(1));
    }
}
