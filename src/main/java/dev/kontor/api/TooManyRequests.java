package dev.kontor.api;

import java.time.Duration;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;

/** Too much was asked for, or tried without success; it is worth trying again after a while (RFC 6585). */
public final class TooManyRequests extends Refusal {

    private final long seconds;

    /** @param wait until there is hope again; told in whole seconds, rounded up */
    public TooManyRequests(String detail, Duration wait) {
        super(detail);
        this.seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    @Override
    public ProblemDetail problem() {
        return ProblemKind.TOO_MANY_REQUESTS.problem(
                detail() + " Try again in " + seconds + (seconds == 1 ? " second." : " seconds."));
    }

    @Override
    public HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        return headers;
    }
}
