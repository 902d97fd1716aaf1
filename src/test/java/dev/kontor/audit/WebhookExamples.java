package dev.kontor.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;

/** What other systems are told. The addresses are nobody's. */
final class WebhookExamples extends RouteExamples {

    private static final String ENDPOINTS = "/api/v1/webhook-endpoints";

    WebhookExamples(HttpCaller administrator) {
        super(administrator);
        endpoints();
    }

    private Answer create(HttpCaller caller) {
        var word = "hook-" + UUID.randomUUID();
        secrets().add(word);
        var answer = caller.post(
                ENDPOINTS,
                Map.of(
                        "url",
                        "https://192.0.43.8/" + word,
                        "description",
                        "ask somebody@example.org",
                        "kinds",
                        List.of("plan.opened")));
        secrets().add(answer.text("secret"));
        secrets().add("somebody@example.org");
        return answer;
    }

    private String anEndpoint() {
        return ENDPOINTS + "/" + create(administrator).text("id");
    }

    private void endpoints() {
        example("POST " + ENDPOINTS, "webhook-endpoint.created", this::create);
        example(
                "PATCH " + ENDPOINTS + "/{id}",
                "webhook-endpoint.changed",
                caller -> caller.with("If-Match", "\"1\"").send("PATCH", anEndpoint(), "{\"enabled\": false}"));
        example("DELETE " + ENDPOINTS + "/{id}", "webhook-endpoint.deleted", caller -> caller.delete(anEndpoint()));
        example("POST " + ENDPOINTS + "/{id}/rotate", "webhook-endpoint.secret-rotated", caller -> {
            var answer = caller.send("POST", anEndpoint() + "/rotate", null);
            secrets().add(answer.text("secret"));
            return answer;
        });
        example(
                "POST " + ENDPOINTS + "/{id}/ping",
                "webhook-endpoint.pinged",
                caller -> caller.send("POST", anEndpoint() + "/ping", null));
        example(
                "POST " + ENDPOINTS + "/{id}/replay",
                "webhook-endpoint.replayed",
                caller -> caller.post(
                        anEndpoint() + "/replay", Map.of("since", Instant.now().toString())));
    }
}
