package dev.kontor.sandbox.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each route was answered with each status; 0 stands for no answer at all. */
public final class Counters {

    private final Map<String, Map<Integer, LongAdder>> counts = new ConcurrentHashMap<>();

    void count(String method, String pattern, int status) {
        counts.computeIfAbsent(method + " " + pattern, it -> new ConcurrentHashMap<>())
                .computeIfAbsent(status, it -> new LongAdder())
                .increment();
    }

    public Map<String, Map<Integer, Long>> all() {
        var all = new TreeMap<String, Map<Integer, Long>>();
        counts.forEach((route, statuses) -> {
            var line = new TreeMap<Integer, Long>();
            statuses.forEach((status, count) -> line.put(status, count.sum()));
            all.put(route, line);
        });
        return all;
    }

    /** Answers with this status over all routes that begin with a prefix. */
    public long of(String routePrefix, int status) {
        return all().entrySet().stream()
                .filter(it -> it.getKey().contains(" " + routePrefix))
                .mapToLong(it -> it.getValue().getOrDefault(status, 0L))
                .sum();
    }

    public void reset() {
        counts.clear();
    }
}
