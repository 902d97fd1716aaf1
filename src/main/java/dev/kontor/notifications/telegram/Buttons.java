package dev.kontor.notifications.telegram;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

/**
 * What buttons do. Telegram is given a number that nobody can guess and that is good in one chat; what it stands for stays
 * here, so nobody can make up a press that no button was shown for.
 */
@Repository
class Buttons {

    private final JdbcClient jdbc;
    private final Clock clock;

    Buttons(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Kept(
            UUID id, String step, String argument, @Nullable UUID choice) {}

    /** In the transaction that puts the message in the outbox. */
    List<List<Outgoing.Key>> keep(long chat, List<List<Reply.Button>> buttons, Duration lifetime) {
        return buttons.stream()
                .map(row ->
                        row.stream().map(button -> keep(chat, button, lifetime)).toList())
                .toList();
    }

    private Outgoing.Key keep(long chat, Reply.Button button, Duration lifetime) {
        if (button.link() != null) {
            return new Outgoing.Key(button.label(), "", button.link());
        }
        var id = UUID.randomUUID();
        jdbc.sql("""
                        insert into notifications.telegram_buttons (id, chat, step, argument, choice, expires_at)
                        values (:id, :chat, :step, :argument, :choice, :expiry)""")
                .param("id", id)
                .param("chat", chat)
                .param("step", button.step())
                .param("argument", button.argument())
                .param("choice", button.choice())
                .param("expiry", clock.instant().plus(lifetime).atOffset(UTC))
                .update();
        return new Outgoing.Key(button.label(), data(id), null);
    }

    Optional<Kept> find(long chat, String data) {
        return id(data).flatMap(id -> jdbc.sql("""
                        select * from notifications.telegram_buttons where id = ? and chat = ? and expires_at > ?""")
                .params(id, chat, clock.instant().atOffset(UTC))
                .query((row, _) -> new Kept(
                        id, row.getString("step"), row.getString("argument"), row.getObject("choice", UUID.class)))
                .optional());
    }

    /** @return false where another press has made the choice before; the same update may come again after a crash */
    boolean choose(UUID choice, long update) {
        jdbc.sql("""
                        insert into notifications.telegram_choices (choice, made_by, made_at) values (?, ?, ?)
                        on conflict do nothing""").params(choice, update, clock.instant().atOffset(UTC)).update();
        return jdbc.sql("select made_by = ? from notifications.telegram_choices where choice = ?")
                .params(update, choice)
                .query(Boolean.class)
                .single();
    }

    void forget() {
        var now = clock.instant().atOffset(UTC);
        jdbc.sql("delete from notifications.telegram_buttons where expires_at < ?")
                .param(now)
                .update();
        jdbc.sql("delete from notifications.telegram_choices where made_at < ?")
                .param(now.minusDays(90))
                .update();
    }

    private static String data(UUID id) {
        var bytes = ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Optional<UUID> id(String data) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(data));
            return bytes.remaining() == 16 ? Optional.of(new UUID(bytes.getLong(), bytes.getLong())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
