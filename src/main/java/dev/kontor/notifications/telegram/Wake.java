package dev.kontor.notifications.telegram;

import java.time.Duration;

import org.springframework.stereotype.Component;

import dev.kontor.notifications.couriers.Signal;

/** Wakes the bot's threads where something is to be done here; what another instance has left is looked for now and then. */
@Component
class Wake {

    /** Threads that answer, and threads that send: in each chat one thing is done after the other. */
    static final int AT_ONCE = 4;

    private final Signal telling = new Signal(1);
    private final Signal handling = new Signal(AT_ONCE);
    private final Signal sending = new Signal(AT_ONCE);

    void telling() {
        telling.giveAfterCommit();
    }

    void handling() {
        handling.giveAfterCommit();
    }

    void sending() {
        sending.giveAfterCommit();
    }

    void awaitTelling(Duration most) throws InterruptedException {
        telling.await(most);
    }

    void awaitHandling(Duration most) throws InterruptedException {
        handling.await(most);
    }

    void awaitSending(Duration most) throws InterruptedException {
        sending.await(most);
    }
}
