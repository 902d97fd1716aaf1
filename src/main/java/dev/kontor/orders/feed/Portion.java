package dev.kontor.orders.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.kontor.marketplaces.OrderFeed.OrderChange;

/** Some of a page's changes, by the order they are about. */
record Portion(Map<String, List<OrderChange>> byOrder) {

    /** At least one portion, if need be an empty one, so that there is always a last. */
    static List<Portion> cut(List<OrderChange> changes, int orders) {
        var portions = new ArrayList<Portion>();
        var current = new LinkedHashMap<String, List<OrderChange>>();
        var whole = new LinkedHashMap<String, List<OrderChange>>();
        changes.forEach(change ->
                whole.computeIfAbsent(change.order(), id -> new ArrayList<>()).add(change));
        for (var entry : whole.entrySet()) {
            if (current.size() == orders) {
                portions.add(new Portion(current));
                current = new LinkedHashMap<>();
            }
            current.put(entry.getKey(), entry.getValue());
        }
        portions.add(new Portion(current));
        return portions;
    }

    Collection<String> orders() {
        return byOrder.keySet();
    }

    List<OrderChange> changesOf(Set<String> orders) {
        return byOrder.entrySet().stream()
                .filter(entry -> orders.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }
}
