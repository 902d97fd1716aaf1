package dev.kontor.sandbox.allegro;

import java.util.List;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import dev.kontor.sandbox.http.Reply;

/** A request that Allegro refuses, with the answer that says so. */
final class Problem extends Exception {

    private static final long serialVersionUID = 1;
    static final String MEDIA_TYPE = "application/vnd.allegro.public.v1+json";

    private final transient Reply reply;

    private Problem(Reply reply) {
        super("answered " + reply.status(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }

    /** One wrong thing: machine-readable code, sentence, and where. */
    record Wrong(String code, String message, @Nullable String path) {}

    static Problem of(int status, List<Wrong> wrongs) {
        var errors = Json.array();
        for (var wrong : wrongs) {
            var error = Json.object().put("code", wrong.code()).put("message", wrong.message());
            error.putNull("details");
            error.put("path", wrong.path()).put("userMessage", wrong.message());
            error.set("metadata", Json.object());
            errors.add(error);
        }
        return answering(status, Json.object().set("errors", errors));
    }

    static Problem of(int status, String code, String message, @Nullable String path) {
        return of(status, List.of(new Wrong(code, message, path)));
    }

    /** The shape of everything about authorization. */
    static Problem authorization(int status, String error, String description) {
        return answering(status, Json.object().put("error", error).put("error_description", description));
    }

    static Problem noSuchForm(String id) {
        return of(
                404,
                "CheckoutFormNotFoundException",
                "Checkout form with id " + id + " does not exist",
                "checkoutForm.id");
    }

    static Problem tooManyRequests(boolean retryAfter, long waitMillis) {
        var problem = of(429, "TooManyRequests", "Too many requests for this Client ID", null);
        return retryAfter
                ? new Problem(problem.reply.with("Retry-After", Long.toString((waitMillis + 999) / 1000)))
                : problem;
    }

    private static Problem answering(int status, JsonNode body) {
        return new Problem(Reply.of(status, MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(body)));
    }
}
