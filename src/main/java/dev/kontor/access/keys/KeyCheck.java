package dev.kontor.access.keys;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.kontor.access.Caller;

/**
 * Whose key this is. A deleted key stops working at once on the instance that deleted it, and within {@link #MEMORY} on
 * the others.
 */
@Component
public class KeyCheck {

    static final Duration MEMORY = Duration.ofSeconds(5);
    static final Duration LAST_USE_PRECISION = Duration.ofMinutes(1);

    private final ApiKeys keys;
    private final Clock clock;
    private final Cache<String, Optional<StoredKey>> known =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(10_000).build();

    KeyCheck(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    public Optional<Caller> check(String text) {
        return KeyText.parse(text).flatMap(this::find).map(stored -> {
            noteUse(stored.key());
            return stored.caller();
        });
    }

    void forget(UUID id) {
        known.asMap()
                .values()
                .removeIf(found ->
                        found.filter(stored -> stored.key().id().equals(id)).isPresent());
    }

    private Optional<StoredKey> find(KeyText text) {
        return known.get(text.prefix(), keys::find).filter(stored -> stored.opensWith(text.secret(), clock.instant()));
    }

    private void noteUse(ApiKey key) {
        var now = clock.instant();
        var outdated = now.minus(LAST_USE_PRECISION);
        if (key.lastUsedAt() == null || !key.lastUsedAt().isAfter(outdated)) {
            keys.used(key.id(), now, outdated);
            known.invalidate(key.prefix()); // it holds the time before
        }
    }
}
