package dev.kontor.notifications.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.couriers.Signal;

import static java.time.ZoneOffset.UTC;

/**
 * Keeps what is to be mailed until it is. What is mailed under a key is mailed once, and of each alert one after the other.
 * Only where an instance dies, or the server's answer is lost, may a mail come twice; then with the same id.
 */
@Repository
class MailOutbox {

    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Signal signal;
    private final Clock clock;

    MailOutbox(JdbcClient jdbc, Signal mailSignal, Clock clock) {
        this.jdbc = jdbc;
        this.signal = mailSignal;
        this.clock = clock;
    }

    enum Kind {
        CODE,
        ALERT,
        DIGEST
    }

    /** Why an alert is told of. */
    enum Occasion {
        RAISED,
        WORSENED,
        WOKEN,
        ESCALATED,
        REOPENED,
        RESOLVED
    }

    /**
     * @param opens whether later mails of the alert answer this one
     * @param day of which a digest tells
     */
    record Claimed(
            long id,
            String key,
            UUID subscription,
            Kind kind,
            @Nullable AlertId alert,
            @Nullable Occasion occasion,
            boolean opens,
            @Nullable LocalDate day,
            int attempt,
            Instant createdAt) {}

    /** In a transaction. A code that was not sent so far is replaced by this one. */
    void code(Subscription to) {
        drop(to.id(), Kind.CODE, "another code was asked for");
        jdbc.sql("""
                        insert into notifications.mail_outbox (key, subscription, kind, created_at, due_at)
                        values (:key, :subscription, 'CODE', :now, :now)""")
                .param("key", "code/" + UUID.randomUUID())
                .param("subscription", to.id())
                .param("now", at(clock.instant()))
                .update();
        signal.giveAfterCommit();
    }

    /** In a transaction. */
    void digest(Subscription to, LocalDate day) {
        jdbc.sql("""
                        insert into notifications.mail_outbox (key, subscription, kind, day, created_at, due_at)
                        values (:key, :subscription, 'DIGEST', :day, :now, :now) on conflict (key) do nothing""")
                .param("key", "digest/" + to.id() + "/" + day)
                .param("subscription", to.id())
                .param("day", day)
                .param("now", at(clock.instant()))
                .update();
        signal.giveAfterCommit();
    }

