package dev.kontor.sandbox.amazon;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.http.Reply;

/** A request that Amazon refuses, with the answer that says so. */
final class AmazonProblem extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    private AmazonProblem(int status, ObjectNode body) {
        super("answered " + status, null, false, false);
        this.reply = Reply.json(status, body);
    }

    Reply reply() {
        return reply;
    }

    static AmazonProblem of(int status, String code, String message, String details) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("errors")
                .addObject()
                .put("code", code)
                .put("message", message)
                .put("details", details);
        return new AmazonProblem(status, body);
    }

    static AmazonProblem invalid(String message) {
        return of(400, "InvalidInput", message, "");
    }

    static AmazonProblem missing(String message) {
        return of(404, "NotFound", message, "");
    }

    static AmazonProblem denied(String details) {
        return of(403, "Unauthorized", "Access to requested resource is denied.", details);
    }

    static AmazonProblem tooMany() {
        return of(429, "QuotaExceeded", "You exceeded your quota for the requested resource.", "");
    }

    static AmazonProblem authorization(int status, String error, String description) {
        return new AmazonProblem(
                status,
                JsonNodeFactory.instance.objectNode().put("error", error).put("error_description", description));
    }
}
