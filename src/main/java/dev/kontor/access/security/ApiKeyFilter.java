package dev.kontor.access.security;

import java.io.IOException;
import java.util.Optional;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.access.Caller;
import dev.kontor.access.keys.KeyCheck;
import dev.kontor.api.ProblemAnswer;
import dev.kontor.api.Refusal;

/** Reads {@code X-API-Key}. */
class ApiKeyFilter extends OncePerRequestFilter {

    static final String HEADER = "X-API-Key";

    private final KeyCheck keys;
    private final AuthenticationEntryPoint unknown;
    private final ProblemAnswer answer;
    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    ApiKeyFilter(KeyCheck keys, AuthenticationEntryPoint unknown, ProblemAnswer answer) {
        this.keys = keys;
        this.unknown = unknown;
        this.answer = answer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var text = request.getHeader(HEADER);
        if (text == null) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Caller> caller;
        try {
            caller = keys.check(text, request.getRemoteAddr());
        } catch (Refusal e) {
            answer.send(e, request, response);
            return;
        }
        if (caller.isEmpty()) {
            unknown.commence(request, response, new BadCredentialsException("unknown or deleted API key"));
            return;
        }
        remember(caller.get(), request, response);
        chain.doFilter(request, response);
    }

    private void remember(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        var context = new SecurityContextImpl(new CallerAuthentication(caller, null));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
