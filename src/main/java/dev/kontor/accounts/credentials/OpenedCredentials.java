package dev.kontor.accounts.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Credentials;

/** Keeps a few opened credentials for a short while, so that not every call decrypts. */
@Component
class OpenedCredentials {

    private static final int MOST = 256;
    private static final Duration LIFE = Duration.ofMinutes(1);

    private record Opened(Credentials credentials, Instant until) {}

    private final Map<Long, Opened> byVersion = new LinkedHashMap<>();
    private final CredentialStore store;
    private final Clock clock;

    OpenedCredentials(CredentialStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What the account has now; the row is read every time, only opening it is spared. */
    Optional<StoredCredentials> find(AccountId account) {
        return store.find(account).map(row -> {
            var known = known(row.version());
            return known.map(credentials -> new StoredCredentials(
                            account, row.version(), row.kind(), credentials, row.renewAt(), row.presentedAt()))
                    .orElseGet(() -> remember(store.open(account, row)));
        });
    }

    private synchronized Optional<Credentials> known(long version) {
        var now = clock.instant();
        byVersion.values().removeIf(opened -> !now.isBefore(opened.until()));
        return Optional.ofNullable(byVersion.get(version)).map(Opened::credentials);
    }

    private synchronized StoredCredentials remember(StoredCredentials stored) {
        if (byVersion.size() >= MOST) {
            byVersion.remove(byVersion.keySet().iterator().next());
        }
        byVersion.put(
                stored.version(),
                new Opened(stored.credentials(), clock.instant().plus(LIFE)));
        return stored;
    }
}
