package dev.kontor.access.factors;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

@Repository
class Factors {

    private final JdbcClient jdbc;
    private final Clock clock;

    Factors(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param createdAt tells this factor from one that the person has set up since */
    record Factor(UUID user, Instant createdAt, byte[] sealed, boolean confirmed, long lastStep) {}

    Optional<Factor> find(UUID user) {
        return jdbc.sql("select * from access.second_factors where user_id = :user")
                .param("user", user)
                .query((row, _) -> new Factor(
                        row.getObject("user_id", UUID.class),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getBytes("sealed"),
                        row.getObject("confirmed_at", OffsetDateTime.class) != null,
                        row.getLong("last_step")))
                .optional();
    }

    /** False where there is a confirmed one. */
    boolean begin(UUID user, byte[] sealed) {
        return jdbc.sql("""
                        insert into access.second_factors (user_id, sealed, created_at, last_step)
                        values (:user, :sealed, :now, 0)
                        on conflict (user_id) do update set sealed = excluded.sealed, created_at = excluded.created_at,
                          last_step = 0 where second_factors.confirmed_at is null""")
                        .param("user", user)
                        .param("sealed", sealed)
                        .param("now", now())
                        .update()
                == 1;
    }

    /** Of two who show the same code at the same moment one is let in. */
    boolean take(Factor factor, long step) {
        return jdbc.sql("""
                        update access.second_factors set last_step = :step
                        where user_id = :user and created_at = :createdAt and last_step < :step""")
                        .param("user", factor.user())
                        .param("createdAt", factor.createdAt().atOffset(UTC))
                        .param("step", step)
                        .update()
                == 1;
    }

    boolean confirm(Factor factor) {
        return jdbc.sql("""
                        update access.second_factors set confirmed_at = :now
                        where user_id = :user and created_at = :createdAt and confirmed_at is null""")
                        .param("user", factor.user())
                        .param("createdAt", factor.createdAt().atOffset(UTC))
                        .param("now", now())
                        .update()
                == 1;
    }

    void replaceRecoveryCodes(UUID user, Collection<byte[]> hashes) {
        jdbc.sql("delete from access.recovery_codes where user_id = :user")
                .param("user", user)
                .update();
        jdbc.sql("insert into access.recovery_codes (user_id, hash) select :user, unnest(:hashes::bytea[])")
                .param("user", user)
                .param("hashes", hashes.toArray(byte[][]::new))
                .update();
    }

    boolean useRecoveryCode(UUID user, byte[] hash) {
        return jdbc.sql("""
                        update access.recovery_codes set used_at = :now
                        where user_id = :user and hash = :hash and used_at is null""")
                        .param("user", user)
                        .param("hash", hash)
                        .param("now", now())
                        .update()
                == 1;
    }

    int recoveryCodesLeft(UUID user) {
        return jdbc.sql("select count(*) from access.recovery_codes where user_id = :user and used_at is null")
                .param("user", user)
                .query(Integer.class)
                .single();
    }

    boolean remove(UUID user) {
        return jdbc.sql("delete from access.second_factors where user_id = :user")
                        .param("user", user)
                        .update()
                == 1;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(UTC);
    }
}
