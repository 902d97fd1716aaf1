package dev.kontor.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import dev.kontor.HttpCaller;

/**
 * Requests at a fixed pace, whether or not earlier ones were answered. A latency counts from when the request was due, so
 * that a stall shows in all that it delayed.
 */
record OpenLoop(HttpCaller caller, int perSecond, Random random) {

    /** Makes the path of the next request of a kind. */
    interface Kind {
        String next(Random random);
    }

    /** @return milliseconds by kind */
    Map<String, List<Double>> run(Map<String, Kind> kinds, Duration length) {
        var names = List.copyOf(kinds.keySet());
        Map<String, List<Double>> latencies = new HashMap<>();
        names.forEach(name -> latencies.put(name, Collections.synchronizedList(new ArrayList<>())));
        var count = length.toSeconds() * perSecond;
        var start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long number = 0; number < count; number++) {
                var due = start + number * 1_000_000_000L / perSecond;
                var name = names.get((int) (number % names.size()));
                var path = kinds.get(name).next(random);
                for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                threads.submit(() -> {
                    var answer = caller.get(path);
                    if (answer.status() == 200) {
                        latencies.get(name).add((System.nanoTime() - due) / 1e6);
                    }
                    return answer.status();
                });
            }
        }
        latencies.forEach((name, measured) -> {
            if (measured.size() < count / names.size()) {
                throw new AssertionError(name + ": only " + measured.size() + " requests were answered with 200");
            }
        });
        return latencies;
    }
}
