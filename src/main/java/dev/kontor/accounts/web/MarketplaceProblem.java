package dev.kontor.accounts.web;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;

/** Says what went wrong on the other side, and when it is worth trying again. */
@Component
class MarketplaceProblem {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Clock clock;

    MarketplaceProblem(Clock clock) {
        this.clock = clock;
    }

    ResponseEntity<ProblemDetail> of(Outcome.Failed outcome) {
        return switch (outcome) {
            case Outcome.Unreachable(var reason, var retryAt) ->
                answer(HttpStatus.SERVICE_UNAVAILABLE, "marketplace-unavailable", reason, retryAt);
            case Outcome.Declined(var reason) -> answer(HttpStatus.BAD_GATEWAY, "marketplace-refused", reason, null);
            case Outcome.Refused(var reason) -> refused(reason);
            case Outcome.KeyReused() ->
                throw new Conflict(
                        "idempotency-key-reused", "This Idempotency-Key was used for another request before.");
            case Outcome.UnknownMarketplace(var known) ->
                throw new InvalidField("marketplace", "must be a known marketplace: " + String.join(", ", known));
        };
    }

    /** What was entered is wrong, not the marketplace. */
    private static ResponseEntity<ProblemDetail> refused(String reason) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, reason);
        problem.setType(URI.create("urn:kontor:problem:credentials-refused"));
        problem.setTitle("The credentials cannot be used");
        return ResponseEntity.unprocessableContent()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String kind, String reason, @Nullable Instant retryAt) {
        var problem = ProblemDetail.forStatusAndDetail(status, reason);
        problem.setType(URI.create("urn:kontor:problem:" + kind));
        problem.setTitle("The marketplace does not answer as it should");
        var wait = retryAt == null ? PATIENCE : Duration.between(clock.instant(), retryAt);
        return ResponseEntity.status(status)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, wait.toSeconds())))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
