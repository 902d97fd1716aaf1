package dev.kontor.notifications.webhooks;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import dev.kontor.privacy.Cipher;

import static java.time.ZoneOffset.UTC;

/** What endpoints and Kontor know and nobody else does; sealed where it lies, and each opens for its own row only. */
@Repository
class Secrets {

    /** What the specification has in front of them. */
    static final String PREFIX = "whsec_";

    private static final int BYTES = 32;

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private static final SecureRandom random = new SecureRandom();

    private final JdbcClient jdbc;
    private final Cipher cipher;

    Secrets(JdbcClient jdbc, Cipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** @param goodUntil where it was replaced */
    record Shown(UUID id, Instant createdAt, @Nullable Instant goodUntil) {}

    static String context(String id) {
        return "webhook secret " + id;
    }

    /** From now on it signs; the text is to be shown once. */
    String add(EndpointId endpoint, Instant now) {
        var id = ids.generate();
        var secret = new byte[BYTES];
        random.nextBytes(secret);
        jdbc.sql("insert into notifications.webhook_secrets (id, endpoint, sealed, created_at) values (?, ?, ?, ?)")
                .params(id, endpoint.value(), cipher.encrypt(secret, context(id.toString())), now.atOffset(UTC))
                .update();
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    /** The present one ends with the overlap, and an earlier one at the same time if not sooner. */
    void end(EndpointId endpoint, Duration overlap, Instant now) {
        jdbc.sql("""
                        update notifications.webhook_secrets set good_until = least(good_until, :end)
                        where endpoint = :endpoint""")
                .param("end", now.plus(overlap).atOffset(UTC))
                .param("endpoint", endpoint.value())
                .update();
        jdbc.sql("delete from notifications.webhook_secrets where endpoint = ? and good_until <= ?")
                .params(endpoint.value(), now.atOffset(UTC))
                .update();
    }

    /** Those that sign, the newest first. */
    List<Shown> list(EndpointId endpoint, Instant now) {
        return jdbc.sql("""
                        select id, created_at, good_until from notifications.webhook_secrets
                        where endpoint = ? and (good_until is null or good_until > ?) order by id desc""")
                .params(endpoint.value(), now.atOffset(UTC))
                .query((row, _) -> {
                    var end = row.getObject("good_until", OffsetDateTime.class);
                    return new Shown(
                            row.getObject("id", UUID.class),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            end == null ? null : end.toInstant());
                })
                .list();
    }

    /** The keys that sign, the newest first. */
    List<byte[]> open(EndpointId endpoint, Instant now) {
        return jdbc.sql("""
                        select id, sealed from notifications.webhook_secrets
                        where endpoint = ? and (good_until is null or good_until > ?) order by id desc""")
                .params(endpoint.value(), now.atOffset(UTC))
                .query((row, _) -> cipher.decrypt(row.getBytes("sealed"), context(row.getString("id"))))
                .list();
    }

    int forget(Instant endedBefore) {
        return jdbc.sql("delete from notifications.webhook_secrets where good_until <= ?")
                .param(endedBefore.atOffset(UTC))
                .update();
    }
}
