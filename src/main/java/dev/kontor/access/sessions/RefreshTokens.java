package dev.kontor.access.sessions;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.access.files.Secret;

import static java.time.ZoneOffset.UTC;

@Repository
class RefreshTokens {

    private final JdbcClient jdbc;
    private final Clock clock;

    RefreshTokens(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    String issue(UUID session) {
        var token = Secret.random();
        jdbc.sql("insert into access.refresh_tokens (hash, session_id, issued_at) values (:hash, :session, :now)")
                .param("hash", token.hash())
                .param("session", session)
                .param("now", clock.instant().atOffset(UTC))
                .update();
        return token.text();
    }

    /** The session of a token that was unused until now. Of two callers at the same moment one gets it. */
    Optional<UUID> use(Secret token) {
        return jdbc.sql("""
                        update access.refresh_tokens set used_at = :now
                        where hash = :hash and used_at is null returning session_id""")
                .param("hash", token.hash())
                .param("now", clock.instant().atOffset(UTC))
                .query(UUID.class)
                .optional();
    }

    Optional<UUID> sessionOf(Secret token) {
        return jdbc.sql("select session_id from access.refresh_tokens where hash = :hash")
                .param("hash", token.hash())
                .query(UUID.class)
                .optional();
    }
}
