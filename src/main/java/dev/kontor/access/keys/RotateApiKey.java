package dev.kontor.access.keys;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Asks for another secret of a key.
 *
 * @param overlap how long the earlier ones are good at most
 * @param expiresAt when the key expires; where it is left out the key lives on as long as it was to live before
 */
public record RotateApiKey(Duration overlap, @Nullable Instant expiresAt) {}
