package dev.kontor.notifications.couriers;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Says to the threads of this instance that there may be something to do now; many that come together count as one. */
public final class Signal {

    private final Semaphore given = new Semaphore(0);
    private final int threads;

    /** @param threads that are woken at once */
    public Signal(int threads) {
        this.threads = threads;
    }

    public void give() {
        given.release(Math.max(0, threads - given.availablePermits()));
    }

    /** At once where there is no transaction. */
    public void giveAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            give();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                give();
            }
        });
    }

    /** Ends when it is given, or was since the last time; false where it was not. */
    public boolean await(Duration most) throws InterruptedException {
        return given.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    int threads() {
        return threads;
    }
}
