package dev.kontor.access.keys;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.Caller;
import dev.kontor.api.Forbidden;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** Gives out keys, lists them and takes them back. */
@Service
public class KeyRing {

    private final ApiKeys keys;
    private final KeyCheck check;
    private final Clock clock;
    private final AuditLog audit;
    private final TransactionOperations transaction;

    KeyRing(ApiKeys keys, KeyCheck check, Clock clock, AuditLog audit, TransactionOperations transaction) {
        this.transaction = transaction;
        this.audit = audit;
        this.keys = keys;
        this.check = check;
        this.clock = clock;
    }

    /** A key and its text, which nobody can see again. */
    public record Created(ApiKey key, String text) {
        @Override
        public String toString() {
            return "Created[" + key + "]";
        }
    }

    public Created create(CreateApiKey command, Caller creator) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        verify(command, creator, now);
        var text = KeyText.random();
        var key = new ApiKey(
                UUID.randomUUID(),
                command.name(),
                text.prefix(),
                command.role(),
                command.personalData(),
                creator.id(),
                now,
                command.expiresAt(),
                null);
        transaction.executeWithoutResult(_ -> {
            keys.add(key, text.secret().hash());
            audit.record(Act.of("api-key.created", "api-key", key.id())
                    .field("role", key.role())
                    .field("personalData", key.personalData())
                    .field("expiresAt", key.expiresAt())
                    .hidden("key"));
        });
        return new Created(key, text.text());
    }

    public List<ApiKey> list(Instant createdAt, UUID id, int limit) {
        return keys.list(createdAt, id, limit);
    }

    public void delete(UUID id) {
        transaction.executeWithoutResult(_ -> {
            if (!keys.delete(id)) {
                throw NotFound.of("API key", id);
            }
            audit.record(Act.of("api-key.deleted", "api-key", id));
        });
        check.forget(id);
    }

    private static void verify(CreateApiKey command, Caller creator, Instant now) {
        if (creator.kind() != Caller.Kind.PERSON) {
            throw new Forbidden("Only a person creates API keys: a key that leaked could make itself another one.");
        }
        if (!creator.role().includes(command.role())) {
            throw new InvalidField("role", "must not exceed your own, " + creator.role());
        }
        if (command.personalData() && !creator.mayReadPersonalData()) {
            throw new InvalidField("personalData", "must be false, because you may not read personal data either");
        }
        if (command.expiresAt() != null && !command.expiresAt().isAfter(now)) {
            throw new InvalidField("expiresAt", "must be in the future");
        }
    }
}
