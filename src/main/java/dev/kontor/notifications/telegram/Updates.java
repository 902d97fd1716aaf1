package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static java.time.ZoneOffset.UTC;

/**
 * Keeps what came in until it is handled. Telegram is asked for what comes after the last one only once that is stored, and
 * its number is unique: so none is lost, and none is acted on twice.
 */
@Repository
class Updates {

    /** After a week in which nothing happens Telegram counts from another number. */
    private static final Duration COUNTED_ON = Duration.ofDays(6);

    /** Telegram itself keeps them for a day. */
    private static final Duration KEPT = Duration.ofDays(3);

    static final int MOST_ATTEMPTS = 5;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Updates(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** @param attempt which one it is, from 1 */
    record Claimed(Incoming incoming, int attempt) {}

    /** @return whether this instance is the one that asks, until the lease ends */
    boolean mayPoll(String instance, Duration lease) {
        var now = clock.instant();
        return jdbc.sql("""
                                update notifications.telegram_polling set holder = :me, held_until = :until
                                where holder is null or holder = :me or held_until < :now""")
                        .param("me", instance)
                        .param("until", at(now.plus(lease)))
                        .param("now", at(now))
                        .update()
                == 1;
    }

    void leavePolling(String instance) {
        jdbc.sql("update notifications.telegram_polling set holder = null, held_until = null where holder = ?")
                .param(instance)
                .update();
    }

    /** What to ask for next; empty where Telegram may count from any number. */
    OptionalLong next() {
        return jdbc.sql("select last_update from notifications.telegram_polling where last_update_at > ?")
                .param(at(clock.instant().minus(COUNTED_ON)))
                .query(Long.class)
                .optional()
                .map(last -> OptionalLong.of(last + 1))
                .orElseGet(OptionalLong::empty);
    }

    @Transactional
    void store(Collection<Incoming> incoming) {
        incoming.forEach(this::store);
        incoming.stream()
                .mapToLong(Incoming::update)
                .max()
                .ifPresent(last -> jdbc.sql(
                                "update notifications.telegram_polling set last_update = ?, last_update_at = ?")
                        .params(last, at(clock.instant()))
                        .update());
    }

    /** @return false where it is known already */
    boolean store(Incoming one) {
        var now = at(clock.instant());
        boolean other = one.kind() == Incoming.Kind.OTHER;
        return jdbc.sql("""
                                insert into notifications.telegram_updates (id, chat, content, received_at, handled_at)
                                values (:id, :chat, :content::jsonb, :now, :handled) on conflict do nothing""")
                        .param("id", one.update())
                        .param("chat", one.chat())
                        .param("content", other ? null : json.writeValueAsString(one))
                        .param("now", now)
                        .param("handled", other ? now : null)
                        .update()
                == 1;
    }

    /** In each chat one after the other; what another instance is at is left to it. */
    @Transactional
    Optional<Claimed> claim(Duration lease) {
        var now = clock.instant();
        return jdbc.sql("""
                        update notifications.telegram_updates set claimed_until = :until, attempts = attempts + 1
                        where id = (
                          select u.id from notifications.telegram_updates u
                          where u.handled_at is null and (u.claimed_until is null or u.claimed_until <= :now)
                            and not exists (select from notifications.telegram_updates before
                              where before.chat = u.chat and before.handled_at is null and before.id < u.id)
                          order by u.id limit 1 for update skip locked)
                        returning id, content::text, attempts""")
                .param("until", at(now.plus(lease)))
                .param("now", at(now))
                .query((row, _) ->
                        new Claimed(incoming(row.getLong("id"), row.getString("content")), row.getInt("attempts")))
                .optional();
    }

    /** What another version wrote and this one does not understand is nothing to act on. */
    private Incoming incoming(long id, String content) {
        try {
            return json.readValue(content, Incoming.class);
        } catch (JacksonException e) {
            return Incoming.other(id);
        }
    }

    /** @return false where another has done so in the meantime */
    boolean handled(long update) {
        return jdbc.sql("""
                                update notifications.telegram_updates set handled_at = ?, content = null, claimed_until = null
                                where id = ? and handled_at is null""").params(at(clock.instant()), update).update() == 1;
    }

    void again(long update, Duration later) {
        jdbc.sql("update notifications.telegram_updates set claimed_until = ? where id = ? and handled_at is null")
                .params(at(clock.instant().plus(later)), update)
                .update();
    }

    void move(long from, long to) {
        jdbc.sql("update notifications.telegram_updates set chat = ? where chat = ? and handled_at is null")
                .params(to, from)
                .update();
    }

    void forget() {
        jdbc.sql("delete from notifications.telegram_updates where handled_at < ?")
                .param(at(clock.instant().minus(KEPT)))
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(UTC);
    }
}
