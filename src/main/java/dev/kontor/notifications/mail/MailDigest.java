package dev.kontor.notifications.mail;

import java.time.Clock;
import java.time.LocalDate;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.access.Persons;

/** Mails in the morning how the day before went: once a day and address, at the hour that its person wants. */
@Component
class MailDigest {

    private final Subscriptions subscriptions;
    private final Persons persons;
    private final MailOutbox outbox;
    private final Clock clock;

    MailDigest(Subscriptions subscriptions, Persons persons, MailOutbox outbox, Clock clock) {
        this.subscriptions = subscriptions;
        this.persons = persons;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional
    public void look() {
        var now = clock.instant();
        subscriptions.active().stream()
                .filter(to -> to.wishes().isDigestDue(now))
                .filter(to -> persons.find(to.user()).isPresent())
                .forEach(to -> {
                    var today = LocalDate.ofInstant(now, to.wishes().zone());
                    if (subscriptions.digest(to.id(), today)) {
                        outbox.digest(to, today.minusDays(1));
                    }
                });
    }
}
