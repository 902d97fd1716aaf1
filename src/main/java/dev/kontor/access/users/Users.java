package dev.kontor.access.users;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.access.Role;

import static java.time.ZoneOffset.UTC;

@Repository
public class Users {

    private static final String SELECT = "select * from access.users ";

    private static final RowMapper<User> USER = (row, _) -> new User(
            row.getObject("id", UUID.class),
            row.getString("name"),
            Role.valueOf(row.getString("role")),
            row.getBoolean("enabled"),
            row.getString("password_hash"),
            row.getBoolean("generated_password"),
            row.getString("preset_hash"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getLong("version"));

    private final JdbcClient jdbc;
    private final Clock clock;

    Users(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Optional<User> find(UUID id) {
        return jdbc.sql(SELECT + "where id = :id").param("id", id).query(USER).optional();
    }

    Optional<User> find(String name) {
        if (name.indexOf('\0') >= 0) {
            return Optional.empty(); // PostgreSQL refuses to compare with it
        }
        return jdbc.sql(SELECT + "where lower(name) = lower(:name)")
                .param("name", name)
                .query(USER)
                .optional();
    }

    /** Oldest first, after the user with this time and id. */
    List<User> list(Instant createdAt, UUID id, int limit) {
        return jdbc.sql(SELECT + "where (created_at, id) > (:createdAt, :id) order by created_at, id limit :limit")
                .param("createdAt", createdAt.atOffset(UTC))
                .param("id", id)
                .param("limit", limit)
                .query(USER)
                .list();
    }

    /** Until the end of the transaction nobody else changes any user, so that one administrator is always left. */
    List<User> lockAdministratorsAnd(UUID id) {
        return jdbc.sql(SELECT + "where role = 'ADMINISTRATOR' or id = :id order by id for update")
                .param("id", id)
                .query(USER)
                .list();
    }

    /**
     * False where the password was replaced or the user disabled since. Otherwise neither happens until the end of the
     * transaction, so that whoever does it then also ends what begins in this one.
     */
    public boolean mayStillLogIn(User seen) {
        return jdbc.sql("select 1 from access.users where id = :id and enabled and password_hash = :hash for share")
                .param("id", seen.id())
                .param("hash", seen.passwordHash())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Waits for another instance that is just adding a user of this name, and is then too late. */
    boolean addIfAbsent(User user) {
        return jdbc.sql("""
                        insert into access.users (id, name, role, enabled, password_hash, generated_password,
                            preset_hash, created_at, password_changed_at, version)
                        values (:id, :name, :role, :enabled, :hash, :generated, :preset, :created, :created, :version)
                        on conflict ((lower(name))) do nothing""")
                        .param("id", user.id())
                        .param("name", user.name())
                        .param("role", user.role().name())
                        .param("enabled", user.enabled())
                        .param("hash", user.passwordHash())
                        .param("generated", user.generatedPassword())
                        .param("preset", user.presetHash())
                        .param("created", user.createdAt().atOffset(UTC))
                        .param("version", user.version())
                        .update()
                == 1;
    }

    void change(UUID user, Role role, boolean enabled) {
        jdbc.sql("update access.users set role = :role, enabled = :enabled, version = version + 1 where id = :user")
                .param("user", user)
                .param("role", role.name())
                .param("enabled", enabled)
                .update();
    }

    public void changePassword(UUID user, String hash) {
        jdbc.sql("""
                        update access.users
                        set password_hash = :hash, generated_password = false, password_changed_at = :now
                        where id = :user""")
                .param("user", user)
                .param("hash", hash)
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }

    void prescribePassword(UUID user, String hash) {
        changePassword(user, hash);
        jdbc.sql("""
                        update access.users set preset_hash = :hash, enabled = true, version = version + 1
                        where id = :user""").param("user", user).param("hash", hash).update();
    }
}
