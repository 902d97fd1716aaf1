package dev.kontor.notifications.couriers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does one thing after the other, as long as there is any, from the start of Kontor to its end; then it looks again when it is
 * told to, and now and then, for what another instance has left, or what is due again.
 */
public final class Courier implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    /** Whatever a fault comes from, it is seldom over at once. */
    private static final int LONGER_AFTER_A_FAULT = 5;

    /** So long what is under way may take to be finished, so that nobody else does it again. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final String name;
    private final Signal signal;
    private final Duration pause;
    private final BooleanSupplier one;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean troubled = new AtomicBoolean();
    private volatile boolean on;

    /** @param one returns whether there may be more */
    public Courier(String name, Signal signal, Duration pause, BooleanSupplier one) {
        this.name = name;
        this.signal = signal;
        this.pause = pause;
        this.one = one;
    }

    @Override
    public synchronized void start() {
        on = true;
        for (int number = 1; number <= signal.threads(); number++) {
            threads.add(Thread.ofVirtual().name(name + "-" + number).start(this::work));
        }
    }

    private void work() {
        try {
            while (on) {
                var rest = look();
                if (rest.isPositive()) {
                    signal.await(rest);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration look() {
        try {
            boolean more = one.getAsBoolean();
            troubled.set(false);
            return more ? Duration.ZERO : pause;
        } catch (RuntimeException e) {
            if (on && troubled.compareAndSet(false, true)) { // once, for as long as it lasts
                log.warn("What waits for {} could not be looked after; it is tried again", name, e);
            }
            return pause.multipliedBy(LONGER_AFTER_A_FAULT);
        }
    }

    @Override
    public synchronized void stop() {
        on = false;
        signal.give();
        var end = System.nanoTime() + FAREWELL.toNanos();
        try {
            for (var thread : threads) {
                thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return on;
    }
}
