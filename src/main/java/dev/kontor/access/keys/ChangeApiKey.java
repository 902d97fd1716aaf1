package dev.kontor.access.keys;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Scope;

/** What is to become of a key; what is left out stays as it is. */
public record ChangeApiKey(
        @Nullable String name,
        @Nullable List<Scope> scopes,
        @Nullable SourceAddresses addresses,
        @Nullable Instant expiresAt) {

    public ChangeApiKey {
        scopes = scopes == null ? null : scopes.stream().distinct().sorted().toList();
    }
}
