package dev.kontor.notifications.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** Says by the other channels that mail does not arrive. */
@Component
class Undelivered {

    /** A server may be away for a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Subscriptions subscriptions;
    private final MailOutbox outbox;
    private final Raising raising;
    private final AuditLog audit;
    private final Clock clock;

    Undelivered(Subscriptions subscriptions, MailOutbox outbox, Raising raising, AuditLog audit, Clock clock) {
        this.subscriptions = subscriptions;
        this.outbox = outbox;
        this.raising = raising;
        this.audit = audit;
        this.clock = clock;
    }

    /** Nothing is sent to an address for which the server takes nothing, until its person asks for a code again. */
    @Transactional
    public void refused(UUID subscription) {
        var now = clock.instant();
        if (subscriptions.refuse(subscription, now)) {
            audit.record(
                    Act.of("mail.refused", "mail-subscription", subscription).field("refusedAt", now));
            var facts = Facts.none().with(Fact.WHAT, "refused").with(Fact.SINCE, now);
            raising.raise(cause(subscription), Sighting.of(now, facts, now).as(Severity.INFO));
        }
        outbox.dropAll(subscription, "the address is refused");
    }

    /** A person has seen to it, or does not want it any more. In a transaction. */
    void over(UUID subscription, Instant now) {
        raising.gone(cause(subscription), now);
    }

    /** Whether the server takes anything at all. */
    void look() {
        raising.look(new Cause(AlertKind.MAIL_UNDELIVERED, Subject.KONTOR), () -> {
            var now = clock.instant();
            return outbox.failingSince()
                    .filter(since -> since.plus(PATIENCE).isBefore(now))
                    .map(since -> Sighting.now(
                            Facts.none().with(Fact.WHAT, "undelivered").with(Fact.SINCE, since), now));
        });
    }

    private static Cause cause(UUID subscription) {
        return new Cause(AlertKind.MAIL_UNDELIVERED, Subject.of(Subject.Type.MAIL_SUBSCRIPTION, subscription));
    }
}
