package dev.kontor.access.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.kontor.access.Caller;
import dev.kontor.access.users.RightsChanged;
import dev.kontor.api.Forbidden;
import dev.kontor.api.KeyExpired;

/**
 * Whose key this is. A change of a key, or of what the person may who was shown it, takes effect at once on the instance
 * that made it, and within {@link #MEMORY} on the others; the end of a key or of a secret at once on all.
 *
 * <p>The last use of a secret is known to the {@link #LAST_USE_PRECISION}: further uses within it write nothing, and the
 * address is that of the use that was written.
 */
@Component
public class KeyCheck {

    static final Duration MEMORY = Duration.ofSeconds(5);
    static final Duration LAST_USE_PRECISION = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final KeySecrets secrets;
    private final Clock clock;
    private final Cache<String, Optional<StoredKey>> known =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(MOST).build();
    private final Cache<String, Instant> uses =
            Caffeine.newBuilder().maximumSize(MOST).build();

    KeyCheck(KeySecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Empty where there is no such key, or its secret is another.
     *
     * @param remote the address from which it is used
     * @throws KeyExpired where the secret is right and not good any more
     * @throws Forbidden where it is good and may not be used, or not from there
     */
    public Optional<Caller> check(String text, String remote) {
        return KeyText.parse(text)
                .flatMap(parsed -> known.get(parsed.prefix(), secrets::find)
                        .filter(stored -> stored.opensWith(parsed.secret()))
                        .map(stored -> stored.caller(remote, clock.instant()))
                        .map(caller -> {
                            noteUse(parsed.prefix(), remote);
                            return caller;
                        }));
    }

    void forget(UUID id) {
        known.asMap()
                .values()
                .removeIf(
                        found -> found.filter(stored -> stored.id().equals(id)).isPresent());
    }

    /** Before the commit the old rights would be learnt again. */
    @EventListener
    void on(RightsChanged event) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                known.invalidateAll();
            }
        });
    }

    /** Of many at the same moment one writes. */
    private void noteUse(String prefix, String remote) {
        var now = clock.instant();
        var outdated = now.minus(LAST_USE_PRECISION);
        var last = uses.getIfPresent(prefix);
        if (last == null) {
            if (uses.asMap().putIfAbsent(prefix, now) == null) {
                secrets.used(prefix, now, remote, outdated);
            }
        } else if (!last.isAfter(outdated) && uses.asMap().replace(prefix, last, now)) {
            secrets.used(prefix, now, remote, outdated);
        }
    }
}
