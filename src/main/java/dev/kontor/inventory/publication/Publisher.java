package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.kontor.inventory.StockChanged;
import dev.kontor.inventory.publication.Duties.Duty;
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
    private final Semaphore wake = new Semaphore(0);
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private volatile boolean on;
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Publisher(Duties duties, @Value("${kontor.inventory.publishing-pause:500ms}") Duration pause) {
        this.duties = duties;
        this.pause = pause;
    }

    @EventListener
    void on(StockChanged event) {
        wakeAfterCommit();
    }

    @EventListener
    void on(OrdersArchived event) {
        wakeAfterCommit();
    }

    /** Not a listener after the commit, which would be kept in the database for each event: what is to be done is there. */
    private void wakeAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    wake.release();
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
            try {
                duties.due().forEach(this::begin);
            } catch (RuntimeException e) {
                log.warn("What stock has to do cannot be found out at the moment", e);
            }
            await();
        }
    }

    private void await() {
        try {
            Thread.sleep(BREATH); // what is told meanwhile is done together
            if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            on = false;
        }
    }

    private void begin(Duty duty) {
        if (running.add(duty.name())) {
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
            running.remove(duty.name());
        }
        if (more) {
            wake.release();
        }
    }

    @Override
    public void stop() {
        on = false;
        wake.release();
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
