package dev.kontor.sandbox.amazon;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The token bucket of each operation; all are full at first. */
final class Buckets {

    private record Level(double tokens, long at) {}

    private final LongSupplier millis;
    private final Map<String, Level> levels = new HashMap<>();
    private final Map<String, Double> granted = new HashMap<>();

    Buckets(LongSupplier millis) {
        this.millis = millis;
    }

    /** Amazon permits some sellers more than others, of some operations; a rate of zero is the usual one again. */
    synchronized void grant(String operation, double rate) {
        if (rate > 0) {
            granted.put(operation, rate);
        } else {
            granted.remove(operation);
        }
    }

    /** Tokens that are added each second. */
    synchronized double rate(Plan plan) {
        return granted.getOrDefault(plan.operation(), plan.rate());
    }

    /** False where the bucket is empty. */
    synchronized boolean take(Plan plan) {
        var now = millis.getAsLong();
        var before = levels.getOrDefault(plan.operation(), new Level(plan.burst(), now));
        var tokens = Math.min(plan.burst(), before.tokens() + Math.max(0, now - before.at()) * rate(plan) / 1_000);
        var taken = tokens >= 1;
        levels.put(plan.operation(), new Level(taken ? tokens - 1 : tokens, now));
        return taken;
    }
}
