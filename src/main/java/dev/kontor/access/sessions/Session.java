package dev.kontor.access.sessions;

import java.time.Instant;
import java.util.UUID;

/**
 * A login that can be continued.
 *
 * @param usedAt when its tokens were last renewed
 * @param device of that moment
 */
public record Session(UUID id, Instant createdAt, Instant usedAt, Instant expiresAt, Device device) {}
