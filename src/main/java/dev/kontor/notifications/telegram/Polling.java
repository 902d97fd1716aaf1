package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;

import dev.kontor.notifications.telegram.TelegramApi.Said;

/** Asks for updates and stores them before anything is done about them. Of several instances one asks. */
@WithBot
class Polling {

    private static final Logger log = LoggerFactory.getLogger(Polling.class);

    private final String me = UUID.randomUUID().toString();
    private final Updates updates;
    private final TelegramApi telegram;
    private final Wake wake;
    private final Duration lease;
    private final AtomicBoolean silent = new AtomicBoolean();
    private boolean alone;

    Polling(Updates updates, TelegramApi telegram, Wake wake, TelegramProperties properties) {
        this.updates = updates;
        this.telegram = telegram;
        this.wake = wake;
        this.lease = properties.poll().plus(Duration.ofSeconds(40));
    }

    /** @return for how long nothing need be asked */
    Duration once() {
        if (!updates.mayPoll(me, lease)) {
            return Duration.ofSeconds(2);
        }
        if (!alone && !(telegram.askUsInstead() instanceof Said.Ok<?>)) {
            return failed("it cannot be asked", Duration.ofSeconds(3));
        }
        alone = true; // as long as it asks, a webhook that was set once would get everything
        return switch (telegram.updates(updates.next())) {
            case Said.Ok<List<Update>>(var found) -> took(found);
            case Said.Wait<List<Update>>(var until) -> until;
            case Said.Stranger<List<Update>>() ->
                failed("KONTOR_TELEGRAM_TOKEN is not accepted", Duration.ofMinutes(1));
            case Said.Unreachable<List<Update>>(var reason) -> {
                alone = false;
                yield failed(reason, Duration.ofSeconds(3));
            }
            case Said.Refused<List<Update>>(var reason) -> failed(reason, Duration.ofSeconds(10));
            case Said.Blocked<List<Update>>() -> failed("forbidden", Duration.ofMinutes(1));
            case Said.Moved<List<Update>> _ -> Duration.ofSeconds(1);
        };
    }

    private Duration took(List<Update> found) {
        if (silent.compareAndSet(true, false)) {
            log.info("Telegram tells of updates again");
        }
        if (!found.isEmpty()) {
            updates.store(found.stream().map(UpdateReading::read).toList());
            wake.handling();
        }
        return Duration.ZERO;
    }

    private Duration failed(String reason, Duration wait) {
        if (silent.compareAndSet(false, true)) {
            log.warn("Telegram tells of no updates: {}", reason);
        }
        return wait;
    }

    /** Another instance may ask at once. */
    void leave() {
        updates.leavePolling(me);
    }
}
