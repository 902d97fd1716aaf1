package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.kontor.accounts.HintReceived;
import dev.kontor.inventory.StockChanged;
import dev.kontor.inventory.publication.Duties.Duty;
import dev.kontor.orders.OrdersAnnounced;
import dev.kontor.orders.OrdersArchived;

/**
 * Does what is due, at once where this instance made it so, and soon where another one did: what is claimed by rows in the
 * database needs no messages between instances.
 */
@Component
@ConditionalOnProperty(name = "kontor.inventory.publishing", havingValue = "true", matchIfMissing = true)
class Publisher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private static final Duration BREATH = Duration.ofMillis(20);

    private final Duties duties;
    private final Duration pause;
    private final Signal signal;
    private final Clock clock;
    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    private volatile boolean on;
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Publisher(
            Duties duties,
            Signal signal,
            @Value("${kontor.inventory.publishing-pause:500ms}") Duration pause,
            Clock clock) {
        this.duties = duties;
        this.signal = signal;
        this.pause = pause;
        this.clock = clock;
    }

    @EventListener
    void on(StockChanged event) {
        wakeAfterCommit();
    }

    @EventListener
    void on(OrdersAnnounced event) {
        wakeAfterCommit();
    }

    @EventListener
    void on(OrdersArchived event) {
        wakeAfterCommit();
    }

    @EventListener
    void on(HintReceived event) {
        wakeAfterCommit();
    }

    /** Not a listener after the commit, which would be kept in the database for each event: what is to be done is there. */
    private void wakeAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    signal.give();
                }
            });
        }
    }

    @Override
    public void start() {
        on = true;
        threads = Executors.newVirtualThreadPerTaskExecutor();
        threads.submit(this::look);
    }

    private void look() {
        while (on) {
            var wait = pause;
            try {
                var todo = duties.todo();
                todo.duties().forEach(this::begin);
                wait = until(todo.next());
            } catch (RuntimeException e) {
                if (on) { // else whoever is asked to do it may have stopped before
                    log.warn("What stock has to do cannot be found out at the moment", e);
                }
            }
            await(wait);
        }
    }

    private Duration until(@Nullable Instant next) {
        if (next == null) {
            return pause;
        }
        var wait = Duration.between(clock.instant(), next);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(pause) < 0 ? wait : pause;
    }

    private void await(Duration wait) {
        try {
            Thread.sleep(BREATH); // what is told meanwhile is done together
            signal.await(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            on = false;
        }
    }

    private void begin(Duty duty) {
        var begun = new AtomicBoolean();
        running.compute(duty.name(), (name, turns) -> {
            begun.set(turns == null || turns < duty.atOnce());
            return begun.get() ? turns == null ? 1 : turns + 1 : turns;
        });
        if (begun.get()) {
            threads.submit(() -> perform(duty));
        }
    }

    private void perform(Duty duty) {
        boolean more = false;
        try {
            more = duty.work().getAsBoolean();
        } catch (RuntimeException e) {
            log.warn("Stock could not {}; it will be tried again", duty.name(), e);
        } finally {
            running.computeIfPresent(duty.name(), (name, turns) -> turns == 1 ? null : turns - 1);
        }
        if (more) {
            signal.give();
        }
    }

    @Override
    public void stop() {
        on = false;
        signal.give();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return on;
    }
}
