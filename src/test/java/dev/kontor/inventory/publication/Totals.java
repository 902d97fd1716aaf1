package dev.kontor.inventory.publication;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How much was simulated, and what came of it. */
final class Totals {

    private final AtomicInteger operations = new AtomicInteger();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /** A turn of Kontor is one, and so is whatever happens in the world. */
    void oneMore() {
        operations.incrementAndGet();
    }

    int operations() {
        return operations.get();
    }

    void add(String what, long quantity) {
        counts.merge(what, quantity, Long::sum);
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public String toString() {
        return operations + " operations, " + counts;
    }
}
