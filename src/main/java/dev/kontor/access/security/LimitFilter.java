package dev.kontor.access.security;

import java.io.IOException;
import java.util.Optional;

import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.access.limits.Standing;
import dev.kontor.api.ProblemAnswer;
import dev.kontor.api.TooManyRequests;

/** Tells callers how much they may still ask for, and refuses what is beyond. */
abstract class LimitFilter extends OncePerRequestFilter {

    private final ProblemAnswer answer;

    LimitFilter(ProblemAnswer answer) {
        this.answer = answer;
    }

    /** Counts the request; empty where it is not limited here. */
    abstract Optional<Standing> count(HttpServletRequest request);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var standing = count(request);
        standing.ifPresent(it -> {
            response.addHeader("RateLimit-Policy", it.policyField());
            response.addHeader("RateLimit", it.field());
        });
        if (standing.filter(it -> !it.passes()).isPresent()) {
            var it = standing.get();
            answer.send(
                    new TooManyRequests("The limit of this " + it.policy() + " is used up.", it.pause()),
                    request,
                    response);
            return;
        }
        chain.doFilter(request, response);
    }
}
