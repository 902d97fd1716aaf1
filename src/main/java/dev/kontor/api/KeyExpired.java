package dev.kontor.api;

import java.time.Instant;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/** The API key is right and its time is over; whoever only guesses never learns it. */
public final class KeyExpired extends Refusal {

    public KeyExpired(Instant at) {
        super("This API key was good until " + at + "; an administrator can rotate it.");
    }

    @Override
    public ProblemDetail problem() {
        var problem = ProblemKind.AUTHENTICATION_REQUIRED.problem(detail());
        problem.setType(ProblemKind.type("api-key-expired"));
        problem.setTitle("The API key has expired");
        return problem;
    }

    @Override
    public HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return headers;
    }
}
