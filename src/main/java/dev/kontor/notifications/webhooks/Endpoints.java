package dev.kontor.notifications.webhooks;

import java.net.URI;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.notifications.webhooks.Endpoint.Disabled;

import static java.time.ZoneOffset.UTC;

/** Keeps endpoints, and how they fare. */
@Repository
class Endpoints {

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    private final JdbcClient jdbc;

    Endpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether anybody may ever want to know what is told. */
    boolean any() {
        return jdbc.sql("select exists (select from notifications.webhook_endpoints)")
                .query(Boolean.class)
                .single();
    }

    Optional<Endpoint> find(EndpointId id) {
        return jdbc.sql("select * from notifications.webhook_endpoints where id = ?")
                .param(id.value())
                .query((row, _) -> endpoint(row))
                .optional();
    }

    /** Until the end of the transaction nobody else changes it; what refers to it may come. */
    Optional<Endpoint> lock(EndpointId id) {
        return jdbc.sql("select * from notifications.webhook_endpoints where id = ? for no key update")
                .param(id.value())
                .query((row, _) -> endpoint(row))
                .optional();
    }

    /** The oldest first. */
    List<Endpoint> list(@Nullable UUID after, int limit) {
        return jdbc.sql("""
                        select * from notifications.webhook_endpoints where :after::uuid is null or id > :after
                        order by id limit :limit""")
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> endpoint(row))
                .list();
    }

    /** Empty where another one has the address. */
    Optional<EndpointId> add(URI url, String description, List<MessageType> kinds, Instant now) {
        return jdbc.sql("""
                        insert into notifications.webhook_endpoints (id, url, description, kinds, enabled, created_at)
                        values (?, ?, ?, ?, true, ?) on conflict (url) do nothing returning id""")
                .params(ids.generate(), url.toString(), description, texts(kinds), now.atOffset(UTC))
                .query((row, _) -> new EndpointId(row.getObject("id", UUID.class)))
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException where another one has the address */
    void change(EndpointId id, URI url, String description, List<MessageType> kinds, boolean personalData) {
        jdbc.sql("""
                        update notifications.webhook_endpoints
                        set url = :url, description = :description, kinds = :kinds, personal_data = :personalData, version = version + 1,
                          failures = case when url = :url then failures else 0 end,
                          failing_since = case when url = :url then failing_since end,
                          not_before = case when url = :url then not_before end
                        where id = :id""")
                .param("url", url.toString())
                .param("description", description)
                .param("kinds", texts(kinds))
                .param("personalData", personalData)
                .param("id", id.value())
                .update();
    }

    void enable(EndpointId id) {
        jdbc.sql("""
                        update notifications.webhook_endpoints
                        set enabled = true, disabled_reason = null, disabled_at = null, failing_since = null, failures = 0,
                          not_before = null, version = version + 1 where id = ?""").param(id.value()).update();
    }

    void disable(EndpointId id, Disabled reason, Instant now) {
        jdbc.sql("""
                        update notifications.webhook_endpoints
                        set enabled = false, disabled_reason = ?, disabled_at = ?, version = version + 1
                        where id = ?""").params(reason.name(), now.atOffset(UTC), id.value()).update();
    }

    void touch(EndpointId id) {
        jdbc.sql("update notifications.webhook_endpoints set version = version + 1 where id = ?")
                .param(id.value())
                .update();
    }

    boolean delete(EndpointId id) {
        return jdbc.sql("delete from notifications.webhook_endpoints where id = ?")
                        .param(id.value())
                        .update()
                > 0;
    }

    // How they fare

    void succeeded(EndpointId id) {
        jdbc.sql("""
                        update notifications.webhook_endpoints set failing_since = null, failures = 0, not_before = null
                        where id = ? and failing_since is not null""").param(id.value()).update();
    }

    /** @param notBefore null where it need not be left in peace */
    void failed(EndpointId id, Instant now, @Nullable Instant notBefore) {
        jdbc.sql("""
                        update notifications.webhook_endpoints
                        set failing_since = coalesce(failing_since, :now), failures = failures + 1,
                          not_before = greatest(not_before, :notBefore::timestamptz)
                        where id = :id""")
                .param("now", now.atOffset(UTC))
                .param("notBefore", notBefore == null ? null : notBefore.atOffset(UTC))
                .param("id", id.value())
                .update();
    }

    /** Those for which there may be something to send now. */
    List<EndpointId> due(Instant now) {
        return jdbc.sql("""
                        select e.id from notifications.webhook_endpoints e
                        where e.enabled and (e.not_before is null or e.not_before <= :now)
                          and exists (select from notifications.webhook_deliveries d
                            where d.endpoint = e.id and d.state = 'PENDING' and d.next_at <= :now)
                        order by e.id""")
                .param("now", now.atOffset(UTC))
                .query((row, _) -> new EndpointId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Empty where it is not to be sent anything now, or another instance is looking at it. */
    Optional<Endpoint> claim(EndpointId id, Instant now) {
        return jdbc.sql("""
                        select * from notifications.webhook_endpoints
                        where id = ? and enabled and (not_before is null or not_before <= ?)
                        for no key update skip locked""")
                .params(id.value(), now.atOffset(UTC))
                .query((row, _) -> endpoint(row))
                .optional();
    }

    private static String[] texts(List<MessageType> kinds) {
        return kinds.stream().map(MessageType::text).toArray(String[]::new);
    }

    private static List<MessageType> kinds(Array texts) throws SQLException {
        return Arrays.stream((String[]) texts.getArray())
                .map(MessageType::parse)
                .toList();
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        var reason = row.getString("disabled_reason");
        return new Endpoint(
                new EndpointId(row.getObject("id", UUID.class)),
                URI.create(row.getString("url")),
                row.getString("description"),
                kinds(row.getArray("kinds")),
                row.getBoolean("personal_data"),
                reason == null ? null : Disabled.valueOf(reason),
                instant(row, "disabled_at"),
                instant(row, "failing_since"),
                row.getInt("failures"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
