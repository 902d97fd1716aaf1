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
        var windowTo = row.getObject("window_to_at", OffsetDateTime.class);
        var finishedAt = row.getObject("finished_at", OffsetDateTime.class);
        return new BackfillState(
                new AccountId(row.getObject("account", UUID.class)),
                Phase.valueOf(row.getString("state")),
                new Period(instant(row, "from_at"), instant(row, "to_at")),
                windowTo == null ? null : new Period(instant(row, "window_from_at"), windowTo.toInstant()),
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

    /** How many orders there will be, as far as the marketplace tells. */
    BackfillState expect(BackfillState state, @Nullable Long total) {
        jdbc.sql("update orders.backfills set total = :total where account = :account and version = :version")
                .param("total", total)
                .param("account", state.account().value())
                .param("version", state.version())
                .update();
        return find(state.account()).orElseThrow();
    }

    /**
     * @param window what is being read, null when it was read to its end
     * @param position where to go on in it
     * @param reachedAt as in {@link BackfillState}; the end of the period ends the backfill
     * @throws OptimisticLockingFailureException when it was moved or paused meanwhile: nothing of this step may stay
     */
    BackfillState advance(
            BackfillState from,
            @Nullable Period window,
            @Nullable Cursor position,
            Instant reachedAt,
            long read,
            Duration spent,
            Instant now) {
        return jdbc.sql("""
                        update orders.backfills set window_from_at = :windowFrom, window_to_at = :windowTo,
                          position = :position, reached_at = :reached, read = read + :read, active_millis = active_millis + :spent,
                          state = case when :done then 'DONE' else state end,
                          finished_at = case when :done then :now::timestamptz end, version = version + 1
                        where account = :account and version = :version and state = 'RUNNING'
                        returning *""")
                .param("windowFrom", window == null ? null : window.from().atOffset(UTC))
                .param("windowTo", window == null ? null : window.to().atOffset(UTC))
                .param("position", position == null ? null : position.value())
                .param("reached", reachedAt.atOffset(UTC))
                .param("read", read)
                .param("spent", spent.toMillis())
                .param("done", !reachedAt.isBefore(from.period().to()))
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
