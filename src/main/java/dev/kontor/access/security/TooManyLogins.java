package dev.kontor.access.security;

import org.springframework.security.core.AuthenticationException;

import dev.kontor.api.TooManyRequests;

/** Name and password were not even looked at. */
class TooManyLogins extends AuthenticationException {

    private final transient TooManyRequests refusal;

    TooManyLogins(TooManyRequests refusal) {
        super("too many attempts have failed");
        this.refusal = refusal;
    }

    TooManyRequests refusal() {
        return refusal;
    }
}
