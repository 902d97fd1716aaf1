package dev.kontor.access.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.Caller;
import dev.kontor.access.Scope;
import dev.kontor.access.keys.ApiKey.ShownSecret;
import dev.kontor.api.Conflict;
import dev.kontor.api.Forbidden;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** Gives out keys, changes and rotates them, lists them and takes them back. */
@Service
public class KeyRing {

    /** Each is a secret that somebody has; that there are more and more of them is a mistake. */
    private static final int MOST_SECRETS = 3;

    private final ApiKeys keys;
    private final KeySecrets secrets;
    private final KeyCheck check;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AuditLog audit;

    KeyRing(
            ApiKeys keys,
            KeySecrets secrets,
            KeyCheck check,
            TransactionOperations transaction,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.keys = keys;
        this.secrets = secrets;
        this.check = check;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A key and its text, which nobody can see again; there is none where the same request has come before. */
    public record Issued(ApiKey key, @Nullable String text) {
        @Override
        public String toString() {
            return "Issued[" + key + "]";
        }
    }

    /** @param idempotencyKey by which the caller sends the same request again */
    public Issued create(CreateApiKey command, @Nullable String idempotencyKey, Caller caller) {
        requirePerson(caller);
        return once(KeyRequest.of(idempotencyKey, caller, command.toString()), request -> {
            var now = now();
            var key = new ApiKey(
                    UUID.randomUUID(),
                    command.name(),
                    command.scopes(),
                    command.addresses(),
                    caller.id(),
                    now,
                    Lifetime.end(command.expiresAt(), Lifetime.USUAL, now),
                    now,
                    1,
                    List.of());
            keys.add(key);
            return issue(key, caller, now, request)
                    .map(issued ->
                            told(issued, told("api-key.created", null, key).hidden("secret")));
        });
    }

    /**
     * Gives the key another secret. The earlier ones stay good for the overlap, but not beyond the end that they had: so
     * does one that an earlier rotation has left for a while, and without overlap all of them end at once.
     *
     * @throws Conflict where too many are good already
     */
    public Issued rotate(UUID id, RotateApiKey command, @Nullable String idempotencyKey, Caller caller) {
        requirePerson(caller);
        var issued = once(KeyRequest.of(idempotencyKey, caller, id + " " + command), request -> {
            var now = now();
            var key = keys.lock(id).orElseThrow(() -> NotFound.of("API key", id));
            requireRoom(key, command.overlap(), now);
            secrets.retire(id, earlier(now.plus(command.overlap()), key.expiresAt()));
            var renewed = key.expiringAt(Lifetime.end(command.expiresAt(), key.lifetime(), now), now);
            keys.save(renewed);
            return issue(renewed, caller, now, request)
                    .map(given ->
                            told(given, told("api-key.rotated", key, renewed).hidden("secret")));
        });
        check.forget(id);
        return issued;
    }

    private void requireRoom(ApiKey key, Duration overlap, Instant now) {
        var good = withSecrets(List.of(key), now).getFirst().secrets();
        if (overlap.isPositive() && good.size() >= MOST_SECRETS) {
            throw new Conflict(
                    "too-many-secrets",
                    "This API key has " + good.size() + " secrets that are good; wait until the oldest one ends, at "
                            + good.getLast().goodUntil() + ", or end them all by a rotation without overlap.");
        }
    }

    private Optional<Issued> issue(ApiKey key, Caller caller, Instant now, @Nullable KeyRequest request) {
        var text = KeyText.random();
        return secrets.add(key.id(), text, caller.id(), now, request)
                ? Optional.of(new Issued(withSecrets(List.of(key), now).getFirst(), text.text()))
                : Optional.empty();
    }

    private interface Attempt {
        Optional<Issued> of(@Nullable KeyRequest request);
    }

    /** In one transaction, which is undone where another instance has just done the same. */
    private Issued once(@Nullable KeyRequest request, Attempt attempt) {
        return done(request)
                .or(() -> Objects.requireNonNull(transaction.execute(status -> {
                    var issued = attempt.of(request);
                    if (issued.isEmpty()) {
                        status.setRollbackOnly();
                    }
                    return issued;
                })))
                .or(() -> done(request))
                .orElseThrow(() -> new Conflict("This request was just undone by another one; send it again."));
    }

    private Optional<Issued> done(@Nullable KeyRequest request) {
        return Optional.ofNullable(request)
                .flatMap(it -> secrets.findRequest(it.key()).map(done -> {
                    if (!done.isOf(it)) {
                        throw new Conflict(
                                "idempotency-key-reused", "This Idempotency-Key was used for another request before.");
                    }
                    return new Issued(get(done.apiKey()), null);
                }));
    }

    public List<ApiKey> list(Instant createdAt, UUID id, int limit) {
        return withSecrets(keys.list(createdAt, id, limit), now());
    }

    public ApiKey get(UUID id) {
        return keys.find(id)
                .map(key -> withSecrets(List.of(key), now()).getFirst())
                .orElseThrow(() -> NotFound.of("API key", id));
    }

    /** @param seen refuses a version that is not the present one */
    public ApiKey change(UUID id, ChangeApiKey command, LongConsumer seen, Caller caller) {
        requirePerson(caller);
        transaction.executeWithoutResult(_ -> {
            var key = keys.lock(id).orElseThrow(() -> NotFound.of("API key", id));
            seen.accept(key.version());
            var changed = key.changed(command, now());
            keys.save(changed);
            audit.record(told("api-key.changed", key, changed));
        });
        check.forget(id);
        return get(id);
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

    private Issued told(Issued issued, Act act) {
        audit.record(act);
        return issued;
    }

    /** Its name stays out of it, as people call keys after themselves. */
    private static Act told(String action, @Nullable ApiKey was, ApiKey is) {
        return Act.of(action, "api-key", is.id())
                .labels("scopes", was == null ? null : scopes(was), scopes(is))
                .labels(
                        "addresses",
                        was == null ? null : was.addresses().ranges(),
                        is.addresses().ranges())
                .field("expiresAt", was == null ? null : was.expiresAt(), is.expiresAt());
    }

    private static List<String> scopes(ApiKey key) {
        return key.scopes().stream().map(Scope::text).toList();
    }

    private List<ApiKey> withSecrets(List<ApiKey> found, Instant now) {
        var good = secrets.good(found.stream().map(ApiKey::id).toList(), now);
        return found.stream()
                .map(key -> key.with(good.getOrDefault(key.id(), List.<ShownSecret>of())))
                .toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static void requirePerson(Caller caller) {
        if (caller.kind() != Caller.Kind.PERSON) {
            throw new Forbidden("Only a person makes, changes and rotates API keys: a key that leaked could make itself"
                    + " another one, or a mightier one.");
        }
    }
}
