package dev.kontor.access.keys;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Scope;

/** Asks for a new key. Where no expiry is named it is good for {@link Lifetime#USUAL}. */
public record CreateApiKey(
        String name,
        List<Scope> scopes,
        SourceAddresses addresses,
        @Nullable Instant expiresAt) {

    public CreateApiKey {
        scopes = scopes.stream().distinct().sorted().toList();
    }
}
