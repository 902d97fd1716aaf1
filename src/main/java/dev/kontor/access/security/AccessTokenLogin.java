package dev.kontor.access.security;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;

import dev.kontor.access.sessions.SessionCheck;

/** A valid signature is not enough: the session must live, and the role is the present one. */
@Component
class AccessTokenLogin implements Converter<Jwt, CallerAuthentication> {

    private final SessionCheck sessions;

    AccessTokenLogin(SessionCheck sessions) {
        this.sessions = sessions;
    }

    @Override
    public CallerAuthentication convert(Jwt token) {
        return sessions.find(token)
                .map(session -> new CallerAuthentication(session.caller(), session.id()))
                .orElseThrow(() -> new InvalidBearerTokenException("the session is over"));
    }
}
