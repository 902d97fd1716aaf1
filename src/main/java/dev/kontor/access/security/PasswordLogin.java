package dev.kontor.access.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

import dev.kontor.access.Caller;
import dev.kontor.access.factors.SecondFactor;
import dev.kontor.access.users.Passwords;

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
        return passwords
                .check(authentication.getName(), String.valueOf(authentication.getCredentials()))
                .filter(user -> !factor.isWanted(user.id())) // a browser asks for no code
                .map(user -> new CallerAuthentication(Caller.person(user.id(), user.name(), user.role()), null))
                .orElseThrow(() -> new BadCredentialsException("wrong user name or password"));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
