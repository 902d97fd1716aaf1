package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static java.time.ZoneOffset.UTC;

/**
 * Keeps what is to be said until it is. What is said under a key is said once, in each chat one after the other. Only where
 * an instance dies between Telegram's answer and writing it down is something said twice.
 */
@Repository
class Outbox {

    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Wake wake;
    private final Clock clock;

    Outbox(JdbcClient jdbc, JsonMapper json, Wake wake, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * @param asked whether it answers what somebody wrote or pressed
     * @param content null where another version wrote it, and this one does not understand it
     * @param target by which Telegram knows the message that is edited, else null
     */
    record Claimed(
            long id,
            long chat,
            boolean asked,
            @Nullable Outgoing content,
            byte @Nullable [] file,
            @Nullable Long target,
            int attempt,
            Instant createdAt) {}

    /** What does not fit in one message is said in several; the last one has the buttons, and is known by the key. */
    @Transactional
    public void say(String key, long chat, Outgoing.Message message) {
        say(key, chat, message, clock.instant());
    }

    /** Not before that time. */
    @Transactional
    public void say(String key, long chat, Outgoing.Message message, Instant due) {
        var pieces = Pieces.of(message.text());
        for (int piece = 0; piece < pieces.size() - 1; piece++) {
            add(
                    key + "/" + (piece + 1),
                    chat,
                    new Outgoing.Message(pieces.get(piece), List.of(), false, message.silent()),
                    null,
                    null,
                    due);
        }
        add(key, chat, message.saying(pieces.getLast()), null, null, due);
    }

    /** @param target the key under which it was said, where Telegram's number is not known */
    @Transactional
    public void edit(String key, long chat, Outgoing.Edit edit, @Nullable String target) {
        if (target != null) {
            jdbc.sql("""
                            delete from notifications.telegram_outbox
                            where target = ? and state = 'WAITING' and claimed_until is null""").param(target).update(); // the newest is all that matters
        }
        var text = Pieces.of(edit.text()).getFirst();
        add(key, chat, new Outgoing.Edit(edit.message(), text, edit.keys()), target, null, clock.instant());
    }

    @Transactional
    public void notice(String key, long chat, Outgoing.Notice notice) {
        add(key, chat, notice, null, null, clock.instant());
    }

    @Transactional
    public void send(String key, long chat, Outgoing.File file, byte[] content) {
        add(key, chat, file, null, content, clock.instant());
    }

    private void add(
            String key, long chat, Outgoing content, @Nullable String target, byte @Nullable [] file, Instant due) {
        jdbc.sql("""
                        insert into notifications.telegram_outbox (key, chat, kind, content, file, target, created_at, due_at)
                        values (:key, :chat, :kind, :content::jsonb, :file, :target, :now, :due) on conflict (key) do nothing""")
                .param("key", key)
                .param("chat", chat)
                .param("kind", content.getClass().getSimpleName())
                .param("content", json.writeValueAsString(content))
                .param("file", file)
                .param("target", target)
                .param("now", at(clock.instant()))
                .param("due", at(due))
                .update();
        wake.sending();
    }

    /** By which Telegram knows what was said under the key. */
    Optional<Long> message(String key) {
        return jdbc.sql("select message from notifications.telegram_outbox where key = ? and message is not null")
                .param(key)
                .query(Long.class)
                .optional();
    }

    /**
     * What was not sent so far says something else.
     *
     * @param due from when on it is sent; null for as before
     * @return false where it is on its way, or was sent
     */
    @Transactional
    public boolean revise(String key, Outgoing.Message message, @Nullable Instant due) {
        var text = Pieces.of(message.text()).getFirst();
        return jdbc.sql("""
                                update notifications.telegram_outbox set content = :content::jsonb,
                                  due_at = coalesce(least(due_at, :due), due_at)
                                where key = :key and state = 'WAITING' and claimed_until is null""")
                        .param("content", json.writeValueAsString(message.saying(text)))
                        .param("due", due == null ? null : at(due))
                        .param("key", key)
                        .update()
                == 1;
    }

    /**
     * It is sent at that time, if it was to be sent later.
     *
     * @return false where it is on its way, or was sent
     */
    @Transactional
    public boolean hurry(String key, Instant due) {
        boolean waits = jdbc.sql("""
                                update notifications.telegram_outbox
                                set due_at = case when attempts = 0 then least(due_at, :due) else due_at end
                                where key = :key and state = 'WAITING' and claimed_until is null""").param("due", at(due)).param("key", key).update() == 1;
        wake.sending();
        return waits;
    }

    /** Whether it waits, and goes on to until the end of the transaction, so that what is added now will be in it. */
    @Transactional
    public boolean waits(String key) {
        return jdbc.sql("""
                        select 1 from notifications.telegram_outbox
                        where key = ? and state = 'WAITING' and claimed_until is null for update""").param(key).query(Integer.class).optional().isPresent();
    }

    /** When it was said, or is; what has come since then is not in it. Empty while it waits. */
    Optional<Instant> saidAt(String key) {
        return jdbc.sql("""
                        select coalesce(claimed_at, created_at) as said_at from notifications.telegram_outbox where key = ?
                          and (state = 'SENT' or state = 'WAITING' and claimed_until is not null)""")
                .param(key)
                .query((row, _) ->
                        row.getObject("said_at", OffsetDateTime.class).toInstant())
                .optional();
    }

    /** @return false where it is on its way, or was sent */
    @Transactional
    public boolean withdraw(String key) {
        return jdbc.sql("""
                                update notifications.telegram_outbox set state = 'DROPPED', problem = 'not of interest any more',
                                  ended_at = ?, content = null
                                where key = ? and state = 'WAITING' and claimed_until is null""").params(at(clock.instant()), key).update() == 1;
    }

    /** Whether it was never sent and will not be, or cannot be edited any more. */
    boolean isGone(String key) {
        return jdbc.sql("""
                        select not exists (select from notifications.telegram_outbox where key = :key and state <> 'DROPPED')
                          or exists (select from notifications.telegram_outbox
                            where target = :key and state = 'DROPPED' and problem like '%message to edit not found%')""").param("key", key).query(Boolean.class).single();
    }

    /** One that is due, the first of its chat. What another took and did not end says what it said then. */
    @Transactional
    Optional<Claimed> claim(Duration lease) {
        var now = clock.instant();
        return jdbc.sql("""
                        update notifications.telegram_outbox o set claimed_until = :until, attempts = attempts + 1,
                          claimed_at = case when claimed_until is null then :now else claimed_at end
                        where id = (
                          select w.id from notifications.telegram_outbox w
                          where w.state = 'WAITING' and w.due_at <= :now
                            and (w.claimed_until is null or w.claimed_until <= :now)
                            and not exists (select from notifications.telegram_outbox before
                              where before.chat = w.chat and before.state = 'WAITING' and before.id < w.id
                                and (before.due_at <= :now or before.attempts > 0))
                          order by w.id limit 1 for update skip locked)
                        returning id, key, chat, kind, content::text, file, attempts, created_at,
                          (select t.message from notifications.telegram_outbox t where t.key = o.target) as target""")
                .param("until", at(now.plus(lease)))
                .param("now", at(now))
                .query((row, _) -> new Claimed(
                        row.getLong("id"),
                        row.getLong("chat"),
                        row.getString("key").startsWith(Replies.KEY),
                        content(row.getString("kind"), row.getString("content")),
                        row.getBytes("file"),
                        row.getObject("target", Long.class),
                        row.getInt("attempts"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    private @Nullable Outgoing content(String kind, String content) {
        try {
            return switch (kind) {
                case "Message" -> json.readValue(content, Outgoing.Message.class);
                case "Edit" -> json.readValue(content, Outgoing.Edit.class);
                case "Notice" -> json.readValue(content, Outgoing.Notice.class);
                case "File" -> json.readValue(content, Outgoing.File.class);
                default -> null;
            };
        } catch (JacksonException e) {
            return null;
        }
    }

    void sent(long id, @Nullable Long message) {
        end(id, "SENT", message, null);
    }

    void dropped(long id, String problem) {
        end(id, "DROPPED", null, problem);
    }

    private void end(long id, String state, @Nullable Long message, @Nullable String problem) {
        jdbc.sql("""
                        update notifications.telegram_outbox set state = :state, message = :message, problem = :problem,
                          ended_at = :now, content = null, file = null, claimed_until = null
                        where id = :id""")
                .param("state", state)
                .param("message", message)
                .param("problem", problem)
                .param("now", at(clock.instant()))
                .param("id", id)
                .update();
    }

    void later(long id, Duration wait, String problem) {
        jdbc.sql("""
                        update notifications.telegram_outbox set due_at = ?, problem = ?, claimed_until = null
                        where id = ? and state = 'WAITING'""").params(at(clock.instant().plus(wait)), problem, id).update();
    }

    void move(long from, long to) {
        jdbc.sql("""
                        update notifications.telegram_outbox set chat = ?, claimed_until = null
                        where chat = ? and state = 'WAITING'""").params(to, from).update();
    }

    /** Nobody reads there any more. */
    void drop(long chat, String problem) {
        jdbc.sql("""
                        update notifications.telegram_outbox set state = 'DROPPED', problem = ?, ended_at = ?, content = null,
                          file = null, claimed_until = null
                        where chat = ? and state = 'WAITING'""").params(problem, at(clock.instant()), chat).update();
    }

    void forget() {
        jdbc.sql("""
                        delete from notifications.telegram_outbox where ended_at < ? and key not in (
                          select status_key from notifications.telegram_chats where status_key is not null)""").param(at(clock.instant().minus(KEPT))).update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(UTC);
    }
}
