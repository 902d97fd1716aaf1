package dev.kontor.access.keys;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.access.Scope;
import dev.kontor.access.files.Secret;
import dev.kontor.api.Forbidden;
import dev.kontor.api.KeyExpired;

/**
 * A key with the hash that a secret of it must have.
 *
 * @param role of the person who was shown the secret
 * @param enabled whether this person may log in
 */
record StoredKey(
        UUID id,
        String name,
        Set<Scope> scopes,
        SourceAddresses addresses,
        Instant expiresAt,
        byte[] secretHash,
        @Nullable Instant goodUntil,
        Role role,
        boolean enabled) {

    boolean opensWith(Secret secret) {
        return secret.matches(secretHash);
    }

    /** Whoever has the right secret learns what is in the way. */
    Caller caller(String remote, Instant now) {
        var end = end();
        if (!now.isBefore(end)) {
            throw new KeyExpired(end);
        }
        if (!enabled) {
            throw new Forbidden("The person who was shown this API key may not log in any more; an administrator can"
                    + " rotate it.");
        }
        if (!addresses.contain(remote)) {
            throw new Forbidden("This API key may not be used from " + remote + ".");
        }
        return Caller.apiKey(id, name, role, scopes);
    }

    private Instant end() {
        return goodUntil == null || goodUntil.isAfter(expiresAt) ? expiresAt : goodUntil;
    }
}
