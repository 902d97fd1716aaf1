package dev.kontor.access.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.access.Role;

import static java.time.ZoneOffset.UTC;

@Repository
class ApiKeys {

    private final JdbcClient jdbc;

    ApiKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(ApiKey key, byte[] secretHash) {
        jdbc.sql("""
                        insert into access.api_keys (id, name, prefix, secret_hash, role, personal_data, created_by,
                            created_at, expires_at)
                        values (:id, :name, :prefix, :hash, :role, :personalData, :createdBy, :createdAt, :expiresAt)""")
                .param("id", key.id())
                .param("name", key.name())
                .param("prefix", key.prefix())
                .param("hash", secretHash)
                .param("role", key.role().name())
                .param("personalData", key.personalData())
                .param("createdBy", key.createdBy())
                .param("createdAt", key.createdAt().atOffset(UTC))
                .param(
                        "expiresAt",
                        key.expiresAt() == null ? null : key.expiresAt().atOffset(UTC))
                .update();
    }

    Optional<StoredKey> find(String prefix) {
        return jdbc.sql("select * from access.api_keys where prefix = :prefix")
                .param("prefix", prefix)
                .query((row, _) -> new StoredKey(key(row), row.getBytes("secret_hash")))
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

    /** Writes nothing when another instance has written since {@code outdated}. */
    void used(UUID id, Instant now, Instant outdated) {
        jdbc.sql("""
                        update access.api_keys set last_used_at = :now
                        where id = :id and (last_used_at is null or last_used_at <= :outdated)""")
                .param("id", id)
                .param("now", now.atOffset(UTC))
                .param("outdated", outdated.atOffset(UTC))
                .update();
    }

    boolean delete(UUID id) {
        return jdbc.sql("delete from access.api_keys where id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("prefix"),
                Role.valueOf(row.getString("role")),
                row.getBoolean("personal_data"),
                row.getObject("created_by", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
