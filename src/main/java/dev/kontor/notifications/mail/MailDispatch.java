package dev.kontor.notifications.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.kontor.access.Persons;
import dev.kontor.notifications.mail.MailOutbox.Claimed;
import dev.kontor.notifications.mail.MailOutbox.Kind;
import dev.kontor.notifications.mail.Mailer.Said;
import dev.kontor.notifications.mail.Subscription.State;

/** Sends what waits in the outbox; no transaction is open meanwhile. */
@Component
class MailDispatch {

    private static final Logger log = LoggerFactory.getLogger(MailDispatch.class);

    /** Longer than a server takes that answers at all. What takes longer may be sent twice. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    /** What is told after days is not true any more. */
    private static final Duration OF_INTEREST = Duration.ofDays(3);

    /** Nor is a morning in the evening. */
    private static final Duration MORNING = Duration.ofHours(12);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);

    private final MailOutbox outbox;
    private final Subscriptions subscriptions;
    private final Persons persons;
    private final Letters letters;
    private final Mailer mailer;
    private final Undelivered undelivered;
    private final Clock clock;
    private final AtomicBoolean silent = new AtomicBoolean();

    MailDispatch(
            MailOutbox outbox,
            Subscriptions subscriptions,
            Persons persons,
            Letters letters,
            Mailer mailer,
            Undelivered undelivered,
            Clock clock) {
        this.outbox = outbox;
        this.subscriptions = subscriptions;
        this.persons = persons;
        this.letters = letters;
        this.mailer = mailer;
        this.undelivered = undelivered;
        this.clock = clock;
    }

    /** @return whether there was anything */
    boolean one() {
        var claimed = outbox.claim(LEASE);
        claimed.ifPresent(this::send);
        return claimed.isPresent();
    }

    private void send(Claimed mail) {
        var letter = isOld(mail) ? Optional.<Letter>empty() : letter(mail);
        letter.ifPresentOrElse(
                words -> settle(mail, mailer.send(words)), () -> outbox.dropped(mail, "not of interest any more"));
    }

    private boolean isOld(Claimed mail) {
        var limit = mail.kind() == Kind.DIGEST ? MORNING : OF_INTEREST;
        return mail.createdAt().plus(limit).isBefore(clock.instant());
    }

    private Optional<Letter> letter(Claimed mail) {
        return subscriptions
                .find(mail.subscription())
                .filter(to -> persons.find(to.user()).isPresent())
                .flatMap(to -> mail.kind() == Kind.CODE ? code(mail, to) : words(mail, to));
    }

    private Optional<Letter> words(Claimed mail, Subscription to) {
        return to.state() == State.ACTIVE ? letters.words(mail, to) : Optional.empty();
    }

    /** Made when it is sent, so that nobody can read it in the database. */
    private Optional<Letter> code(Claimed mail, Subscription to) {
        if (to.state() != State.UNVERIFIED) {
            return Optional.empty();
        }
        var code = Codes.ofLength(Subscribing.CODE_LENGTH);
        subscriptions.code(to.id(), Codes.hash(code), clock.instant().plus(Subscribing.CODE_LIFETIME));
        return Optional.of(letters.code(mail, to, code));
    }

    private void settle(Claimed mail, Said said) {
        switch (said) {
            case Said.Taken() -> {
                outbox.sent(mail.id());
                if (silent.compareAndSet(true, false)) {
                    log.info("The mail server takes mail again");
                }
            }
            case Said.AddressRefused() -> {
                log.warn("The mail server takes nothing for the address of mail subscription {}", mail.subscription());
                undelivered.refused(mail.subscription());
            }
            case Said.Later(var reason, var maybe) -> {
                if (silent.compareAndSet(false, true)) {
                    log.warn("The mail server does not take mail: {}. What is to be mailed waits.", reason);
                }
                outbox.later(mail, wait(mail.attempt()), maybe, reason);
            }
        }
    }

    private static Duration wait(int attempt) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 6));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
