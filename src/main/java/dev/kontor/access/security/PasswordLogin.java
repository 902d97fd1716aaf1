package dev.kontor.access.security;

import java.util.Optional;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import dev.kontor.access.Caller;
import dev.kontor.access.attempts.Place;
import dev.kontor.access.factors.SecondFactor;
import dev.kontor.access.users.Passwords;
import dev.kontor.access.users.User;
import dev.kontor.api.TooManyRequests;

/** Name and password with each request, for a person who opens a page of Kontor in a browser. */
class PasswordLogin implements AuthenticationProvider {

    private final Passwords passwords;
    private final SecondFactor factor;

    PasswordLogin(Passwords passwords, SecondFactor factor) {
        this.passwords = passwords;
        this.factor = factor;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        return check(authentication)
                .filter(user -> !factor.isWanted(user.id())) // a browser asks for no code
                .map(user -> new CallerAuthentication(Caller.person(user.id(), user.name(), user.role()), null))
                .orElseThrow(() -> new BadCredentialsException("wrong user name or password"));
    }

    private Optional<User> check(Authentication authentication) {
        try {
            return passwords.check(
                    authentication.getName(), String.valueOf(authentication.getCredentials()), place(authentication));
        } catch (TooManyRequests e) {
            throw new TooManyLogins(e);
        }
    }

    private static Place place(Authentication authentication) {
        return Place.of(
                authentication.getDetails() instanceof WebAuthenticationDetails request
                        ? request.getRemoteAddress()
                        : "");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
