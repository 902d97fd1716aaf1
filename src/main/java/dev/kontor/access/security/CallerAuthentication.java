package dev.kontor.access.security;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

import dev.kontor.access.Caller;

/** A caller that proved who it is; a person with an access token also has a session. */
public final class CallerAuthentication extends AbstractAuthenticationToken {

    private final Caller caller;
    private final @Nullable UUID session;

    CallerAuthentication(Caller caller, @Nullable UUID session) {
        super(List.of()); // rules ask the caller itself
        this.caller = caller;
        this.session = session;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    public Optional<UUID> session() {
        return Optional.ofNullable(session);
    }
}
