package dev.kontor.notifications.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.access.Caller;
import dev.kontor.access.Persons;
import dev.kontor.access.Role;
import dev.kontor.api.Conflict;
import dev.kontor.api.Forbidden;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.TooManyRequests;
import dev.kontor.audit.Act;
import dev.kontor.audit.Actor;
import dev.kontor.audit.AuditLog;
import dev.kontor.audit.Origin;
import dev.kontor.notifications.wishes.WishColumns;
import dev.kontor.notifications.wishes.Wishes;

/** What people do about the addresses at which they want to be told. */
@Component
public class Subscribing {

    static final Duration CODE_LIFETIME = Duration.ofHours(24);
    static final int CODE_LENGTH = 10;

    private static final int MOST_ADDRESSES = 5;
    private static final int MOST_MISSES = 5;
    private static final int MOST_CODES = 10;
    private static final int TOKEN_LENGTH = 32;
    private static final Duration WHILE = Duration.ofHours(1);

    private final Subscriptions subscriptions;
    private final MailOutbox outbox;
    private final Undelivered undelivered;
    private final MailProperties properties;
    private final Persons persons;
    private final AuditLog audit;
    private final Clock clock;

    Subscribing(
            Subscriptions subscriptions,
            MailOutbox outbox,
            Undelivered undelivered,
            MailProperties properties,
            Persons persons,
            AuditLog audit,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.outbox = outbox;
        this.undelivered = undelivered;
        this.properties = properties;
        this.persons = persons;
        this.audit = audit;
        this.clock = clock;
    }

    /** Nothing but a code is sent there until it is shown. */
    @Transactional
    public Subscription create(Caller caller, String address, Wishes wishes) {
        requireOn();
        requirePerson(caller);
        var checked = MailAddress.of(address.strip())
                .orElseThrow(
                        () -> new InvalidField("address", "must be one e-mail address, such as anna@shop.example"));
        subscriptions.lockPerson(caller.id());
        if (subscriptions.of(caller.id()).size() >= MOST_ADDRESSES) {
            throw new Conflict("too-many-addresses", "Nobody has more than " + MOST_ADDRESSES + " addresses.");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var id = UUID.randomUUID();
        var today = LocalDate.ofInstant(now, wishes.zone());
        if (!subscriptions.add(id, caller.id(), checked, Codes.ofLength(TOKEN_LENGTH), wishes, today, now)) {
            throw new Conflict("address-known", "This address is yours already.");
        }
        audit.record(Act.of("mail.subscribed", "mail-subscription", id)
                .field("user", caller.id())
                .hidden("address"));
        return mailCode(subscriptions.find(id).orElseThrow());
    }

    /** Another one; the address has to be shown anew with it. */
    @Transactional
    public Subscription code(UUID id, Caller caller) {
        requireOn();
        var subscription = own(id, caller);
        subscriptions.lockPerson(caller.id());
        subscriptions.unverify(id);
        undelivered.over(id, clock.instant());
        audit.record(Act.of("mail.code-asked-for", "mail-subscription", id)
                .field("state", subscription.state(), Subscription.State.UNVERIFIED)
                .hidden("code"));
        return mailCode(subscription);
    }

    private Subscription mailCode(Subscription subscription) {
        var now = clock.instant();
        if (subscriptions.codesSince(subscription.user(), now.minus(WHILE)) >= MOST_CODES) {
            throw new TooManyRequests(
                    "So many codes were mailed for you within an hour that you have to wait for the next.", WHILE);
        }
        subscriptions.noteCode(subscription.user(), now);
        outbox.code(subscription);
        return subscriptions.find(subscription.id()).orElseThrow();
    }

    /** What was mailed there shows that it is the caller's. A wrong guess is counted although it is refused. */
    @Transactional(noRollbackFor = InvalidField.class)
    public Subscription verify(UUID id, String code, Caller caller) {
        var subscription = own(id, caller);
        if (subscription.state() != Subscription.State.UNVERIFIED) {
            throw new Conflict("mail-not-unverified", "No code is waited for; ask for one first.");
        }
        if (!subscriptions.verify(id, Codes.hash(code), MOST_MISSES, clock.instant())) {
            throw new InvalidField("code", "is wrong, used or expired; ask for another one");
        }
        audit.record(Act.of("mail.verified", "mail-subscription", id)
                .field("state", Subscription.State.UNVERIFIED, Subscription.State.ACTIVE));
        return subscriptions.find(id).orElseThrow();
    }

    @Transactional
    public Subscription change(UUID id, UnaryOperator<Wishes> change, Caller caller, LongConsumer seen) {
        own(id, caller);
        var before = subscriptions.lock(id).orElseThrow(() -> unknown(id));
        seen.accept(before.version());
        var wishes = change.apply(before.wishes());
        subscriptions.save(id, wishes);
        audit.record(
                WishColumns.told(Act.of("mail.settings-changed", "mail-subscription", id), before.wishes(), wishes));
        return subscriptions.find(id).orElseThrow();
    }

    /** Those of the caller; an administrator sees all. */
    public List<Subscription> list(Caller caller) {
        requirePerson(caller);
        return caller.role() == Role.ADMINISTRATOR ? subscriptions.all() : subscriptions.of(caller.id());
    }

    public Subscription find(UUID id, Caller caller) {
        requirePerson(caller);
        return subscriptions
                .find(id)
                .filter(one -> one.user().equals(caller.id()) || caller.role() == Role.ADMINISTRATOR)
                .orElseThrow(() -> unknown(id));
    }

    @Transactional
    public void end(UUID id, Caller caller) {
        end(find(id, caller));
    }

    /** Whoever has a mail does not want more of them; it does not matter whether he can log in. Again changes nothing. */
    @Transactional
    public void unsubscribe(String token) {
        subscriptions.byToken(token).ifPresent(subscription -> {
            var name = persons.find(subscription.user()).map(Caller::name).orElse("?");
            Origin.run(Actor.person(subscription.user(), name), () -> end(subscription));
        });
    }

    /** In which language to speak to who follows the link of a mail. */
    public Locale language(String token) {
        return subscriptions
                .byToken(token)
                .map(subscription -> subscription.wishes().language())
                .orElse(Locale.ENGLISH);
    }

    private void end(Subscription subscription) {
        subscriptions.delete(subscription.id());
        undelivered.over(subscription.id(), clock.instant());
        audit.record(Act.of("mail.unsubscribed", "mail-subscription", subscription.id())
                .field("user", subscription.user(), null));
    }

    private Subscription own(UUID id, Caller caller) {
        requirePerson(caller);
        return subscriptions
                .lock(id)
                .filter(one -> one.user().equals(caller.id()))
                .orElseThrow(() -> unknown(id));
    }

    private static NotFound unknown(UUID id) {
        return NotFound.of("mail subscription", id);
    }

    private void requireOn() {
        if (!properties.on()) {
            throw new Conflict("mail-off", "Kontor knows no mail server: set KONTOR_MAIL_HOST and start Kontor again.");
        }
    }

    private static void requirePerson(Caller caller) {
        if (caller.kind() != Caller.Kind.PERSON) {
            throw new Forbidden("Mail is for people, so only a person asks for it.");
        }
    }
}
