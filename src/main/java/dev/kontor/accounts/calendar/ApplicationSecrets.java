package dev.kontor.accounts.calendar;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.marketplaces.Authorization.ApplicationSecret;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.privacy.Cipher;

import static java.time.ZoneOffset.UTC;

/**
 * The secrets of Kontor's own applications, which stand in its settings. When one is entered nobody tells, so it is noted
 * when one is seen for the first time; to know it again it is kept encrypted.
 */
@Repository
class ApplicationSecrets {

    private final Marketplaces marketplaces;
    private final JdbcClient jdbc;
    private final Cipher cipher;
    private final Clock clock;

    ApplicationSecrets(Marketplaces marketplaces, JdbcClient jdbc, Cipher cipher, Clock clock) {
        this.marketplaces = marketplaces;
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Known(UUID id, Instant enteredAt, byte[] sealed) {}

    /** At the start and every day. */
    @Transactional
    @EventListener(ApplicationReadyEvent.class)
    public void look() {
        jdbc.sql("lock table accounts.application_secrets in share row exclusive mode")
                .update(); // two instances that start together note it once
        for (var marketplace : marketplaces.all()) {
            marketplace.authorizations().stream()
                    .flatMap(way -> way.applicationSecret().stream())
                    .distinct()
                    .forEach(secret -> note(marketplace, secret));
        }
    }

    private void note(Marketplace marketplace, ApplicationSecret secret) {
        var code = marketplace.code().value();
        known(code, secret).ifPresentOrElse(known -> renew(known, secret), () -> add(code, secret));
    }

    private Optional<Known> known(String marketplace, ApplicationSecret secret) {
        return jdbc
                .sql("""
                        select id, entered_at, sealed from accounts.application_secrets
                        where marketplace = :marketplace and setting = :setting""")
                .param("marketplace", marketplace)
                .param("setting", secret.setting())
                .query((row, _) -> new Known(
                        row.getObject("id", UUID.class),
                        row.getObject("entered_at", OffsetDateTime.class).toInstant(),
                        row.getBytes("sealed")))
                .list()
                .stream()
                .filter(known ->
                        MessageDigest.isEqual(cipher.decrypt(known.sealed(), context(known.id())), bytes(secret)))
                .findFirst();
    }

    private void renew(Known known, ApplicationSecret secret) {
        jdbc.sql("update accounts.application_secrets set in_use_at = :now, rotate_by = :rotateBy where id = :id")
                .param("now", clock.instant().atOffset(UTC))
                .param("rotateBy", rotateBy(known.enteredAt(), secret))
                .param("id", known.id())
                .update();
    }

    private void add(String marketplace, ApplicationSecret secret) {
        var id = UUID.randomUUID();
        var now = clock.instant();
        jdbc.sql("""
                        insert into accounts.application_secrets (id, marketplace, setting, sealed, entered_at, in_use_at,
                          rotate_by)
                        values (:id, :marketplace, :setting, :sealed, :now, :now, :rotateBy)""")
                .param("id", id)
                .param("marketplace", marketplace)
                .param("setting", secret.setting())
                .param("sealed", cipher.encrypt(bytes(secret), context(id)))
                .param("now", now.atOffset(UTC))
                .param("rotateBy", rotateBy(now, secret))
                .update();
    }

    private static @Nullable OffsetDateTime rotateBy(Instant enteredAt, ApplicationSecret secret) {
        return secret.life() == null ? null : enteredAt.plus(secret.life()).atOffset(UTC);
    }

    private static byte[] bytes(ApplicationSecret secret) {
        return secret.value().getBytes(StandardCharsets.UTF_8);
    }

    static String context(Object id) {
        return "application secret " + id;
    }
}
