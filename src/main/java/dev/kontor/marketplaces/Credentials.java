package dev.kontor.marketplaces;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What proves that Kontor may act for a seller. Only the adapter that made it knows its entries; everybody else keeps it
 * encrypted.
 *
 * @param expiresAt from when on the marketplace refuses it, or null where it does not age
 */
public record Credentials(
        Map<String, String> secrets, @Nullable Instant expiresAt) {

    public Credentials {
        secrets = Map.copyOf(secrets);
    }

    public String secret(String name) {
        var secret = secrets.get(name);
        if (secret == null) {
            throw new IllegalArgumentException("the credentials have no entry " + name);
        }
        return secret;
    }

    @Override
    public String toString() {
        return "Credentials[" + secrets.keySet() + ", expiresAt=" + expiresAt + "]";
    }
}
