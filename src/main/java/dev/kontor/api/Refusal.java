package dev.kontor.api;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/** A request that is refused for a reason the caller can understand; it becomes the answer's problem details. */
public abstract sealed class Refusal extends RuntimeException
        permits NotFound,
                Conflict,
                ContentEncoded,
                ContentTooLarge,
                Forbidden,
                InvalidField,
                KeyExpired,
                LoginFailed,
                SecondFactorRequired,
                TooManyRequests,
                PreconditionFailed,
                PreconditionRequired {

    Refusal(String detail) {
        super(detail, null, false, false); // expected: nobody needs its stack trace
    }

    public abstract ProblemDetail problem();

    /** What else the answer says, outside of its body. */
    public HttpHeaders headers() {
        return HttpHeaders.EMPTY;
    }

    String detail() {
        var detail = getMessage();
        return detail == null ? "" : detail;
    }
}
