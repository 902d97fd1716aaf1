package dev.kontor.access.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

import dev.kontor.access.Caller;

/** A caller that proved who it is; a person with an access token also has a session. */
public final class CallerAuthentication extends AbstractAuthenticationToken {

    static final String PERSONAL_DATA = "PERSONAL_DATA";

    private final Caller caller;
    private final @Nullable UUID session;

    CallerAuthentication(Caller caller, @Nullable UUID session) {
        super(authorities(caller));
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

    private static Collection<GrantedAuthority> authorities(Caller caller) {
        var authorities = new ArrayList<GrantedAuthority>();
        caller.role().included().forEach(role -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role)));
        if (caller.mayReadPersonalData()) {
            authorities.add(new SimpleGrantedAuthority(PERSONAL_DATA));
        }
        return authorities;
    }
}
