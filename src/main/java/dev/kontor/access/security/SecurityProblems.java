package dev.kontor.access.security;

import java.io.IOException;

import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.kontor.access.security.RouteAuthorization.Verdict;
import dev.kontor.api.ProblemAnswer;
import dev.kontor.api.ProblemKind;

/** Says to a program that it is unknown, or known and not permitted. */
@Component
class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String PROGRAM =
            "Send an access token as \"Authorization: Bearer …\" or an API key as \"X-API-Key: …\".";
    private static final String PERSON = "Log in with user name and password.";

    private final ProblemAnswer answer;

    SecurityProblems(ProblemAnswer answer) {
        this.answer = answer;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        challenge("Bearer", PROGRAM, request, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        answer.send(ProblemKind.FORBIDDEN.problem(detail(request, e)), request, response);
    }

    private static String detail(HttpServletRequest request, AccessDeniedException e) {
        return e instanceof AuthorizationDeniedException denied
                        && denied.getAuthorizationResult() instanceof Verdict verdict
                        && verdict.objection() != null
                ? verdict.objection()
                : "Nobody may " + request.getMethod() + " here.";
    }

    /** A browser asks the person for name and password when it sees this one. */
    AuthenticationEntryPoint forBrowsers() {
        return (request, response, e) -> {
            if (e instanceof TooManyLogins tooMany) {
                answer.send(tooMany.refusal(), request, response);
            } else {
                challenge("Basic realm=\"Kontor\", charset=\"UTF-8\"", PERSON, request, response);
            }
        };
    }

    private void challenge(String scheme, String advice, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, scheme);
        var sent =
                request.getHeader(HttpHeaders.AUTHORIZATION) != null || request.getHeader(ApiKeyFilter.HEADER) != null;
        var detail = sent ? "What was sent is unknown, expired or no longer valid. " + advice : advice;
        answer.send(ProblemKind.AUTHENTICATION_REQUIRED.problem(detail), request, response);
    }
}