    /** Until the end of the transaction nobody else decides what is mailed of the alert. */
    void lock(AlertId alert) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("mail alert " + alert)
                .query(row -> {});
    }

    /** Beneath the alert's lock. What waits says how it is when it is sent, so it says this too. */
    void alert(UUID to, AlertId alert, Occasion occasion, String key, Instant due) {
        boolean is = jdbc.sql("""
                                insert into notifications.mail_outbox (key, subscription, kind, alert, occasion, opens,
                                  created_at, due_at)
                                values (:key, :to, 'ALERT', :alert, :occasion, not exists (
                                  select from notifications.mail_outbox before
                                  where before.subscription = :to and before.alert = :alert and before.state <> 'DROPPED'), :now, :due)
                                on conflict (key) do nothing""")
                        .param("key", key)
                        .param("to", to)
                        .param("alert", alert.value())
                        .param("occasion", occasion.name())
                        .param("now", at(clock.instant()))
                        .param("due", at(due))
                        .update()
                == 1;
        if (is && occasion != Occasion.RESOLVED) {
            merge(to, alert, occasion, key, due);
        }
        signal.giveAfterCommit();
    }

    private void merge(UUID to, AlertId alert, Occasion occasion, String key, Instant due) {
        int waits = jdbc.sql("""
                        update notifications.mail_outbox set due_at = least(due_at, :due), occasion = :occasion
                        where subscription = :to and alert = :alert and key <> :key and state = 'WAITING'
                          and claimed_until is null and occasion <> 'RESOLVED'""")
                .param("due", at(due))
                .param("occasion", occasion.name())
                .param("to", to)
                .param("alert", alert.value())
                .param("key", key)
                .update();
        if (waits > 0) {
            jdbc.sql("""
                            update notifications.mail_outbox set state = 'DROPPED', ended_at = ?, problem = 'said with another one'
                            where key = ?""").params(at(clock.instant()), key).update();
        }
    }

    /** Those who were told, or will be. */
    List<UUID> told(AlertId alert) {
        return jdbc.sql("""
                        select distinct subscription from notifications.mail_outbox
                        where alert = ? and state <> 'DROPPED' order by subscription""")
                .param(alert.value())
                .query((row, _) -> row.getObject("subscription", UUID.class))
                .list();
    }

    /** Whether the person has heard of it, as far as one can know. */
    boolean isTold(UUID subscription, AlertId alert) {
        return jdbc.sql("""
                        select exists (select from notifications.mail_outbox
                          where subscription = ? and alert = ? and occasion <> 'RESOLVED' and (state = 'SENT' or maybe))""")
                .params(subscription, alert.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether the last that the person has heard of it is that it is over. */
    boolean isToldOver(UUID subscription, AlertId alert) {
        return jdbc.sql("""
                        select coalesce((select occasion = 'RESOLVED' from notifications.mail_outbox
                          where subscription = ? and alert = ? and (state = 'SENT' or maybe)
                          order by id desc limit 1), false)""")
                .params(subscription, alert.value())
                .query(Boolean.class)
                .single();
    }

    /** Beneath the alert's lock. What nobody has tried to send so far is not sent any more. */
    void withdraw(AlertId alert, boolean over) {
        jdbc.sql("""
                        update notifications.mail_outbox set state = 'DROPPED', ended_at = :now,
                          problem = 'not of interest any more'
                        where alert = :alert and state = 'WAITING' and claimed_until is null and attempts = 0
                          and (occasion = 'RESOLVED') = :over""")
                .param("now", at(clock.instant()))
                .param("alert", alert.value())
                .param("over", over)
                .update();
    }

    void dropAll(UUID subscription, String why) {
        for (var kind : Kind.values()) {
            drop(subscription, kind, why);
        }
    }

    private void drop(UUID subscription, Kind kind, String why) {
        jdbc.sql("""
                        update notifications.mail_outbox set state = 'DROPPED', ended_at = ?, problem = ?
                        where subscription = ? and kind = ? and state = 'WAITING'""")
                .params(at(clock.instant()), why, subscription, kind.name())
                .update();
    }

    // Sending

    /**
     * One that is due, the first of its alert. What somebody had whose time is over may have arrived; he does not have it any
     * more, but for saying that it was sent.
     */
    @Transactional
    Optional<Claimed> claim(Duration lease) {
        var now = clock.instant();
        return jdbc.sql("""
                        update notifications.mail_outbox set claimed_until = :until, attempts = attempts + 1,
                          maybe = maybe or claimed_until is not null,
                          failing_since = coalesce(failing_since, claimed_until)
                        where id = (
                          select w.id from notifications.mail_outbox w
                          where w.state = 'WAITING' and w.due_at <= :now
                            and (w.claimed_until is null or w.claimed_until <= :now)
                            and not exists (select from notifications.mail_outbox before
                              where before.alert = w.alert and before.subscription = w.subscription
                                and before.state = 'WAITING' and before.id < w.id)
                          order by w.due_at, w.id limit 1 for update skip locked)
                        returning *""")
                .param("until", at(now.plus(lease)))
                .param("now", at(now))
                .query(MailOutbox::claimed)
                .optional();
    }

    private static Claimed claimed(ResultSet row, int number) throws SQLException {
        var alert = row.getObject("alert", UUID.class);
        var occasion = row.getString("occasion");
        return new Claimed(
                row.getLong("id"),
                row.getString("key"),
                row.getObject("subscription", UUID.class),
                Kind.valueOf(row.getString("kind")),
                alert == null ? null : new AlertId(alert),
                occasion == null ? null : Occasion.valueOf(occasion),
                row.getBoolean("opens"),
                row.getObject("day", LocalDate.class),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** Whoever has it by now. */
    void sent(long id) {
        jdbc.sql("""
                        update notifications.mail_outbox set state = 'SENT', ended_at = ?, problem = null, claimed_until = null
                        where id = ?""").params(at(clock.instant()), id).update();
    }

    void dropped(Claimed mail, String why) {
        jdbc.sql("""
                        update notifications.mail_outbox set state = 'DROPPED', ended_at = ?, problem = ?, claimed_until = null
                        where id = ? and state = 'WAITING' and attempts = ?""")
                .params(at(clock.instant()), why, mail.id(), mail.attempt())
                .update();
    }

    /** @param maybe whether the server may have taken it all the same */
    void later(Claimed mail, Duration wait, boolean maybe, String why) {
        jdbc.sql("""
                        update notifications.mail_outbox set claimed_until = null, due_at = :due, problem = :why,
                          maybe = maybe or :maybe, failing_since = coalesce(failing_since, :now)
                        where id = :id and state = 'WAITING' and attempts = :attempt""")
                .param("due", at(clock.instant().plus(wait)))
                .param("now", at(clock.instant()))
                .param("why", why)
                .param("maybe", maybe)
                .param("id", mail.id())
                .param("attempt", mail.attempt())
                .update();
    }

    /** Since when what was tried waits in vain, also for somebody who has not come back from it. */
    Optional<Instant> failingSince() {
        return jdbc.sql("""
                        select min(coalesce(failing_since, claimed_until)) from notifications.mail_outbox
                        where state = 'WAITING' and (failing_since is not null or claimed_until <= ?)""")
                .param(at(clock.instant()))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Of an alert that is not over it is still to be told who has heard of it. */
    @Transactional
    void forget() {
        jdbc.sql("""
                        delete from notifications.mail_outbox o where ended_at < ?
                          and not exists (select from notifications.alerts a where a.id = o.alert and a.state <> 'RESOLVED')""").param(at(clock.instant().minus(KEPT))).update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(UTC);
    }
}
