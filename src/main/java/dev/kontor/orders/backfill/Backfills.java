package dev.kontor.orders.backfill;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Period;
import dev.kontor.orders.backfill.BackfillState.Phase;

import static java.time.ZoneOffset.UTC;

@Repository
class Backfills {

    private final JdbcClient jdbc;

    Backfills(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<BackfillState> find(AccountId account) {
        return jdbc.sql("select * from orders.backfills where account = ?")
                .param(account.value())
                .query((row, number) -> state(row))
                .optional();
    }

    private static BackfillState state(ResultSet row) throws SQLException {
        var position = row.getString("position");
        var finishedAt = row.getObject("finished_at", OffsetDateTime.class);
        return new BackfillState(
                new AccountId(row.getObject("account", UUID.class)),
                Phase.valueOf(row.getString("state")),
                new Period(instant(row, "from_at"), instant(row, "to_at")),
                position == null ? null : new Cursor(position),
                instant(row, "reached_at"),
                row.getLong("read"),
                row.getObject("total", Long.class),
                Duration.ofMillis(row.getLong("active_millis")),
                instant(row, "started_at"),
                finishedAt == null ? null : finishedAt.toInstant(),
                row.getLong("version"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Does nothing where the backfill has begun already. */
    void begin(AccountId account, Period period, Instant now) {
        jdbc.sql("""
                        insert into orders.backfills (account, state, from_at, to_at, reached_at, read, active_millis,
                          started_at, version)
                        values (:account, 'RUNNING', :from, :to, :from, 0, 0, :now, 1) on conflict do nothing""")
                .param("account", account.value())
                .param("from", period.from().atOffset(UTC))
                .param("to", period.to().atOffset(UTC))
                .param("now", now.atOffset(UTC))
                .update();
    }

    /**
     * @param position where to go on, null at the end
     * @throws OptimisticLockingFailureException when it was moved or paused meanwhile: nothing of this step may stay
     */
    BackfillState advance(
            BackfillState from,
            @Nullable Cursor position,
            Instant reachedAt,
            long read,
            @Nullable Long total,
            Duration spent,
            Instant now) {
        return jdbc.sql("""
                        update orders.backfills set position = :position, reached_at = :reached, read = read + :read,
                          total = coalesce(total, :total), active_millis = active_millis + :spent,
                          state = case when :done then 'DONE' else state end,
                          finished_at = case when :done then :now::timestamptz end, version = version + 1
                        where account = :account and version = :version and state = 'RUNNING'
                        returning *""")
                .param("position", position == null ? null : position.value())
                .param("reached", reachedAt.atOffset(UTC))
                .param("read", read)
                .param("total", total)
                .param("spent", spent.toMillis())
                .param("done", position == null)
                .param("now", now.atOffset(UTC))
                .param("account", from.account().value())
                .param("version", from.version())
                .query((row, number) -> state(row))
                .optional()
                .orElseThrow(() -> new OptimisticLockingFailureException(
                        "the backfill of " + from.account() + " was moved or paused meanwhile"));
    }

    /** True where it was in the first phase and is in the second now. */
    boolean change(AccountId account, Phase from, Phase to) {
        return jdbc.sql("""
                                update orders.backfills set state = ?, version = version + 1
                                where account = ? and state = ?""").params(to.name(), account.value(), from.name()).update() > 0;
    }
}
