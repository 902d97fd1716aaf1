package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/** Says within this instance that there may be something to do now; many that come together count as one. */
@Component
class Signal {

    private final Semaphore given = new Semaphore(0);

    void give() {
        given.release();
    }

    /** Ends when it is given, or was since the last time. */
    void await(Duration atMost) throws InterruptedException {
        if (given.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            given.drainPermits();
        }
    }
}
