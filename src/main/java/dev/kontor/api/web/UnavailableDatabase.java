package dev.kontor.api.web;

import java.io.IOException;

import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.api.ProblemAnswer;

/** Who the caller is has to be looked up before any controller is reached, and what fails there would be a fault of Kontor. */
@Component
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1)
class UnavailableDatabase extends OncePerRequestFilter {

    private final ProblemAnswer answer;

    UnavailableDatabase(ProblemAnswer answer) {
        this.answer = answer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
            if (response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            response.setHeader(HttpHeaders.RETRY_AFTER, Failures.PAUSE);
            answer.send(Failures.unavailable(e), request, response);
        }
    }
}
