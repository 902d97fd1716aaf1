package dev.kontor.notifications.webhooks;

import java.time.Duration;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whether there is any endpoint. Where there is none, events are not even kept to be heard, which would cost each of them a
 * row. That there is one is remembered for a few seconds; that there is none is asked each time, because another instance may
 * have been told of the first one just now, and what happens from then on is promised to it.
 */
@Component(Audience.NAME)
class Audience {

    static final String NAME = "webhookAudience";

    /** The condition of the listeners here. */
    static final String LISTENS = "@" + NAME + ".listens()";

    private static final Duration MEMORY = Duration.ofSeconds(5);

    private final Endpoints endpoints;
    private volatile Seen seen = new Seen(false, System.nanoTime() - MEMORY.toNanos());

    private record Seen(boolean any, long at) {}

    Audience(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    public boolean listens() {
        var last = seen;
        if (last.any() && System.nanoTime() - last.at() < MEMORY.toNanos()) {
            return true;
        }
        var now = new Seen(endpoints.any(), System.nanoTime());
        seen = now;
        return now.any();
    }

    /** There is another endpoint, or one less. */
    void changesWithCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                var last = seen;
                seen = new Seen(last.any(), System.nanoTime() - MEMORY.toNanos());
            }
        });
    }
}
