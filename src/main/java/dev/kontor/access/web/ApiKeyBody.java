package dev.kontor.access.web;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.access.Scope;
import dev.kontor.access.keys.ApiKey;
import dev.kontor.access.keys.ApiKey.ShownSecret;

/** A key as it is shown, without any secret. */
@Schema(name = "ApiKey")
record ApiKeyBody(
        UUID id,
        @Schema(example = "reports") String name,
        List<Scope> scopes,

        @Schema(
                example = "[\"203.0.113.0/24\"]",
                description = "From where it may be used; from everywhere where there is none")
        List<String> addresses,

        UUID createdBy,
        Instant createdAt,
        Instant expiresAt,

        @Schema(description = "To the minute") @Nullable Instant lastUsedAt,

        @Schema(example = "203.0.113.7") @Nullable String lastUsedFrom,

        @Schema(description = "The newest first; further ones are good for a while since they were replaced")
        List<SecretBody> secrets) {

    @Schema(name = "ApiKeySecret")
    record SecretBody(
            @Schema(example = "q7Zt1xKd", description = "The beginning of what is sent: `kontor_<prefix>_`")
            String prefix,

            @Schema(description = "The person who has seen it; the key never does more than this person may")
            UUID shownTo,

            Instant createdAt,
            Instant goodUntil,
            @Nullable Instant lastUsedAt,
            @Schema(example = "203.0.113.7") @Nullable String lastUsedFrom) {

        static SecretBody of(ShownSecret secret, Instant end) {
            return new SecretBody(
                    secret.prefix(),
                    secret.shownTo(),
                    secret.createdAt(),
                    secret.goodUntil() == null || secret.goodUntil().isAfter(end) ? end : secret.goodUntil(),
                    secret.lastUsedAt(),
                    secret.lastUsedFrom());
        }
    }

    static ApiKeyBody of(ApiKey key) {
        var last = lastUsed(key);
        return new ApiKeyBody(
                key.id(),
                key.name(),
                key.scopes(),
                key.addresses().ranges(),
                key.createdBy(),
                key.createdAt(),
                key.expiresAt(),
                last.map(ShownSecret::lastUsedAt).orElse(null),
                last.map(ShownSecret::lastUsedFrom).orElse(null),
                key.secrets().stream()
                        .map(secret -> SecretBody.of(secret, key.expiresAt()))
                        .toList());
    }

    private static Optional<ShownSecret> lastUsed(ApiKey key) {
        return key.secrets().stream()
                .filter(secret -> secret.lastUsedAt() != null)
                .max(Comparator.comparing(secret -> Objects.requireNonNull(secret.lastUsedAt())));
    }
}
