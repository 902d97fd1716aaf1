package dev.kontor.access.users;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

@Repository
public class Users {

    private static final String SELECT =
            "select id, name, role, enabled, password_hash, generated_password, preset_hash from access.users ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Users(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Optional<User> find(UUID id) {
        return jdbc.sql(SELECT + "where id = :id")
                .param("id", id)
                .query(User.class)
                .optional();
    }

    Optional<User> find(String name) {
        return jdbc.sql(SELECT + "where lower(name) = lower(:name)")
                .param("name", name)
                .query(User.class)
                .optional();
    }

    /** Waits for another instance that is just adding a user of this name, and is then too late. */
    boolean addIfAbsent(User user) {
        return jdbc.sql("""
                        insert into access.users (id, name, role, enabled, password_hash, generated_password,
                            preset_hash, created_at, password_changed_at)
                        values (:id, :name, :role, :enabled, :hash, :generated, :preset, :now, :now)
                        on conflict ((lower(name))) do nothing""")
                        .param("id", user.id())
                        .param("name", user.name())
                        .param("role", user.role().name())
                        .param("enabled", user.enabled())
                        .param("hash", user.passwordHash())
                        .param("generated", user.generatedPassword())
                        .param("preset", user.presetHash())
                        .param("now", clock.instant().atOffset(UTC))
                        .update()
                == 1;
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
        jdbc.sql("update access.users set preset_hash = :hash, enabled = true where id = :user")
                .param("user", user)
                .param("hash", hash)
                .update();
    }
}
