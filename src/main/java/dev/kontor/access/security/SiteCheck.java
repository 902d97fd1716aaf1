package dev.kontor.access.security;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.api.ProblemAnswer;
import dev.kontor.api.ProblemKind;

/** Refuses what a browser sends for a page of another site, with problem details like every refusal. */
class SiteCheck extends DefaultCorsProcessor {

    private final ProblemAnswer answer;

    SiteCheck(ProblemAnswer answer) {
        this.answer = answer;
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration permitted, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean passes = super.processRequest(permitted, request, response);
        if (!passes) {
            answer.send(ProblemKind.FORBIDDEN.problem("Pages of this site may not ask here."), request, response);
        }
        return passes;
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) {
        // told above
    }
}
