package dev.kontor.accounts.hooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** So that the log says once in a while what goes on all the time. */
final class Complaints {

    private static final Duration QUIET = Duration.ofMinutes(10);

    private final Map<String, Instant> made = new ConcurrentHashMap<>();

    /** Whether this has not been said for a while; then it is taken to be said now. */
    boolean isDue(String cause, Instant now) {
        var due = new AtomicBoolean();
        made.compute(cause, (it, before) -> {
            due.set(before == null || before.plus(QUIET).isBefore(now));
            return due.get() ? now : before;
        });
        return due.get();
    }
}
