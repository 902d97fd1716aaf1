package dev.kontor.notifications.rules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;

import static java.time.ZoneOffset.UTC;

/** How the last runs of each loop went, and since when there may be any. */
@Repository
class LoopRuns {

    private final JdbcClient jdbc;

    LoopRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param failed how many of the last runs failed, in a row
     * @param unsuccessful the same with those of which a part was done
     */
    record Streak(int failed, int unsuccessful) {}

    /** Empty for a run that is known, or older than one that is. The loop is locked until the end of the transaction. */
    Optional<Streak> note(RunFinished run) {
        var account = run.account();
        var heldUntil = run.heldUntil();
        return jdbc.sql("""
                        insert into notifications.loop_runs as known
                          (account, loop, last_run_at, failed, unsuccessful, held_until)
                        values (:account, :loop, :at, :failed::int, :unsuccessful::int, :heldUntil)
                        on conflict (account, loop) do update set last_run_at = excluded.last_run_at,
                          failed = case when :failed then known.failed + 1 else 0 end,
                          unsuccessful = case when :unsuccessful then known.unsuccessful + 1 else 0 end,
                          held_until = excluded.held_until
                        where known.last_run_at < excluded.last_run_at
                        returning failed, unsuccessful""")
                .param("account", account == null ? null : account.value())
                .param("loop", run.kind())
                .param("at", run.finishedAt().atOffset(UTC))
                .param("failed", run.status() == Status.FAILED)
                .param("unsuccessful", run.status() != Status.SUCCESS && heldUntil == null)
                .param("heldUntil", heldUntil == null ? null : heldUntil.atOffset(UTC))
                .query((row, _) -> new Streak(row.getInt("failed"), row.getInt("unsuccessful")))
                .optional();
    }

    void forget(AccountId account) {
        jdbc.sql("delete from notifications.loop_runs where account = ?")
                .param(account.value())
                .update();
    }

    void activated(AccountId account, Instant at) {
        jdbc.sql("""
                        insert into notifications.activations as known (account, at) values (?, ?)
                        on conflict (account) do update set at = greatest(known.at, excluded.at)""").params(account.value(), at.atOffset(UTC)).update();
    }

    Optional<Instant> activatedAt(AccountId account) {
        return jdbc.sql("select at from notifications.activations where account = ?")
                .param(account.value())
                .query((row, _) -> instant(row, "at"))
                .optional();
    }

    /** By loop: when something was heard of it last, or is to be, where a limit keeps it waiting. */
    Map<String, Instant> heard(AccountId account) {
        var heard = new HashMap<String, Instant>();
        jdbc.sql("""
                        select loop, greatest(last_run_at, held_until) as heard_at from notifications.loop_runs
                        where account = ?""").param(account.value()).query(row -> {
            heard.put(row.getString("loop"), instant(row, "heard_at"));
        });
        return heard;
    }

    /**
     * Since when somebody looks without a break, this look included.
     *
     * @param pause after a longer one somebody begins anew
     */
    Instant watchedSince(Instant now, Duration pause) {
        return jdbc.sql("""
                        insert into notifications.watch as known (since, looked_at) values (:now, :now)
                        on conflict (one) do update set looked_at = greatest(known.looked_at, excluded.looked_at),
                          since = case when known.looked_at < :broken then excluded.since else known.since end
                        returning since""")
                .param("now", now.atOffset(UTC))
                .param("broken", now.minus(pause).atOffset(UTC))
                .query((row, _) -> instant(row, "since"))
                .single();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
