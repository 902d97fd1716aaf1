package dev.kontor.marketplaces.exchange;

import java.io.IOException;
import java.net.http.HttpTimeoutException;

import org.springframework.stereotype.Component;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Malformed;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.exchange.Verdict.Settled;
import dev.kontor.marketplaces.exchange.Verdict.Transient;

/** Says what an HTTP outcome means. No reason that it gives quotes anything a marketplace wrote. */
@Component
class Judge {

    private final DemandedWait demandedWait;

    Judge(DemandedWait demandedWait) {
        this.demandedWait = demandedWait;
    }

    <T> Verdict<T> judge(Operation operation, Attempt attempt, Translation<T> translation) {
        var failure = attempt.failure();
        if (failure != null) {
            return broken(attempt, failure);
        }
        var status = attempt.status();
        if ((status >= 200 && status < 300) || status == 303) {
            return success(attempt, translation);
        }
        if (status == 429) {
            return new Settled<>(new Throttled<>(demandedWait.afterTooMany(attempt, translation.silence())));
        }
        if (status == 408) {
            return new Transient<>(new Unavailable<>("the marketplace gave up waiting (status 408)"), true);
        }
        if (status >= 400 && status < 500) {
            return new Settled<>(refusal(attempt, translation));
        }
        return status >= 500
                ? fault(operation, attempt)
                : new Settled<>(new Rejected<>("HTTP_" + status, "an answer with the unexpected status " + status));
    }

    private static <T> Verdict<T> broken(Attempt attempt, IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return new Transient<>(new Unavailable<>("no answer in time"), true);
        }
        if (attempt.status() >= 200 && attempt.status() < 300) {
            return new Transient<>(
                    new Unavailable<>("the answer was cut off"), false); // the line's fault, not the record's
        }
        var kind = failure.getClass().getSimpleName();
        return new Transient<>(new Unavailable<>("no connection, or it broke (" + kind + ")"), false);
    }

    private static <T> Verdict<T> success(Attempt attempt, Translation<T> translation) {
        JsonNode body;
        var texts = new StorableText();
        try {
            body = Json.read(attempt.body(), texts);
            attempt.mended(texts.replacedIn());
        } catch (JacksonException e) {
            return new Transient<>(new Malformed<>("the answer is not JSON, or cut off"), false);
        }
        try {
            return new Settled<>(new Answer.Ok<>(
                    translation.read(new Reply(attempt.status(), attempt.headers(), body, attempt.askedAt()))));
        } catch (UnreadableReply e) {
            return new Settled<>(new Malformed<>(String.valueOf(e.getMessage())));
        }
    }

    private static <T> Answer<T> refusal(Attempt attempt, Translation<T> translation) {
        var status = attempt.status();
        return translation
                .refused(new Refusal(status, jsonOrNothing(attempt)))
                .orElseGet(() -> status == 401
                        ? new Unauthorized<>("the marketplace does not accept the credentials")
                        : new Rejected<>("HTTP_" + status, "the marketplace refused with status " + status));
    }

    private static JsonNode jsonOrNothing(Attempt attempt) {
        try {
            return Json.read(attempt.body());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * A wait that the answer demands is handed back, never slept. Where it matters whether the call took effect, a fault
     * is told as one: nobody knows.
     */
    private <T> Verdict<T> fault(Operation operation, Attempt attempt) {
        return demandedWait
                .told(attempt)
                .filter(until -> operation.idempotent())
                .<Verdict<T>>map(until -> new Settled<>(new Throttled<>(until)))
                .orElseGet(() -> new Transient<>(
                        new Unavailable<>("a fault of the marketplace, status " + attempt.status()), false));
    }
}
