package dev.kontor.access.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.access.Scope;

import static java.time.ZoneOffset.UTC;

@Repository
class ApiKeys {

    private final JdbcClient jdbc;

    ApiKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(ApiKey key) {
        bind("""
                insert into access.api_keys
                  (id, name, scopes, addresses, created_by, created_at, expires_at, expiry_set_at, version)
                values (:id, :name, :scopes, :addresses, :createdBy, :createdAt, :expiresAt, :expirySetAt, :version)""", key)
                .param("createdBy", key.createdBy())
                .param("createdAt", key.createdAt().atOffset(UTC))
                .update();
    }

    /** Whoever does it holds the lock. */
    void save(ApiKey key) {
        bind("""
                update access.api_keys set name = :name, scopes = :scopes, addresses = :addresses,
                  expires_at = :expiresAt, expiry_set_at = :expirySetAt, version = :version
                where id = :id""", key).update();
    }

    private JdbcClient.StatementSpec bind(String sql, ApiKey key) {
        return jdbc.sql(sql)
                .param("id", key.id())
                .param("name", key.name())
                .param("scopes", key.scopes().stream().map(Scope::text).toArray(String[]::new))
                .param("addresses", key.addresses().ranges().toArray(String[]::new))
                .param("expiresAt", key.expiresAt().atOffset(UTC))
                .param("expirySetAt", key.expirySetAt().atOffset(UTC))
                .param("version", key.version());
    }

    Optional<ApiKey> find(UUID id) {
        return jdbc.sql("select * from access.api_keys where id = :id")
                .param("id", id)
                .query((row, _) -> key(row))
                .optional();
    }

    /** Until the end of the transaction nobody else changes or rotates it. */
    Optional<ApiKey> lock(UUID id) {
        return jdbc.sql("select * from access.api_keys where id = :id for update")
                .param("id", id)
                .query((row, _) -> key(row))
                .optional();
    }

    /** Oldest first, after the key with this time and id. */
    List<ApiKey> list(Instant createdAt, UUID id, int limit) {
        return jdbc.sql("""
                        select * from access.api_keys where (created_at, id) > (:createdAt, :id)
                        order by created_at, id limit :limit""")
                .param("createdAt", createdAt.atOffset(UTC))
                .param("id", id)
                .param("limit", limit)
                .query((row, _) -> key(row))
                .list();
    }

    boolean delete(UUID id) {
        return jdbc.sql("delete from access.api_keys where id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Arrays.stream(texts(row, "scopes")).map(Scope::parse).toList(),
                new SourceAddresses(List.of(texts(row, "addresses"))),
                row.getObject("created_by", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("expiry_set_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"),
                List.of());
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }
}
