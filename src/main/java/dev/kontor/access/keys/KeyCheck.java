package dev.kontor.access.keys;

import java.time.Clock;
import java.time.Duration;
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
 */
@Component
public class KeyCheck {

    static final Duration MEMORY = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private final KeySecrets secrets;
    private final KeyUses uses;
    private final Clock clock;
    private final Cache<String, Optional<StoredKey>> known =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(MOST).build();

    KeyCheck(KeySecrets secrets, KeyUses uses, Clock clock) {
        this.secrets = secrets;
        this.uses = uses;
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
                            uses.note(parsed.prefix(), remote);
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
}
