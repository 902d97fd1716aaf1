package dev.kontor.accounts.web;

import java.io.IOException;
import java.time.Duration;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.accounts.hooks.AnswerTimes;

/** Stands before all that a marketplace has to wait for. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class HookAnswers extends OncePerRequestFilter {

    private static final String HOOKS = "/hooks/v1/";
    private static final int FAILED = 500;

    private final AnswerTimes times;

    HookAnswers(AnswerTimes times) {
        this.times = times;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(HOOKS);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var began = System.nanoTime();
        var status = FAILED;
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            times.answered(marketplace(request.getRequestURI()), status, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static String marketplace(String path) {
        return path.substring(HOOKS.length()).split("/", 2)[0];
    }
}
