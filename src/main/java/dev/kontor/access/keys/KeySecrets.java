package dev.kontor.access.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.access.Role;
import dev.kontor.access.keys.ApiKey.ShownSecret;

import static java.time.ZoneOffset.UTC;

@Repository
class KeySecrets {

    private final JdbcClient jdbc;

    KeySecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(UUID key, ShownSecret secret) {}

    /** False where another transaction has done by this request what is to be done; it has ended then. */
    boolean add(UUID key, KeyText text, UUID shownTo, Instant now, @Nullable KeyRequest request) {
        return jdbc.sql("""
                        insert into access.api_key_secrets
                          (prefix, key_id, number, secret_hash, shown_to, created_at, request_key, request_hash)
                        values (:prefix, :key,
                          (select coalesce(max(number), 0) + 1 from access.api_key_secrets where key_id = :key),
                          :hash, :shownTo, :now, :requestKey, :requestHash)
                        on conflict (request_key) do nothing""")
                        .param("prefix", text.prefix())
                        .param("key", key)
                        .param("hash", text.secret().hash())
                        .param("shownTo", shownTo)
                        .param("now", now.atOffset(UTC))
                        .param("requestKey", request == null ? null : request.key())
                        .param("requestHash", request == null ? null : request.hash())
                        .update()
                == 1;
    }

    /** None is good for longer, and none for longer than it was before. */
    void retire(UUID key, Instant until) {
        jdbc.sql("update access.api_key_secrets set good_until = least(good_until, :until) where key_id = :key")
                .param("key", key)
                .param("until", until.atOffset(UTC))
                .update();
    }

    Optional<StoredKey> find(String prefix) {
        return jdbc.sql("""
                        select key.*, secret.secret_hash, secret.good_until, person.role, person.enabled
                        from access.api_key_secrets secret
                          join access.api_keys key on key.id = secret.key_id
                          join access.users person on person.id = secret.shown_to
                        where secret.prefix = :prefix""")
                .param("prefix", prefix)
                .query((row, _) -> stored(ApiKeys.key(row), row))
                .optional();
    }

    private static StoredKey stored(ApiKey key, ResultSet row) throws SQLException {
        return new StoredKey(
                key.id(),
                key.name(),
                Set.copyOf(key.scopes()),
                key.addresses(),
                key.expiresAt(),
                row.getBytes("secret_hash"),
                instant(row, "good_until"),
                Role.valueOf(row.getString("role")),
                row.getBoolean("enabled"));
    }

    /** Of each key those that are good, the newest first. */
    Map<UUID, List<ShownSecret>> good(Collection<UUID> keys, Instant now) {
        return jdbc
                .sql("""
                        select * from access.api_key_secrets
                        where key_id = any(:keys) and (good_until is null or good_until > :now)
                        order by key_id, number desc""")
                .param("keys", keys.toArray(UUID[]::new))
                .param("now", now.atOffset(UTC))
                .query((row, _) -> new Row(row.getObject("key_id", UUID.class), shown(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Row::key, Collectors.mapping(Row::secret, Collectors.toList())));
    }

    /** What was asked for by this request key before. */
    Optional<KeyRequest.Done> findRequest(String requestKey) {
        return jdbc.sql("select key_id, request_hash from access.api_key_secrets where request_key = :key")
                .param("key", requestKey)
                .query((row, _) ->
                        new KeyRequest.Done(row.getObject("key_id", UUID.class), row.getBytes("request_hash")))
                .optional();
    }

    /** Leaves out those of which another instance has written a use within the precision. */
    void used(List<KeyUses.Use> uses, Duration precision) {
        jdbc.sql("""
                        with used as (
                          select secret.prefix, used.at, used.remote
                          from access.api_key_secrets secret
                            join unnest(:prefixes::text[], :times::timestamptz[], :remotes::text[])
                              as used (prefix, at, remote) on used.prefix = secret.prefix
                          where secret.last_used_at is null
                            or secret.last_used_at <= used.at - :precision * interval '1 second'
                          order by secret.prefix for no key update of secret
                        )
                        update access.api_key_secrets secret
                        set last_used_at = used.at, last_used_from = used.remote
                        from used where secret.prefix = used.prefix""")
                .param("prefixes", uses.stream().map(KeyUses.Use::prefix).toArray(String[]::new))
                .param("times", uses.stream().map(use -> use.at().toString()).toArray(String[]::new))
                .param("remotes", uses.stream().map(KeyUses.Use::remote).toArray(String[]::new))
                .param("precision", precision.toSeconds())
                .update();
    }

    void forgetEndedBefore(Instant time) {
        jdbc.sql("delete from access.api_key_secrets where good_until < :time")
                .param("time", time.atOffset(UTC))
                .update();
    }

    private static ShownSecret shown(ResultSet row) throws SQLException {
        return new ShownSecret(
                row.getString("prefix"),
                row.getObject("shown_to", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "good_until"),
                instant(row, "last_used_at"),
                row.getString("last_used_from"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
