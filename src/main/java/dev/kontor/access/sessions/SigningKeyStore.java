package dev.kontor.access.sessions;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

import com.nimbusds.jose.jwk.ECKey;

import dev.kontor.access.Seal;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

import static java.time.ZoneOffset.UTC;

/** The keys that sign access tokens, in the database and sealed there. */
@Repository
class SigningKeyStore {

    private final JdbcClient jdbc;
    private final Seal seal;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AuditLog audit;

    SigningKeyStore(JdbcClient jdbc, Seal seal, TransactionOperations transaction, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.seal = seal;
        this.transaction = transaction;
        this.clock = clock;
    }

    List<SigningKey> newestFirst() {
        return jdbc.sql("select * from access.signing_keys order by created_at desc, id")
                .query((row, _) -> open(row))
                .list();
    }

    /**
     * Makes a new key, unless somebody else has just made it unnecessary.
     *
     * @param wanted of the newest one there is
     * @param usable how long one that was replaced is still good
     */
    void renew(Predicate<Optional<SigningKey>> wanted, Duration usable) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("lock table access.signing_keys in share row exclusive mode")
                    .update();
            var newest = newestFirst().stream().findFirst();
            if (!wanted.test(newest)) {
                return;
            }
            newest.map(SigningKey::createdAt)
                    .filter(replaced -> replaced.plus(usable).isBefore(clock.instant()))
                    .ifPresent(this::deleteOlderThan);
            var made = SigningKey.make(after(newest));
            add(made);
            audit.record(Act.of("signing-key.made", "signing-key", made.id()).hidden("key"));
        });
    }

    /** Also where clocks differ, the newest is the one that was made last. */
    private Instant after(Optional<SigningKey> newest) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return newest.map(key -> key.createdAt().plus(1, ChronoUnit.MICROS))
                .filter(earliest -> earliest.isAfter(now))
                .orElse(now);
    }

    private void deleteOlderThan(Instant createdAt) {
        jdbc.sql("delete from access.signing_keys where created_at < :createdAt")
                .param("createdAt", createdAt.atOffset(UTC))
                .update();
    }

    private void add(SigningKey made) {
        var plain = made.key().toJSONString().getBytes(StandardCharsets.UTF_8);
        jdbc.sql("insert into access.signing_keys (id, sealed, created_at) values (:id, :sealed, :createdAt)")
                .param("id", made.id())
                .param("sealed", seal.close(plain, context(made.id())))
                .param("createdAt", made.createdAt().atOffset(UTC))
                .update();
    }

    private SigningKey open(ResultSet row) throws SQLException {
        var id = row.getString("id");
        try {
            var plain = new String(seal.open(row.getBytes("sealed"), context(id)), StandardCharsets.UTF_8);
            var createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
            return new SigningKey(ECKey.parse(plain), createdAt);
        } catch (ParseException e) {
            throw new IllegalStateException("signing key " + id + " is none"); // no cause: it quotes
        }
    }

    static String context(String id) {
        return "signing key " + id;
    }
}
