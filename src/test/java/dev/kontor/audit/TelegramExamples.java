package dev.kontor.audit;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;

/** Chats that act as people. */
final class TelegramExamples extends RouteExamples {

    private final JdbcClient jdbc;

    TelegramExamples(HttpCaller administrator, JdbcClient jdbc) {
        super(administrator);
        this.jdbc = jdbc;
        example("POST /api/v1/telegram/pairings", "telegram.pairing-offered", caller -> {
            var offer = caller.send("POST", "/api/v1/telegram/pairings", null);
            secrets().add(offer.text("code"));
            return offer;
        });
        example(
                "DELETE /api/v1/telegram/chats/{id}",
                "telegram.unpaired",
                caller -> caller.delete("/api/v1/telegram/chats/" + aChat()));
    }

    private UUID aChat() {
        var id = UUID.randomUUID();
        var me = UUID.fromString(administrator.get("/api/v1/auth/me").text("id"));
        jdbc.sql("""
                        insert into notifications.telegram_chats (id, chat, user_id, telegram_user, many, language, paired_at)
                        values (?, ?, ?, 1, false, 'en', now())""").params(id, id.getLeastSignificantBits(), me).update();
        return id;
    }
}
