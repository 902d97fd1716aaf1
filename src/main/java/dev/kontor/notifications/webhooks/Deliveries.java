package dev.kontor.notifications.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.notifications.webhooks.Attempt.Result;
import dev.kontor.notifications.webhooks.Delivery.State;

import static java.time.ZoneOffset.UTC;

/** Keeps which message is still to be sent where, and what came of the others. */
@Repository
public class Deliveries {

    private static final String SELECT = """
            select d.*, m.type, m.at from notifications.webhook_deliveries d
            join notifications.webhook_messages m on m.id = d.message where\s""";

    private final JdbcClient jdbc;

    Deliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a page ended. */
    public record Position(long id) {

        public static Position of(Delivery delivery) {
            return new Position(delivery.id());
        }
    }

    /** What is to be sent now, by whom. */
    record Claimed(long id, UUID message, String body, int attempts, UUID lease) {}

    /** The newest first. */
    public List<Delivery> list(EndpointId endpoint, @Nullable State state, @Nullable Position after, int limit) {
        return jdbc.sql(SELECT + """
                        d.endpoint = :endpoint and (:state::text is null or d.state = :state)
                          and (:after::bigint is null or d.id < :after)
                        order by d.id desc limit :limit""")
                .param("endpoint", endpoint.value())
                .param("state", state == null ? null : state.name())
                .param("after", after == null ? null : after.id())
                .param("limit", limit)
                .query((row, _) -> delivery(row))
                .list();
    }

    public Optional<Delivery> find(EndpointId endpoint, long id) {
        return jdbc.sql(SELECT + "d.endpoint = ? and d.id = ?")
                .params(endpoint.value(), id)
                .query((row, _) -> delivery(row))
                .optional();
    }

    /** The first one first. */
    public List<Attempt> attempts(long delivery) {
        return jdbc.sql("select * from notifications.webhook_attempts where delivery = ? order by number")
                .param(delivery)
                .query((row, _) -> new Attempt(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        Result.valueOf(row.getString("result")),
                        row.getObject("status", Integer.class),
                        Duration.ofMillis(row.getLong("latency_ms")),
                        null))
                .list();
    }

    // To be sent

    /** To each endpoint that asked for such messages. */
    void add(Collection<UUID> messages, Instant now) {
        jdbc.sql("""
                        insert into notifications.webhook_deliveries (endpoint, message, subject, seq, next_at, created_at)
                        select e.id, m.id, m.subject, m.seq, :now, :now from notifications.webhook_messages m
                        join notifications.webhook_endpoints e on e.enabled and m.type = any(e.kinds)
                        where m.id = any(:messages) order by m.seq on conflict do nothing""")
                .param("now", now.atOffset(UTC))
                .param("messages", messages.toArray(UUID[]::new))
                .update();
    }

    void add(EndpointId endpoint, UUID message, Instant now) {
        jdbc.sql("""
                        insert into notifications.webhook_deliveries (endpoint, message, subject, seq, next_at, created_at)
                        select ?, id, subject, seq, ?, ? from notifications.webhook_messages where id = ?""")
                .params(endpoint.value(), now.atOffset(UTC), now.atOffset(UTC), message)
                .update();
    }

    /**
     * What the endpoint asks for and was told since then, once more. What is still on its way stays where it is: the line of
     * an object follows the numbers of its messages, so an earlier one comes before it.
     */
    int replay(EndpointId endpoint, Instant since, Instant now) {
        return jdbc.sql("""
                        insert into notifications.webhook_deliveries (endpoint, message, subject, seq, next_at, created_at)
                        select e.id, m.id, m.subject, m.seq, :now, :now from notifications.webhook_messages m
                        join notifications.webhook_endpoints e on e.id = :endpoint and m.type = any(e.kinds)
                        where m.stored_at >= :since order by m.seq on conflict do nothing""")
                .param("now", now.atOffset(UTC))
                .param("endpoint", endpoint.value())
                .param("since", since.atOffset(UTC))
                .update();
    }

