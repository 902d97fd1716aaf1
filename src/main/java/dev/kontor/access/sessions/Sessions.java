package dev.kontor.access.sessions;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
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

    UUID open(UUID user) {
        jdbc.sql("delete from access.sessions where expires_at < :now")
                .param("now", now())
                .update();
        var session = UUID.randomUUID();
        jdbc.sql("""
                        insert into access.sessions (id, user_id, created_at, expires_at)
                        values (:id, :user, :now, :expiry)""")
                .param("id", session)
                .param("user", user)
                .param("now", now())
                .param("expiry", now().plus(LIFETIME))
                .update();
        return session;
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

    void prolong(UUID session) {
        jdbc.sql("update access.sessions set expires_at = :expiry where id = :id")
                .param("id", session)
                .param("expiry", now().plus(LIFETIME))
                .update();
    }

    void end(UUID session) {
        jdbc.sql("update access.sessions set ended_at = :now where id = :id and ended_at is null")
                .param("id", session)
                .param("now", now())
                .update();
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
