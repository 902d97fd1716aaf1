package dev.kontor.sandbox.wix;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.http.Reply;

/** A request that Wix refuses, with the answer that says so. */
final class WixProblem extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Reply reply;
    private final String code;

    private WixProblem(int status, String code, ObjectNode body) {
        super("answered " + status, null, false, false);
        this.code = code;
        this.reply = Reply.json(status, body);
    }

    Reply reply() {
        return reply;
    }

    /** As it stands in a list of many, each with an end of its own. */
    String code() {
        return code;
    }

    static WixProblem of(int status, String code, String description) {
        var body = JsonNodeFactory.instance.objectNode().put("message", description);
        body.putObject("details")
                .putObject("applicationError")
                .put("code", code)
                .put("description", description)
                .putObject("data");
        return new WixProblem(status, code, body);
    }

    static WixProblem invalid(String field, String rule, String description) {
        var body = JsonNodeFactory.instance.objectNode().put("message", field + " " + description);
        body.putObject("details")
                .putObject("validationError")
                .putArray("fieldViolations")
                .addObject()
                .put("field", field)
                .put("description", description)
                .put("violatedRule", rule)
                .put("ruleName", "")
                .putObject("data");
        return new WixProblem(400, rule, body);
    }

    static WixProblem authorization(int status, String error, String description) {
        return new WixProblem(
                status,
                error,
                JsonNodeFactory.instance.objectNode().put("error", error).put("error_description", description));
    }

    static WixProblem tooMany() {
        return of(429, "RESOURCE_EXHAUSTED", "Too many requests");
    }
}
