package dev.kontor.marketplaces;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.FakeMarketplace.Operation;

/** What goes wrong at a {@link FakeMarketplace}, and how often it was called. */
class FakeFaults {

    private final Map<Operation, Deque<Answer<?>>> once = new EnumMap<>(Operation.class);
    private final Map<Operation, Answer<?>> always = new EnumMap<>(Operation.class);
    private final Map<Object, Answer<?>> alwaysFor = new HashMap<>();
    private final Map<Operation, AtomicInteger> calls = new EnumMap<>(Operation.class);
    private volatile BiConsumer<Operation, Object> watcher = (operation, argument) -> {};

    FakeFaults() {
        Arrays.stream(Operation.values()).forEach(operation -> calls.put(operation, new AtomicInteger()));
    }

    synchronized void next(Operation operation, Answer<?> failure) {
        once.computeIfAbsent(operation, ignored -> new ArrayDeque<>()).add(failure);
    }

    synchronized void always(Operation operation, Answer<?> failure) {
        always.put(operation, failure);
    }

    synchronized void always(Operation operation, Object argument, Answer<?> failure) {
        alwaysFor.put(List.of(operation, argument), failure);
    }

    synchronized void none() {
        alwaysFor.clear();
        once.clear();
        always.clear();
    }

    void watch(BiConsumer<Operation, Object> newWatcher) {
        watcher = newWatcher;
    }

    int calls(Operation operation) {
        return calls.get(operation).get();
    }

    /** The watcher runs outside every lock, so that a test may block a call in it. */
    @SuppressWarnings("unchecked") // what is scripted for an operation is of its kind
    <T> Answer<T> around(Operation operation, Object argument, Supplier<Answer<T>> call) {
        calls.get(operation).incrementAndGet();
        watcher.accept(operation, argument);
        var failure = take(operation, argument);
        return failure == null ? call.get() : (Answer<T>) failure;
    }

    private synchronized @Nullable Answer<?> take(Operation operation, Object argument) {
        var queue = once.get(operation);
        var next = queue == null ? null : queue.poll();
        return next == null ? alwaysFor.getOrDefault(List.of(operation, argument), always.get(operation)) : next;
    }
}