    /** Everything that waits has all its attempts again. */
    void renew(EndpointId endpoint, Instant now) {
        jdbc.sql("""
                        update notifications.webhook_deliveries set attempts = 0, next_at = ?
                        where endpoint = ? and state = 'PENDING'""").params(now.atOffset(UTC), endpoint.value()).update();
    }

    /** How many are on their way, whoever sends them. */
    int leased(EndpointId endpoint, Instant now) {
        return jdbc.sql("""
                        select count(*) from notifications.webhook_deliveries
                        where endpoint = ? and lease is not null and leased_until > ?""")
                .params(endpoint.value(), now.atOffset(UTC))
                .query(Integer.class)
                .single();
    }

    /** Of each object only the message that is next; under the lock of the endpoint. */
    List<Claimed> claim(EndpointId endpoint, UUID lease, Instant now, Instant until, int limit) {
        return jdbc.sql("""
                        with next as (
                          select d.id from notifications.webhook_deliveries d
                          where d.endpoint = :endpoint and d.state = 'PENDING' and d.next_at <= :now
                            and (d.leased_until is null or d.leased_until <= :now)
                            and not exists (select from notifications.webhook_deliveries before
                              where before.endpoint = d.endpoint and before.subject = d.subject
                                and before.state = 'PENDING' and before.seq < d.seq)
                          order by d.next_at, d.seq limit :limit for update of d skip locked)
                        update notifications.webhook_deliveries d set lease = :lease, leased_until = :until
                        from next, notifications.webhook_messages m where d.id = next.id and m.id = d.message
                        returning d.id, d.message, m.body, d.attempts""")
                .param("endpoint", endpoint.value())
                .param("lease", lease)
                .param("now", now.atOffset(UTC))
                .param("until", until.atOffset(UTC))
                .param("limit", limit)
                .query((row, _) -> new Claimed(
                        row.getLong("id"),
                        row.getObject("message", UUID.class),
                        row.getString("body"),
                        row.getInt("attempts"),
                        lease))
                .list();
    }

    // What came of it

    /** @return false where another instance has it by now, or it is gone */
    boolean isHeld(Claimed delivery) {
        return jdbc.sql("select id from notifications.webhook_deliveries where id = ? and lease = ? for update")
                .params(delivery.id(), delivery.lease())
                .query(Long.class)
                .optional()
                .isPresent();
    }

    void log(long delivery, Attempt attempt) {
        jdbc.sql("""
                        insert into notifications.webhook_attempts (delivery, number, at, result, status, latency_ms)
                        select :delivery, coalesce(max(number), 0) + 1, :at, :result, :status::int, :latency
                        from notifications.webhook_attempts where delivery = :delivery""")
                .param("delivery", delivery)
                .param("at", attempt.at().atOffset(UTC))
                .param("result", attempt.result().name())
                .param("status", attempt.status())
                .param("latency", attempt.latency().toMillis())
                .update();
    }

    void finish(long delivery, State state, Instant now) {
        jdbc.sql("""
                        update notifications.webhook_deliveries
                        set state = ?, done_at = ?, attempts = attempts + 1, lease = null, leased_until = null
                        where id = ?""").params(state.name(), now.atOffset(UTC), delivery).update();
    }

    void again(long delivery, Instant next) {
        jdbc.sql("""
                        update notifications.webhook_deliveries
                        set next_at = ?, attempts = attempts + 1, lease = null, leased_until = null where id = ?""").params(next.atOffset(UTC), delivery).update();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        var state = State.valueOf(row.getString("state"));
        return new Delivery(
                row.getLong("id"),
                new EndpointId(row.getObject("endpoint", UUID.class)),
                row.getObject("message", UUID.class),
                MessageType.parse(row.getString("type")),
                instant(row, "at"),
                state,
                row.getInt("attempts"),
                state == State.PENDING ? instant(row, "next_at") : null,
                instant(row, "created_at"),
                state == State.PENDING ? null : instant(row, "done_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
