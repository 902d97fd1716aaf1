package dev.kontor.faults;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Buy one after the other, while they are there. */
final class Buyers implements AutoCloseable {

    private final Random taste;
    private final Duration longestPause;
    private final Consumer<Random> purchase;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean there;
    private volatile boolean closed;

    Buyers(long seed, Duration longestPause, Consumer<Random> purchase) {
        this.taste = new Random(seed);
        this.longestPause = longestPause;
        this.purchase = purchase;
        this.thread = Thread.ofPlatform().daemon().start(this::buy);
    }

    void come() {
        there = true;
    }

    void rest() {
        there = false;
    }

    private void buy() {
        try {
            while (!closed) {
                if (there) {
                    purchase.accept(taste);
                }
                LockSupport.parkNanos(taste.nextLong(longestPause.toNanos()));
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(failure.get()).isNull();
    }
}
