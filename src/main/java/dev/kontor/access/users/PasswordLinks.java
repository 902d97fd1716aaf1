package dev.kontor.access.users;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.access.files.Secret;

import static java.time.ZoneOffset.UTC;

/** Secrets that are each good for setting one person's password, once. */
@Repository
class PasswordLinks {

    /** Time enough to hand it over, and short enough for one that is found in an old letter. */
    static final Duration LIFETIME = Duration.ofDays(2);

    private final JdbcClient jdbc;
    private final Clock clock;

    PasswordLinks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Is shown once; only its hash is kept. */
    record Link(Secret secret, Instant expiresAt) {}

    /** From now on no earlier one of this person works. */
    Link make(UUID user, UUID creator) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        forget(user);
        jdbc.sql("delete from access.password_links where expires_at < :now")
                .param("now", now.atOffset(UTC))
                .update();
        var link = new Link(Secret.random(), now.plus(LIFETIME));
        jdbc.sql("""
                        insert into access.password_links (hash, user_id, created_by, created_at, expires_at)
                        values (:hash, :user, :creator, :now, :expiry)""")
                .param("hash", link.secret().hash())
                .param("user", user)
                .param("creator", creator)
                .param("now", now.atOffset(UTC))
                .param("expiry", link.expiresAt().atOffset(UTC))
                .update();
        return link;
    }

    /** Whose it is, while it works. */
    Optional<UUID> owner(Secret secret) {
        return jdbc.sql("""
                        select user_id from access.password_links
                        where hash = :hash and used_at is null and expires_at > :now""")
                .param("hash", secret.hash())
                .param("now", clock.instant().atOffset(UTC))
                .query(UUID.class)
                .optional();
    }

    /** Of two callers at the same moment one gets it. */
    boolean use(Secret secret) {
        return jdbc.sql("""
                        update access.password_links set used_at = :now
                        where hash = :hash and used_at is null and expires_at > :now""")
                        .param("hash", secret.hash())
                        .param("now", clock.instant().atOffset(UTC))
                        .update()
                == 1;
    }

    void forget(UUID user) {
        jdbc.sql("delete from access.password_links where user_id = :user and used_at is null")
                .param("user", user)
                .update();
    }
}
