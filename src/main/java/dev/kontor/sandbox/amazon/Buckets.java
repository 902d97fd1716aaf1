package dev.kontor.sandbox.amazon;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The token bucket of each operation; all are full at first. */
final class Buckets {

    private record Level(double tokens, long at) {}

    private final LongSupplier millis;
    private final Map<String, Level> levels = new HashMap<>();

    Buckets(LongSupplier millis) {
        this.millis = millis;
    }

    /** False where the bucket is empty. */
    synchronized boolean take(Plan plan) {
        var now = millis.getAsLong();
        var before = levels.getOrDefault(plan.operation(), new Level(plan.burst(), now));
        var tokens = Math.min(plan.burst(), before.tokens() + Math.max(0, now - before.at()) * plan.rate() / 1_000);
        var taken = tokens >= 1;
        levels.put(plan.operation(), new Level(taken ? tokens - 1 : tokens, now));
        return taken;
    }
}
