package dev.kontor.accounts.hooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.hooks.Delivery.State;
import dev.kontor.accounts.register.SqlTime;
import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Sequence;
import dev.kontor.marketplaces.Push.Subject;

/** What came in, each hint of an account once. */
@Repository
public class Deliveries {

    private static final int TRIES = 10;
    private static final int PORTION = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final HookProperties properties;

    Deliveries(JdbcClient jdbc, HookProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** False where the hint was there before: another transaction that is about to add it is waited for. */
    boolean add(Delivery delivery) {
        var hint = delivery.hint();
        var sequence = hint.sequence();
        return jdbc.sql("""
                        insert into accounts.deliveries (id, account_id, hint, subject, type, about, sequence_of, sequence,
                          occurred_at, changed_at, received_at, state, reason, attempts, due_at)
                        values (:id, :account, :hint, :subject, :type, :about, :of, :sequence,
                          :occurred, :changed, :received, :state, :reason, :attempts, :due)
                        on conflict on constraint one_delivery_per_hint do nothing""")
                        .param("id", delivery.id())
                        .param("account", delivery.account().value())
                        .param("hint", hint.id())
                        .param("subject", hint.subject().name())
                        .param("type", hint.type())
                        .param("about", hint.about())
                        .param("of", sequence == null ? null : sequence.of())
                        .param("sequence", sequence == null ? null : sequence.number())
                        .param("occurred", SqlTime.of(hint.occurredAt()))
                        .param("changed", SqlTime.of(hint.changedAt()))
                        .param("received", SqlTime.of(delivery.receivedAt()))
                        .param("state", delivery.state().name())
                        .param("reason", delivery.reason())
                        .param("attempts", delivery.attempts())
                        .param(
                                "due",
                                delivery.state() == State.RECEIVED
                                        ? SqlTime.of(delivery.receivedAt().plus(properties.retry()))
                                        : null)
                        .update()
                == 1;
    }

    /** Whether a later change of the same thing was told before. */
    boolean overtaken(AccountId account, Sequence sequence) {
        return jdbc.sql("""
                        select exists (select from accounts.deliveries
                          where account_id = :account and sequence_of = :of and sequence > :sequence)""")
                .param("account", account.value())
                .param("of", sequence.of())
                .param("sequence", sequence.number())
                .query(Boolean.class)
                .single();
    }

    void settle(Collection<UUID> ids, Instant at) {
        jdbc.sql("""
                        update accounts.deliveries set state = 'PROCESSED', reason = null, due_at = null, processed_at = :at
                        where id = any(:ids) and state in ('RECEIVED', 'FAILED')""")
                .param("at", SqlTime.of(at))
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    void fail(Collection<UUID> ids, String reason) {
        jdbc.sql("""
                        update accounts.deliveries set state = 'FAILED', reason = :reason
                        where id = any(:ids) and state in ('RECEIVED', 'FAILED')""")
                .param("reason", reason)
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /** Takes some of those of which nobody has said in time what came of them; not again before their next time. */
    List<Delivery> due(Instant now) {
        return jdbc.sql("""
                        update accounts.deliveries set attempts = attempts + 1,
                          state = case when attempts + 1 < :tries then state else 'FAILED' end,
                          reason = case when attempts + 1 < :tries or state = 'FAILED' then reason
                            else 'nobody acted on it' end,
                          due_at = case when attempts + 1 < :tries
                            then :now + least(:pause * power(2, attempts), :longest) * interval '1 second' end
                        where id in (select id from accounts.deliveries where due_at <= :now
                          order by due_at limit :portion for update skip locked)
                        returning *""")
                .param("tries", TRIES)
                .param("now", SqlTime.of(now))
                .param("pause", properties.retry().toSeconds())
                .param("longest", LONGEST_PAUSE.toSeconds())
                .param("portion", PORTION)
                .query(Deliveries::delivery)
                .list();
    }

    /** Begins anew with one; false where there is nothing to try again. */
    boolean again(UUID id, Instant now) {
        return jdbc.sql("""
                        update accounts.deliveries set attempts = 0, due_at = :now
                        where id = :id and state in ('RECEIVED', 'FAILED')""").param("id", id).param("now", SqlTime.of(now)).update() == 1;
    }

    int forget(Instant before) {
        return jdbc.sql("""
                        delete from accounts.deliveries where id in (
                          select id from accounts.deliveries where received_at < :before order by received_at limit 10000)""").param("before", SqlTime.of(before)).update();
    }

    public Optional<Delivery> find(UUID id) {
        return jdbc.sql("select * from accounts.deliveries where id = :id")
                .param("id", id)
                .query(Deliveries::delivery)
                .optional();
    }

    /** Newest first, from behind the place that the two name; of all accounts and in all states where none is named. */
    public List<Delivery> page(@Nullable UUID account, @Nullable State state, Instant receivedAt, UUID id, int limit) {
        return jdbc.sql("select * from accounts.deliveries where (received_at, id) < (:received, :id)"
                        + (account == null ? "" : " and account_id = :account")
                        + (state == null ? "" : " and state = :state")
                        + " order by received_at desc, id desc limit :limit")
                .param("received", SqlTime.of(receivedAt))
                .param("id", id)
                .param("account", account)
                .param("state", state == null ? null : state.name())
                .param("limit", limit)
                .query(Deliveries::delivery)
                .list();
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        var of = row.getString("sequence_of");
        var hint = new Hint(
                row.getString("hint"),
                Subject.valueOf(row.getString("subject")),
                row.getString("type"),
                row.getString("about"),
                of == null ? null : new Sequence(of, row.getLong("sequence")),
                SqlTime.required(row, "occurred_at"),
                SqlTime.nullable(row, "changed_at"),
                null);
        return new Delivery(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                hint,
                SqlTime.required(row, "received_at"),
                State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                SqlTime.nullable(row, "processed_at"));
    }
}
