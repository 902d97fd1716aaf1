package dev.kontor.access.keys;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Role;

/** What may be shown of a key after its creation. */
public record ApiKey(
        UUID id,
        String name,
        String prefix,
        Role role,
        boolean personalData,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
