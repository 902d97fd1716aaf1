package dev.kontor.accounts.credentials;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Credentials;

/**
 * An account's credentials, opened.
 *
 * @param version unique over all accounts and times
 * @param kind the way in which they were permitted, which is the way to renew them
 * @param renewAt when the next renewal is due; null where they do not age
 * @param presentedAt when they were first presented for a renewal of unknown outcome; null where none is open
 */
record StoredCredentials(
        AccountId account,
        long version,
        Authorization.Kind kind,
        Credentials credentials,
        @Nullable Instant renewAt,
        @Nullable Instant presentedAt) {

    boolean expiredAt(Instant now) {
        var expiresAt = credentials.expiresAt();
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    boolean dueAt(Instant now) {
        return renewAt != null && !now.isBefore(renewAt);
    }
}
