package dev.kontor.access.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.access.sessions.Session;

/**
 * A login, as its owner and administrators see it.
 *
 * @param usedAt when its tokens were last renewed, which happens at least every quarter of an hour of use
 * @param agent what the program said of itself
 * @param present whether it is the one that asks
 */
record SessionBody(
        UUID id,
        Instant createdAt,
        Instant usedAt,
        Instant expiresAt,
        @Schema(example = "203.0.113.7") String address,

        @Schema(example = "Mozilla/5.0 (X11; Linux x86_64)") @Nullable
        String agent,

        boolean present) {

    static SessionBody of(Session session, boolean present) {
        return new SessionBody(
                session.id(),
                session.createdAt(),
                session.usedAt(),
                session.expiresAt(),
                session.device().address(),
                session.device().agent(),
                present);
    }
}
