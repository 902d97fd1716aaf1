package dev.kontor.access.sessions;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Whether an access token's session still lives. An end, a changed role or a disabled user takes effect at once on the
 * instance that made the change, and within {@link #MEMORY} on the others.
 */
@Component
public class SessionCheck {

    static final Duration MEMORY = Duration.ofSeconds(5);

    private final Sessions sessions;
    private final Cache<UUID, Optional<LiveSession>> known =
            Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(10_000).build();

    SessionCheck(Sessions sessions) {
        this.sessions = sessions;
    }

    public Optional<LiveSession> find(Jwt token) {
        var session = UUID.fromString(token.getClaimAsString(AccessTokens.SESSION));
        return known.get(session, sessions::findLive);
    }

    void forget(UUID session) {
        known.invalidate(session);
    }

    void forgetAll() {
        known.invalidateAll();
    }
}
