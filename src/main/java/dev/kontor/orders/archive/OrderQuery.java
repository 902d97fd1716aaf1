package dev.kontor.orders.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.archive.OrderQueries.Position;

import static java.time.ZoneOffset.UTC;

/** The SQL of a list, newest first, paged by key. A search walks the postings of one word and looks up the others. */
record OrderQuery(String sql, Map<String, Object> parameters) {

    /** @param words the rarest first */
    static OrderQuery of(OrderFilter filter, List<Long> words, @Nullable Position after, int limit) {
        return of(filter, words, after, limit, false);
    }

    /** The next newer one. */
    static OrderQuery before(OrderFilter filter, List<Long> words, Position place) {
        return of(filter, words, place, 1, true);
    }

    private static OrderQuery of(
            OrderFilter filter, List<Long> words, @Nullable Position after, int limit, boolean newer) {
        var conditions = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        var key = words.isEmpty() ? "o.placed_at, o.id" : "w.placed_at, w.order_id";
        var placed = words.isEmpty() ? "o.placed_at" : "w.placed_at";
        conditions.add("o.merged_into is null");
        for (int index = 0; index < words.size(); index++) {
            parameters.put("word" + index, words.get(index));
            conditions.add(
                    index == 0
                            ? "w.word = :word0" + open(filter, "w")
                            : "exists (select 1 from orders.words x where x.word = :word" + index
                                    + " and x.placed_at = w.placed_at and x.order_id = w.order_id" + open(filter, "x")
                                    + ")");
        }
        if (filter.account() != null) {
            conditions.add("o.account = :account");
            parameters.put("account", filter.account().value());
        }
        if (filter.statuses().size() == 1) { // equality lets the index keep the order
            conditions.add("o.status = :status");
            parameters.put("status", filter.statuses().getFirst().name());
        } else if (!filter.statuses().isEmpty()) {
            conditions.add("o.status = any(:statuses)");
            parameters.put(
                    "statuses",
                    filter.statuses().stream().map(OrderStatus::name).toArray(String[]::new));
        }
        if (filter.placedFrom() != null) {
            conditions.add(placed + " >= :from");
            parameters.put("from", filter.placedFrom().atOffset(UTC));
        }
        if (filter.placedTo() != null) {
            conditions.add(placed + " < :to");
            parameters.put("to", filter.placedTo().atOffset(UTC));
        }
        if (after != null) {
            conditions.add("(" + key + ") " + (newer ? ">" : "<") + " (:afterPlacedAt, :afterId)");
            parameters.put("afterPlacedAt", after.placedAt().atOffset(UTC));
            parameters.put("afterId", after.id());
        }
        parameters.put("limit", limit);
        var from = words.isEmpty() ? "orders.orders o" : "orders.words w join orders.orders o on o.id = w.order_id";
        return new OrderQuery(
                "select " + OrderViews.COLUMNS + " from " + from + " where " + String.join(" and ", conditions)
                        + " order by " + (newer ? key : key.replace(",", " desc,") + " desc") + " limit :limit",
                parameters);
    }

    private static String open(OrderFilter filter, String postings) {
        return filter.personal() ? "" : " and not " + postings + ".personal";
    }
}
