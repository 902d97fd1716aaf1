package dev.kontor.access.sessions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

@Repository
class Sessions {

    /** How long a login lasts without being used. */
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    Sessions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    UUID open(UUID user, Device device) {
        jdbc.sql("delete from access.sessions where expires_at < :now")
                .param("now", now())
                .update();
        var session = UUID.randomUUID();
        jdbc.sql("""
                        insert into access.sessions (id, user_id, created_at, used_at, expires_at, address, agent)
                        values (:id, :user, :now, :now, :expiry, :address, :agent)""")
                .param("id", session)
                .param("user", user)
                .param("now", now())
                .param("expiry", now().plus(LIFETIME))
                .param("address", device.address())
                .param("agent", device.agent())
                .update();
        return session;
    }

    /** The one that was used last first. */
    List<Session> liveOf(UUID user) {
        return jdbc.sql("""
                        select * from access.sessions where user_id = :user and ended_at is null and expires_at > :now
                        order by used_at desc, id""")
                .param("user", user)
                .param("now", now())
                .query((row, _) -> new Session(
                        row.getObject("id", UUID.class),
                        instant(row, "created_at"),
                        instant(row, "used_at"),
                        instant(row, "expires_at"),
                        new Device(Objects.requireNonNullElse(row.getString("address"), ""), row.getString("agent"))))
                .list();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    Optional<LiveSession> findLive(UUID session) {
        return jdbc.sql("""
                        select session.id, session.user_id, person.name as user_name, person.role
                        from access.sessions session join access.users person on person.id = session.user_id
                        where session.id = :id and session.ended_at is null and session.expires_at > :now
                          and person.enabled""")
                .param("id", session)
                .param("now", now())
                .query(LiveSession.class)
                .optional();
    }

    void prolong(UUID session, Device device) {
        jdbc.sql("""
                        update access.sessions
                        set expires_at = :expiry, used_at = :now, address = :address, agent = :agent where id = :id""")
                .param("id", session)
                .param("now", now())
                .param("address", device.address())
                .param("agent", device.agent())
                .param("expiry", now().plus(LIFETIME))
                .update();
    }

    void end(UUID session) {
        jdbc.sql("update access.sessions set ended_at = :now where id = :id and ended_at is null")
                .param("id", session)
                .param("now", now())
                .update();
    }

    /** False where the user has no such session, or it is over. */
    boolean end(UUID session, UUID user) {
        return jdbc.sql("""
                        update access.sessions set ended_at = :now
                        where id = :id and user_id = :user and ended_at is null and expires_at > :now""")
                        .param("id", session)
                        .param("user", user)
                        .param("now", now())
                        .update()
                == 1;
    }

    void endAllOf(UUID user) {
        jdbc.sql("update access.sessions set ended_at = :now where user_id = :user and ended_at is null")
                .param("user", user)
                .param("now", now())
                .update();
    }

    void endOthersOf(UUID user, UUID kept) {
        jdbc.sql("""
                        update access.sessions set ended_at = :now
                        where user_id = :user and id <> :kept and ended_at is null""")
                .param("user", user)
                .param("kept", kept)
                .param("now", now())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(UTC);
    }
}
