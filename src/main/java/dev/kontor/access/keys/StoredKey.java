package dev.kontor.access.keys;

import java.time.Instant;

import dev.kontor.access.Caller;
import dev.kontor.access.files.Secret;

/** A key with the hash that its secret must have. */
record StoredKey(ApiKey key, byte[] secretHash) {

    boolean opensWith(Secret secret, Instant now) {
        return secret.matches(secretHash) && (key.expiresAt() == null || now.isBefore(key.expiresAt()));
    }

    Caller caller() {
        return Caller.apiKey(key.id(), key.name(), key.role(), key.personalData());
    }
}
