package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.ApplicationModuleListener;

import dev.kontor.notifications.AlertChanged;
import dev.kontor.notifications.AlertEscalated;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertRaised;
import dev.kontor.notifications.AlertResolved;

import static java.time.ZoneOffset.UTC;

/**
 * Keeps what becomes of alerts until the chats are told. To hear of it takes a row and no lock: what the chats are told is
 * worked out by one thread, however many alerts come at once, and whoever raises them does not wait.
 */
@WithBot
class AlertNews {

    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Wake wake;
    private final Clock clock;

    AlertNews(JdbcClient jdbc, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.wake = wake;
        this.clock = clock;
    }

    enum What {
        RAISED,
        WORSENED,
        WOKEN,
        ESCALATED,
        REOPENED,
        /** It looks different now, and is nothing to call somebody for. */
        CHANGED
    }

    record One(long id, AlertId alert, What what) {}

    @ApplicationModuleListener
    void on(AlertRaised event) {
        add(event.alert(), What.RAISED, event.at());
    }

    @ApplicationModuleListener
    void on(AlertEscalated event) {
        add(event.alert(), What.ESCALATED, event.at());
    }

    @ApplicationModuleListener
    void on(AlertChanged event) {
        var what = switch (event.change()) {
            case WORSENED -> What.WORSENED;
            case WOKEN -> What.WOKEN;
            case REOPENED -> What.REOPENED;
            case EASED, TAKEN, SNOOZED -> What.CHANGED;
        };
        add(event.alert(), what, event.at());
    }

    @ApplicationModuleListener
    void on(AlertResolved event) {
        add(event.alert(), What.CHANGED, event.at());
    }

    private void add(AlertId alert, What what, Instant at) {
        jdbc.sql("insert into notifications.telegram_news (key, alert, what) values (?, ?, ?) on conflict do nothing")
                .params(alert + " " + what + " " + at, alert.value(), what.name())
                .update();
        wake.telling();
    }

    /** Until the end of the transaction the chats are told by nobody else. @return false where another is at it */
    boolean mine() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('telegram news', 0))")
                .query(Boolean.class)
                .single();
    }

    Optional<One> next() {
        return jdbc.sql("""
                        select * from notifications.telegram_news
                        where handled_at is null and (retry_at is null or retry_at <= ?) order by id limit 1""")
                .param(clock.instant().atOffset(UTC))
                .query((row, _) -> new One(
                        row.getLong("id"),
                        new AlertId(row.getObject("alert", UUID.class)),
                        What.valueOf(row.getString("what"))))
                .optional();
    }

    /** It is tried again soon, and after each failure less soon. */
    void later(One one) {
        jdbc.sql("""
                        update notifications.telegram_news set attempts = attempts + 1,
                          retry_at = ?::timestamptz + least(3600, 1 << least(attempts, 12)) * interval '1 s'
                        where id = ?""").params(clock.instant().atOffset(UTC), one.id()).update();
    }

    void handled(One one) {
        jdbc.sql("update notifications.telegram_news set handled_at = ? where id = ?")
                .params(clock.instant().atOffset(UTC), one.id())
                .update();
    }

    void forget() {
        jdbc.sql("delete from notifications.telegram_news where handled_at < ?")
                .param(clock.instant().minus(KEPT).atOffset(UTC))
                .update();
    }
}
