package dev.kontor.sandbox.allegro;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What one seller's programs may do with one kind of resource in any stretch of time. */
final class Allowance {

    private record Use(long at, int count) {}

    private final long limit;
    private final long window;
    private final Clock clock;
    private final Deque<Use> uses = new ArrayDeque<>();
    private long used;

    Allowance(long limit, Duration window, Clock clock) {
        this.limit = limit;
        this.window = window.toMillis();
        this.clock = clock;
    }

    /** @return whether there was so much left */
    synchronized boolean use(int count) {
        var now = clock.millis();
        while (!uses.isEmpty() && uses.peek().at() <= now - window) {
            used -= uses.remove().count();
        }
        if (used + count > limit) {
            return false;
        }
        uses.add(new Use(now, count));
        used += count;
        return true;
    }
}
