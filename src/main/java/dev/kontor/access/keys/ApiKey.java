package dev.kontor.access.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Scope;

/**
 * What may be shown of a key after its creation.
 *
 * @param expirySetAt when its expiry was chosen; what it was to live from then on is its lifetime
 * @param secrets that are still good, the newest first
 */
public record ApiKey(
        UUID id,
        String name,
        List<Scope> scopes,
        SourceAddresses addresses,
        UUID createdBy,
        Instant createdAt,
        Instant expiresAt,
        Instant expirySetAt,
        long version,
        List<ShownSecret> secrets) {

    /**
     * One secret of a key, without the secret.
     *
     * @param shownTo the person who has seen it
     * @param goodUntil where it was replaced
     */
    public record ShownSecret(
            String prefix,
            UUID shownTo,
            Instant createdAt,
            @Nullable Instant goodUntil,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedFrom) {}

    Duration lifetime() {
        return Duration.between(expirySetAt, expiresAt);
    }

    /** From now on it lives until then. */
    ApiKey expiringAt(Instant end, Instant now) {
        return new ApiKey(id, name, scopes, addresses, createdBy, createdAt, end, now, version + 1, secrets);
    }

    /** The same expiry once more is no new one. */
    ApiKey changed(ChangeApiKey command, Instant now) {
        var end = command.expiresAt();
        boolean stays = end == null || end.equals(expiresAt);
        return new ApiKey(
                id,
                command.name() == null ? name : command.name(),
                command.scopes() == null ? scopes : command.scopes(),
                command.addresses() == null ? addresses : command.addresses(),
                createdBy,
                createdAt,
                stays ? expiresAt : Lifetime.end(end, Lifetime.USUAL, now),
                stays ? expirySetAt : now,
                version + 1,
                secrets);
    }

    ApiKey with(List<ShownSecret> found) {
        return new ApiKey(
                id, name, scopes, addresses, createdBy, createdAt, expiresAt, expirySetAt, version, List.copyOf(found));
    }
}
