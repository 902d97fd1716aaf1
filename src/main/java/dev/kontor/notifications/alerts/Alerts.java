package dev.kontor.notifications.alerts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert.State;

import static java.time.ZoneOffset.UTC;

/** Keeps alerts and what became of them. */
@Repository
public class Alerts {

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};
    private static final int PAGE = 500;
    private static final String SELECT = "select * from notifications.alerts where ";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Alerts(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Which ones are meant; null means any. */
    public record Filter(
            @Nullable State state,
            @Nullable AlertKind kind,
            @Nullable Severity severity,
            @Nullable AccountId account) {}

    /** Where a page ended. */
    public record Position(UUID id) {

        public static Position of(Alert alert) {
            return new Position(alert.id().value());
        }
    }

    public Optional<Alert> find(AlertId id) {
        return jdbc.sql(SELECT + "id = ?").param(id.value()).query(this::alert).optional();
    }

    /** Those of these that there are, in the same order. */
    public List<Alert> find(Collection<AlertId> ids) {
        return jdbc.sql("""
                        select a.* from unnest(:ids::uuid[]) with ordinality as wanted (id, place)
                          join notifications.alerts a on a.id = wanted.id order by wanted.place""")
                .param("ids", ids.stream().map(AlertId::value).toArray(UUID[]::new))
                .query(this::alert)
                .list();
    }

    /** The newest first. */
    public List<Alert> list(Filter filter, @Nullable Position after, int limit) {
        return jdbc.sql(SELECT + """
                        (:state::text is null or state = :state) and (:kind::text is null or kind = :kind)
                          and (:severity::text is null or severity = :severity)
                          and (:account::uuid is null or account = :account)
                          and (:after::uuid is null or id < :after)
                        order by id desc limit :limit""")
                .param("state", name(filter.state()))
                .param("kind", name(filter.kind()))
                .param("severity", name(filter.severity()))
                .param(
                        "account",
                        filter.account() == null ? null : filter.account().value())
                .param("after", after == null ? null : after.id())
                .param("limit", limit)
                .query(this::alert)
                .list();
    }

    private static @Nullable String name(@Nullable Enum<?> one) {
        return one == null ? null : one.name();
    }

    public void forEach(Filter filter, Consumer<Alert> consumer) {
        Position after = null;
        List<Alert> page;
        do {
            page = list(filter, after, PAGE);
            page.forEach(consumer);
            after = page.isEmpty() ? null : Position.of(page.getLast());
        } while (after != null);
    }

    /** What became of it, from the beginning. */
    public List<Step> story(AlertId id) {
        return jdbc.sql("select * from notifications.alert_history where alert = ? order by number")
                .param(id.value())
                .query((row, _) -> new Step(
                        row.getInt("number"),
                        Step.What.valueOf(row.getString("step")),
                        Severity.valueOf(row.getString("severity")),
                        row.getInt("level"),
                        row.getString("actor"),
                        instant(row, "until_at"),
                        instantOf(row, "at")))
                .list();
    }

    /** As bad as it ever was. */
    public Optional<Severity> worst(AlertId id) {
        return jdbc
                .sql("select distinct severity from notifications.alert_history where alert = ?")
                .param(id.value())
                .query((row, _) -> Severity.valueOf(row.getString("severity")))
                .list()
                .stream()
                .max(Comparator.naturalOrder());
    }

    // Beneath a lock

    /** Until the end of the transaction nobody else raises or ends the cause, nor handles an alert of it. */
    void lock(String cause) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("notifications " + cause)
                .query(row -> {});
    }

    Optional<Alert> lock(AlertId id) {
        var cause = jdbc.sql("select cause from notifications.alerts where id = ?")
                .param(id.value())
                .query(String.class)
                .optional();
        cause.ifPresent(this::lock);
        return jdbc.sql(SELECT + "id = ? for update")
                .param(id.value())
                .query(this::alert)
                .optional();
    }

    Optional<Alert> open(String cause) {
        return jdbc.sql(SELECT + "cause = ? and state <> 'RESOLVED' for update")
                .param(cause)
                .query(this::alert)
                .optional();
    }

    /** Another one of the same cause. */
    Optional<AlertId> openBeside(AlertId id) {
        return jdbc.sql("""
                        select other.id from notifications.alerts one join notifications.alerts other using (cause)
                        where one.id = ? and other.id <> one.id and other.state <> 'RESOLVED'""")
                .param(id.value())
                .query((row, _) -> new AlertId(row.getObject("id", UUID.class)))
                .optional();
    }

    Optional<Alert> lastResolved(String cause) {
        return jdbc.sql(SELECT + "cause = ? and state = 'RESOLVED' order by resolved_at desc limit 1 for update")
                .param(cause)
                .query(this::alert)
                .optional();
    }

    /** In an order in which everybody locks several. */
    List<String> openCauses(AccountId account, Collection<AlertKind> kinds) {
        return jdbc.sql("""
                        select cause from notifications.alerts
                        where account = ? and kind = any(?) and state <> 'RESOLVED' order by cause""")
                .params(account.value(), kinds.stream().map(AlertKind::name).toArray(String[]::new))
                .query((row, _) -> row.getString("cause"))
                .list();
    }

    // Changes

    AlertId add(Cause cause, Severity severity, Sighting sighting, @Nullable Duration escalation) {
        var id = ids.generate();
        var subject = cause.subject();
        var account = subject.account();
        jdbc.sql("""
                        insert into notifications.alerts (id, cause, kind, severity, subject_type, subject_id, account, facts,
                          state, first_seen_at, last_seen_at, count, escalate_at, quiet_at)
                        values (:id, :cause, :kind, :severity, :subjectType, :subject, :account, :facts::jsonb,
                          'OPEN', :at, :at, 1, :escalateAt, :quietAt)""")
                .param("id", id)
                .param("cause", cause.key())
                .param("kind", cause.kind().name())
                .param("severity", severity.name())
                .param("subjectType", subject.type().name())
                .param("subject", subject.id())
                .param("account", account == null ? null : account.value())
                .param("facts", json.writeValueAsString(sighting.facts().byKey()))
                .param("at", sighting.at().atOffset(UTC))
                .param("escalateAt", later(sighting.at(), escalation))
                .param("quietAt", later(sighting.at(), sighting.quiet()))
                .update();
        return new AlertId(id);
    }

    /** The cause showed again. An event may be late, so what was seen last is what is latest. */
    void seen(AlertId id, Severity severity, Sighting sighting) {
        jdbc.sql("""
                        update notifications.alerts set severity = :severity, facts = :facts::jsonb,
                          last_seen_at = greatest(last_seen_at, :at), first_seen_at = least(first_seen_at, :at),
                          count = count + :times, quiet_at = :quietAt, version = version + 1
                        where id = :id""")
                .param("severity", severity.name())
                .param("facts", json.writeValueAsString(sighting.facts().byKey()))
                .param("at", sighting.at().atOffset(UTC))
                .param("times", sighting.occurrence() == null ? 0 : 1)
                .param("quietAt", later(sighting.at(), sighting.quiet()))
                .param("id", id.value())
                .update();
    }

    private static @Nullable OffsetDateTime later(Instant at, @Nullable Duration duration) {
        return duration == null ? null : at.plus(duration).atOffset(UTC);
    }

    void take(AlertId id, String actor) {
        jdbc.sql("""
                        update notifications.alerts set state = 'TAKEN', handled_by = ?, snoozed_until = null,
                          version = version + 1 where id = ?""").params(actor, id.value()).update();
    }

    void snooze(AlertId id, String actor, Instant until) {
        jdbc.sql("""
                        update notifications.alerts set state = 'SNOOZED', handled_by = ?, snoozed_until = ?,
                          version = version + 1 where id = ?""").params(actor, until.atOffset(UTC), id.value()).update();
    }

    /** Nobody sees to it from now on. */
    void open(AlertId id, int level, @Nullable Instant escalateAt) {
        jdbc.sql("""
                        update notifications.alerts set state = 'OPEN', handled_by = null, snoozed_until = null,
                          resolved_at = null, resolved_by = null, level = :level, escalate_at = :escalateAt,
                          version = version + 1 where id = :id""")
                .param("level", level)
                .param("escalateAt", at(escalateAt))
                .param("id", id.value())
                .update();
    }

    /** As it was before it was resolved. */
    void restore(AlertId id, State state) {
        jdbc.sql("""
                        update notifications.alerts set state = ?, resolved_at = null, resolved_by = null, version = version + 1
                        where id = ?""").params(state.name(), id.value()).update();
    }

    void escalateAt(AlertId id, Instant at) {
        jdbc.sql("update notifications.alerts set escalate_at = ?, version = version + 1 where id = ?")
                .params(at.atOffset(UTC), id.value())
                .update();
    }

    void escalate(AlertId id, int level, @Nullable Instant again) {
        jdbc.sql("""
                        update notifications.alerts set level = :level, escalate_at = :again, version = version + 1
                        where id = :id""")
                .param("level", level)
                .param("again", at(again))
                .param("id", id.value())
                .update();
    }

    void resolve(AlertId id, @Nullable String actor, Instant at) {
        jdbc.sql("""
                        update notifications.alerts set state = 'RESOLVED', resolved_at = :at, resolved_by = :actor,
                          quiet_at = null, version = version + 1 where id = :id""")
                .param("at", at.atOffset(UTC))
                .param("actor", actor)
                .param("id", id.value())
                .update();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(UTC);
    }

    /** After the change, under the alert's lock. */
    void tell(AlertId id, Step.What step, @Nullable String actor, @Nullable Instant until, Instant at) {
        jdbc.sql("""
                        insert into notifications.alert_history (alert, number, step, severity, level, actor, until_at, at)
                        select id, (select coalesce(max(number), 0) + 1 from notifications.alert_history where alert = :id),
                          :step, severity, level, :actor, :until, :at
                        from notifications.alerts where id = :id""")
                .param("id", id.value())
                .param("step", step.name())
                .param("actor", actor)
                .param("until", at(until))
                .param("at", at.atOffset(UTC))
                .update();
    }

    // What time has done

    /** Locked; what another instance has is left to it. */
    List<Alert> toEscalate(Instant now, int levels, int limit) {
        return jdbc.sql(SELECT + """
                        state = 'OPEN' and escalate_at <= ? and level < ? order by escalate_at limit ?
                        for update skip locked""")
                .params(now.atOffset(UTC), levels, limit)
                .query(this::alert)
                .list();
    }

    List<Alert> toWake(Instant now, int limit) {
        return jdbc.sql(SELECT + """
                        state = 'SNOOZED' and snoozed_until <= ? order by snoozed_until limit ? for update skip locked""")
                .params(now.atOffset(UTC), limit)
                .query(this::alert)
                .list();
    }

    List<Alert> quiet(Instant now, int limit) {
        return jdbc.sql(SELECT + """
                        state <> 'RESOLVED' and quiet_at <= ? order by quiet_at limit ? for update skip locked""")
                .params(now.atOffset(UTC), limit)
                .query(this::alert)
                .list();
    }

    /** @return how many are gone */
    int forget(Instant resolvedBefore, int limit) {
        return jdbc.sql("""
                        delete from notifications.alerts where id in (select id from notifications.alerts
                          where state = 'RESOLVED' and resolved_at < ? order by resolved_at limit ?)""").params(resolvedBefore.atOffset(UTC), limit).update();
    }

    private Alert alert(ResultSet row, int number) throws SQLException {
        var account = row.getObject("account", UUID.class);
        return new Alert(
                new AlertId(row.getObject("id", UUID.class)),
                AlertKind.valueOf(row.getString("kind")),
                Severity.valueOf(row.getString("severity")),
                new Subject(
                        Subject.Type.valueOf(row.getString("subject_type")),
                        row.getString("subject_id"),
                        account == null ? null : new AccountId(account)),
                Facts.of(json.readValue(row.getString("facts"), FACTS)),
                State.valueOf(row.getString("state")),
                instantOf(row, "first_seen_at"),
                instantOf(row, "last_seen_at"),
                row.getLong("count"),
                row.getInt("level"),
                row.getString("handled_by"),
                instant(row, "snoozed_until"),
                instant(row, "resolved_at"),
                row.getString("resolved_by"),
                instant(row, "escalate_at"),
                row.getLong("version"));
    }

    private static Instant instantOf(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
