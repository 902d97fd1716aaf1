package dev.kontor.operations.silence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.operations.OrderSilence;
import dev.kontor.operations.Verdict;
import dev.kontor.operations.silence.Silence.Asked;
import dev.kontor.operations.silence.Silence.Judgement;
import dev.kontor.operations.silence.Silence.Place;

import static java.time.ZoneOffset.UTC;

@Repository
public class Silences implements OrderSilence {

    private final JdbcClient jdbc;

    Silences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param lease until when nobody else looks */
    record Claimed(Silence silence, Instant lease) {}

    /** Where a page ended. */
    public record Position(UUID account) {}

    /** Listens to these from now on, and to no others. */
    void follow(Collection<AccountId> accounts, Instant now) {
        var ids = accounts.stream().map(AccountId::value).toArray(UUID[]::new);
        jdbc.sql("""
                        insert into operations.silences (account, due_at, verdict_at)
                        select account, :now, :now from unnest(:accounts) as followed (account) on conflict do nothing""").param("now", now.atOffset(UTC)).param("accounts", ids).update();
        jdbc.sql("""
                        with ended as (
                          delete from operations.silences where account <> all (:accounts) returning account)
                        delete from operations.order_hours where account in (select account from ended)""").param("accounts", ids).update();
    }

    /** Each at most once until the lease ends, over all instances; those that wait longest first. */
    List<Claimed> claimDue(Instant now, Instant lease, int most) {
        return jdbc.sql("""
                        update operations.silences set due_at = :lease where account in (
                          select account from operations.silences where due_at <= :now
                          order by due_at limit :most for update skip locked)
                        returning *""")
                .param("lease", lease.atOffset(UTC))
                .param("now", now.atOffset(UTC))
                .param("most", most)
                .query((row, _) -> new Claimed(silence(row), lease))
                .list();
    }

    /** False where the lease was over and somebody else has looked, or nobody listens any more. */
    boolean store(Claimed claimed, Silence now, Instant due) {
        var asked = now.asked();
        var judgement = now.judgement();
        var behind = asked.behind();
        var broken = asked.broken();
        return jdbc.sql("""
                        update operations.silences set due_at = :due, canary_at = :canaryAt, canary = :canary,
                          canary_error = :error, compared_to = :comparedTo, behind_position = :behind,
                          behind_at = :behindAt, broken_position = :broken, broken_at = :brokenAt, unheard = :unheard,
                          unheard_since_at = :unheardSince, learnt_at = :learntAt, verdict = :verdict,
                          verdict_at = :verdictAt, silent = :silent, quiet_since_at = :quietSince,
                          expected = :expected::float8, chance = :chance::float8
                        where account = :account and due_at = :lease""")
                        .param("due", due.atOffset(UTC))
                        .param("canaryAt", time(asked.at()))
                        .param(
                                "canary",
                                asked.found() == null ? null : asked.found().name())
                        .param("error", asked.error())
                        .param("comparedTo", time(asked.comparedTo()))
                        .param("behind", behind == null ? null : behind.position())
                        .param("behindAt", behind == null ? null : time(behind.at()))
                        .param("broken", broken == null ? null : broken.position())
                        .param("brokenAt", broken == null ? null : time(broken.at()))
                        .param("unheard", asked.unheard())
                        .param("unheardSince", time(asked.unheardSince()))
                        .param("learntAt", time(now.learntAt()))
                        .param("verdict", judgement.verdict().name())
                        .param("verdictAt", time(judgement.at()))
                        .param("silent", judgement.silent())
                        .param("quietSince", time(judgement.quietSince()))
                        .param("expected", judgement.expected())
                        .param("chance", judgement.chance())
                        .param("account", now.account().value())
                        .param("lease", claimed.lease().atOffset(UTC))
                        .update()
                == 1;
    }

    /** In the order of the accounts' ids. */
    public List<Silence> list(@Nullable UUID account, @Nullable Position after, int limit) {
        return jdbc.sql("""
                        select * from operations.silences where (:account::uuid is null or account = :account)
                          and (:after::uuid is null or account > :after) order by account limit :limit""")
                .param("account", account)
                .param("after", after == null ? null : after.account())
                .param("limit", limit)
                .query((row, _) -> silence(row))
                .list();
    }

    @Override
    public Optional<Finding> of(AccountId account) {
        return list(account.value(), null, 1).stream().map(Silence::finding).findFirst();
    }

    private static Silence silence(ResultSet row) throws SQLException {
        var canary = row.getString("canary");
        var asked = new Asked(
                instant(row, "canary_at"),
                canary == null ? null : Canary.valueOf(canary),
                row.getString("canary_error"),
                instant(row, "compared_to"),
                place(row, "behind"),
                place(row, "broken"),
                row.getInt("unheard"),
                instant(row, "unheard_since_at"));
        var judgement = new Judgement(
                Verdict.valueOf(row.getString("verdict")),
                row.getObject("verdict_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("silent"),
                instant(row, "quiet_since_at"),
                row.getObject("expected", Double.class),
                row.getObject("chance", Double.class));
        return new Silence(
                new AccountId(row.getObject("account", UUID.class)), asked, instant(row, "learnt_at"), judgement);
    }

    private static @Nullable Place place(ResultSet row, String what) throws SQLException {
        var position = row.getString(what + "_position");
        var at = instant(row, what + "_at");
        return position == null || at == null ? null : new Place(position, at);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(UTC);
    }
}
