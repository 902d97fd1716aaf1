package dev.kontor.privacy.vault;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyChecks;
import dev.kontor.privacy.keys.KeyFile;

/**
 * Notices an older copy of the database that was put back, also under a running Kontor, before anybody can search in it:
 * its keys are gone, but its blind words would still say who ordered what. Before the first request is served, too, and
 * with it what a crash left half erased is completed.
 */
@Component
class RestoredCopies implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RestoredCopies.class);
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final KeyFile<BuyerKeys> file;
    private final KeyChecks checks;
    private final Erasure erasure;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - LOOK_EVERY);
    private volatile boolean running;

    RestoredCopies(KeyFile<BuyerKeys> file, KeyChecks checks, Erasure erasure) {
        this.file = file;
        this.checks = checks;
        this.erasure = erasure;
    }

    void look() {
        var now = System.nanoTime();
        var before = lookedAt.get();
        if (now - before >= LOOK_EVERY && lookedAt.compareAndSet(before, now)) {
            var known = checks.generation(BuyerKeys.NAME);
            if (known != file.keys().generation() && known != file.latest().generation()) {
                erasure.resume();
            }
        }
    }

    @Override
    public void start() {
        running = true;
        try {
            erasure.resume();
        } catch (RuntimeException e) {
            log.error(
                    "An interrupted erasure of buyers could not be completed; it is tried again with the next one", e);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0; // long before the web server
    }
}
