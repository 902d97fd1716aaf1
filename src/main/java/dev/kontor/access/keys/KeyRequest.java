package dev.kontor.access.keys;

import java.security.MessageDigest;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Caller;
import dev.kontor.access.files.Secret;

/**
 * How a request that may come twice is known again.
 *
 * @param key of this caller, for two may hit upon the same
 * @param hash of all that was asked for
 */
record KeyRequest(String key, byte[] hash) {

    static @Nullable KeyRequest of(@Nullable String idempotencyKey, Caller caller, String asked) {
        return idempotencyKey == null
                ? null
                : new KeyRequest(caller.id() + " " + idempotencyKey, new Secret(asked).hash());
    }

    /** What has come of one. */
    record Done(UUID apiKey, byte[] hash) {

        boolean isOf(KeyRequest request) {
            return MessageDigest.isEqual(hash, request.hash());
        }
    }
}
