package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import dev.kontor.notifications.telegram.TelegramApi.Said;

/** Runs the bot in threads of its own, from the start of Kontor to its end. */
@WithBot
class Bot implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Bot.class);
    /** One thread of each kind looks for what another instance has left, or what is due by now; the others are woken. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration SLEEP = Duration.ofMinutes(1);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(2);

    private final Polling polling;
    private final Answering answering;
    private final AlertCards cards;
    private final Dispatch dispatch;
    private final Webhook webhook;
    private final Wake wake;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    Bot(Polling polling, Answering answering, AlertCards cards, Dispatch dispatch, Webhook webhook, Wake wake) {
        this.polling = polling;
        this.answering = answering;
        this.cards = cards;
        this.dispatch = dispatch;
        this.webhook = webhook;
        this.wake = wake;
    }

    private interface Turn {
        void take() throws InterruptedException;
    }

    @Override
    public synchronized void start() {
        running = true;
        run("telegram-updates", () -> Thread.sleep(webhook.isWanted() ? announce() : polling.once()));
        run("telegram-cards", () -> untilNone(cards::one, () -> wake.awaitTelling(LOOK)));
        for (int number = 1; number <= Wake.AT_ONCE; number++) {
            var rest = number == 1 ? LOOK : SLEEP;
            run("telegram-answers-" + number, () -> untilNone(answering::one, () -> wake.awaitHandling(rest)));
            run("telegram-sending-" + number, () -> untilNone(dispatch::one, () -> wake.awaitSending(rest)));
        }
    }

    /** Telegram is told once where we are, as long as that takes; then it comes by itself. */
    private Duration announce() {
        return webhook.announce() instanceof Said.Ok<?> ? Duration.ofDays(1) : Duration.ofSeconds(10);
    }

    private void untilNone(BooleanSupplier one, Turn rest) throws InterruptedException {
        while (running && one.getAsBoolean()) {
            // as long as there is any
        }
        rest.take();
    }

    private void run(String name, Turn turn) {
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            while (running) {
                try {
                    turn.take();
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    if (running) {
                        log.warn("The bot goes on after a fault: {}", e.toString());
                        pause();
                    }
                }
            }
        }));
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_A_FAULT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
        polling.leave();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
