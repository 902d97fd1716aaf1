package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

/** Remembers whom the bot does not know: each is told so once, and may guess a few codes. */
@Repository
class Strangers {

    private static final int GUESSES = 5;

    /** After that somebody is unknown anew. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    Strangers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return whether it is the first time; the same update may come again after a crash */
    boolean refuse(long chat, long update) {
        return jdbc.sql("""
                        insert into notifications.telegram_strangers as known (chat, refused_by, refused_at) values (:chat, :update, :now)
                        on conflict (chat) do update set refused_by = known.refused_by
                        returning refused_by is not distinct from :update""")
                .param("chat", chat)
                .param("update", update)
                .param("now", clock.instant().atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    boolean mayGuess(long chat) {
        return jdbc.sql("select wrong < ? from notifications.telegram_strangers where chat = ?")
                .params(GUESSES, chat)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    void guessedWrong(long chat) {
        jdbc.sql("""
                        insert into notifications.telegram_strangers (chat, wrong, refused_at) values (?, 1, ?)
                        on conflict (chat) do update set wrong = telegram_strangers.wrong + 1""").params(chat, clock.instant().atOffset(UTC)).update();
    }

    void forget() {
        jdbc.sql("delete from notifications.telegram_strangers where refused_at < ?")
                .param(clock.instant().minus(KEPT).atOffset(UTC))
                .update();
    }
}
