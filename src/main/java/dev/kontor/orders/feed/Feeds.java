package dev.kontor.orders.feed;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.orders.FeedWindowUsed.Level;

import static java.time.ZoneOffset.UTC;

@Repository
class Feeds {

    private final JdbcClient jdbc;

    Feeds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<FeedState> find(AccountId account) {
        return jdbc.sql("select * from orders.feeds where account = ?")
                .param(account.value())
                .query((row, number) -> new FeedState(
                        account,
                        row.getString("cursor") == null ? null : new Cursor(row.getString("cursor")),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("read_at", OffsetDateTime.class).toInstant(),
                        row.getObject("watermark_at", OffsetDateTime.class).toInstant(),
                        Level.valueOf(row.getString("window_level")),
                        row.getLong("version")))
                .optional();
    }

    List<AccountId> accounts() {
        return jdbc.sql("select account from orders.feeds")
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Does nothing where the feed has begun already. */
    void begin(AccountId account, @Nullable Cursor cursor, Instant now, Instant watermark) {
        jdbc.sql("""
                        insert into orders.feeds (account, cursor, started_at, read_at, watermark_at, version)
                        values (:account, :cursor, :now, :now, :watermark, 1) on conflict do nothing""")
                .param("account", account.value())
                .param("cursor", cursor == null ? null : cursor.value())
                .param("now", now.atOffset(UTC))
                .param("watermark", watermark.atOffset(UTC))
                .update();
    }

    /**
     * Moves on from a state that was read before.
     *
     * @throws OptimisticLockingFailureException when another job has moved on meanwhile: nothing of this one may stay
     */
    void advance(FeedState from, @Nullable Cursor cursor, Instant watermark, Instant readAt) {
        var advanced = jdbc.sql("""
                        update orders.feeds set cursor = :cursor, watermark_at = greatest(watermark_at, :watermark),
                          read_at = :readAt, version = version + 1
                        where account = :account and version = :version""")
                .param("cursor", cursor == null ? null : cursor.value())
                .param("watermark", watermark.atOffset(UTC))
                .param("readAt", readAt.atOffset(UTC))
                .param("account", from.account().value())
                .param("version", from.version())
                .update();
        if (advanced == 0) {
            throw new OptimisticLockingFailureException("the feed of " + from.account() + " was moved by another job");
        }
    }

    /** True where the level was not this one before. */
    boolean setLevel(AccountId account, Level level) {
        return jdbc.sql("update orders.feeds set window_level = ? where account = ? and window_level <> ?")
                        .params(level.name(), account.value(), level.name())
                        .update()
                > 0;
    }
}
