package dev.kontor.notifications.telegram;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.notifications.wishes.WishColumns;

import static java.time.ZoneOffset.UTC;

/** The chats that belong to people, and what each of them wants to hear. */
@Repository
class Chats {

    private static final String SELECT = "select * from notifications.telegram_chats ";

    private static final LocalTime MORNING = LocalTime.of(8, 0);

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final TelegramProperties properties;
    private final Clock clock;

    Chats(JdbcClient jdbc, AuditLog audit, TelegramProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.properties = properties;
        this.clock = clock;
    }

    Optional<Chat> find(long chat) {
        return jdbc.sql(SELECT + "where chat = ?")
                .param(chat)
                .query(Chats::chat)
                .optional();
    }

    Optional<Chat> find(UUID id) {
        return jdbc.sql(SELECT + "where id = ?").param(id).query(Chats::chat).optional();
    }

    List<Chat> of(UUID user) {
        return jdbc.sql(SELECT + "where user_id = ? order by paired_at, id")
                .param(user)
                .query(Chats::chat)
                .list();
    }

    List<Chat> all() {
        return jdbc.sql(SELECT + "order by paired_at, id").query(Chats::chat).list();
    }

    /** Who somebody is who acts in a chat that is not his own: the person of his own. */
    Optional<UUID> person(long telegramUser) {
        return jdbc.sql("""
                        select user_id from notifications.telegram_chats where telegram_user = ?
                        order by many, paired_at desc limit 1""").param(telegramUser).query(UUID.class).optional();
    }

    /** From now on it belongs to this person, whosever it was before. In the transaction that uses the code. */
    Chat pair(Incoming incoming, UUID user) {
        var language = incoming.language() != null && incoming.language().startsWith("ru") ? "ru" : "en";
        jdbc.sql("""
                        insert into notifications.telegram_chats (id, chat, user_id, telegram_user, many, language, zone, digest_at,
                          digest_on, paired_at)
                        values (:id, :chat, :user, :telegramUser, :many, :language, :zone, :digestAt, :today, :now)
                        on conflict (chat) do update set user_id = excluded.user_id,
                          telegram_user = excluded.telegram_user, paired_at = excluded.paired_at""")
                .param("id", UUID.randomUUID())
                .param("chat", incoming.chat())
                .param("user", user)
                .param("telegramUser", incoming.from())
                .param("many", incoming.many())
                .param("language", language)
                .param("zone", properties.zone().getId())
                .param("digestAt", incoming.many() ? null : MORNING) // everybody in a group has a chat of his own
                .param("today", LocalDate.ofInstant(clock.instant(), properties.zone()))
                .param("now", clock.instant().atOffset(UTC))
                .update();
        jdbc.sql("delete from notifications.telegram_strangers where chat = ?")
                .param(incoming.chat())
                .update();
        var chat = find(incoming.chat()).orElseThrow();
        audit.record(Act.of("telegram.paired", "telegram-chat", chat.id())
                .field("user", user)
                .field("many", incoming.many()));
        return chat;
    }

    /** In a transaction. */
    void unpair(Chat chat) {
        int gone = jdbc.sql("delete from notifications.telegram_chats where id = ?")
                .param(chat.id())
                .update();
        if (gone > 0) {
            jdbc.sql("delete from notifications.telegram_buttons where chat = ?")
                    .param(chat.chat())
                    .update();
            audit.record(Act.of("telegram.unpaired", "telegram-chat", chat.id()).field("user", chat.user(), null));
        }
    }

    /** In a transaction. */
    void move(long from, long to) {
        jdbc.sql(
                        "delete from notifications.telegram_chats where chat = ? and exists (select from notifications.telegram_chats where chat = ?)")
                .params(to, from)
                .update();
        jdbc.sql("update notifications.telegram_chats set chat = ?, status_key = null where chat = ?")
                .params(to, from)
                .update();
        jdbc.sql("update notifications.telegram_buttons set chat = ? where chat = ?")
                .params(to, from)
                .update();
    }

    /** What it wants to hear, and when. In a transaction. */
    void save(Chat chat) {
        var before = find(chat.id()).orElseThrow();
        jdbc.sql("update notifications.telegram_chats set " + WishColumns.SET + " where id = :id")
                .params(WishColumns.parameters(chat.wishes()))
                .param("id", chat.id())
                .update();
        audit.record(WishColumns.told(
                Act.of("telegram.settings-changed", "telegram-chat", chat.id()), before.wishes(), chat.wishes()));
    }

    /** @return false where another has told of that day already */
    boolean digest(UUID id, LocalDate day) {
        return jdbc.sql("""
                                update notifications.telegram_chats set digest_on = :day
                                where id = :id and (digest_on is null or digest_on < :day)""").param("day", day).param("id", id).update() == 1;
    }

    /** @return whether it says something else than before */
    boolean status(UUID id, String key, String text) {
        return jdbc.sql("""
                                update notifications.telegram_chats set status_key = :key, status_text = :text
                                where id = :id and (status_key, status_text) is distinct from (:key, :text)""")
                        .param("key", key)
                        .param("text", text)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Chat chat(ResultSet row, int number) throws SQLException {
        return new Chat(
                row.getObject("id", UUID.class),
                row.getLong("chat"),
                row.getObject("user_id", UUID.class),
                row.getLong("telegram_user"),
                row.getBoolean("many"),
                WishColumns.read(row),
                row.getObject("digest_on", LocalDate.class),
                row.getString("status_key"),
                Objects.requireNonNull(row.getObject("paired_at", OffsetDateTime.class))
                        .toInstant());
    }
}
