package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kontor.access.Persons;
import dev.kontor.notifications.telegram.TelegramApi.Said;

/** Says what waits in the outbox; no transaction is open meanwhile. */
@WithBot
class Dispatch {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    /** Longer than a call can take. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    /** Nobody looks at a button for longer. */
    private static final Duration NOTICED = Duration.ofMinutes(1);

    /** What is said after days is not true any more. */
    private static final Duration OF_INTEREST = Duration.ofDays(3);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Outbox outbox;
    private final TelegramApi telegram;
    private final Farewell farewell;
    private final Chats chats;
    private final Persons persons;
    private final Clock clock;
    private final AtomicBoolean silent = new AtomicBoolean();

    Dispatch(Outbox outbox, TelegramApi telegram, Farewell farewell, Chats chats, Persons persons, Clock clock) {
        this.outbox = outbox;
        this.telegram = telegram;
        this.farewell = farewell;
        this.chats = chats;
        this.persons = persons;
        this.clock = clock;
    }

    /** @return whether there was anything */
    boolean one() {
        var claimed = outbox.claim(LEASE);
        claimed.ifPresent(this::send);
        return claimed.isPresent();
    }

    private void send(Outbox.Claimed one) {
        var content = one.content();
        if (content == null || isOld(one, content)) {
            outbox.dropped(one.id(), content == null ? "not understood" : "too late");
            return;
        }
        if (!one.asked() && isOfNobody(one.chat())) {
            outbox.dropped(one.id(), "nobody has access by this chat any more");
            return;
        }
        var said = telegram.say(one.chat(), content, one.file(), one.target());
        switch (said) {
            case Said.Ok<Long>(var message) -> sent(one, content, message);
            case Said.Wait<Long>(var until) -> outbox.later(one.id(), until, "too much was said");
            case Said.Blocked<Long>() -> farewell.blocked(one.chat());
            case Said.Moved<Long>(var chat) -> farewell.moved(one.chat(), chat);
            case Said.Stranger<Long>() -> unreachable(one, "the token is not accepted");
            case Said.Unreachable<Long>(var reason) -> unreachable(one, reason);
            case Said.Refused<Long>(var reason) -> {
                log.warn("Telegram refused a {}: {}", content.getClass().getSimpleName(), reason);
                outbox.dropped(one.id(), reason);
            }
        }
    }

    private boolean isOld(Outbox.Claimed one, Outgoing content) {
        var limit = content instanceof Outgoing.Notice ? NOTICED : OF_INTEREST;
        return one.createdAt().plus(limit).isBefore(clock.instant());
    }

    /** It has ended, or its person may not log in at this moment, whatever he might when there was reason to tell him. */
    private boolean isOfNobody(long chat) {
        return chats.find(chat).flatMap(known -> persons.find(known.user())).isEmpty();
    }

    private void sent(Outbox.Claimed one, Outgoing content, long message) {
        outbox.sent(one.id(), message == 0 ? null : message);
        if (silent.compareAndSet(true, false)) {
            log.info("Telegram can be reached again");
        }
        if (content instanceof Outgoing.Message written && written.pin() && message != 0) {
            telegram.pin(one.chat(), message); // where it may not, the message is there all the same
        }
    }

    private void unreachable(Outbox.Claimed one, String reason) {
        if (silent.compareAndSet(false, true)) {
            log.warn("Telegram cannot be reached: {}. What is to be said waits.", reason);
        }
        var wait = Duration.ofSeconds(1L << Math.min(one.attempt(), 9));
        outbox.later(one.id(), wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait, reason);
    }
}
