package dev.kontor.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.access.Person;

/** Who may use Kontor, and by what. */
final class PeopleExamples extends RouteExamples {

    PeopleExamples(HttpCaller administrator) {
        super(administrator);
        people();
        keys();
    }

    private UUID aUser() {
        var invitation = administrator.post(
                "/api/v1/users", Map.of("name", "x.seed-" + UUID.randomUUID() + "@example.org", "role", "VIEWER"));
        secrets().add(invitation.text("secret"));
        return UUID.fromString(invitation.json().at("/user/id").asString());
    }

    /** Somebody who is called by an e-mail address, logged in. */
    private HttpCaller someone() {
        var name = "seed-" + UUID.randomUUID() + "@example.org";
        var invitation = administrator.post("/api/v1/users", Map.of("name", name, "role", "VIEWER"));
        nobody().post("/api/v1/auth/password-links", Map.of("secret", invitation.text("secret"), "password", PASSWORD));
        secrets().addAll(List.of(name, invitation.text("secret")));
        var tokens = nobody().post("/api/v1/auth/login", Map.of("username", name, "password", PASSWORD));
        secrets().addAll(List.of(tokens.text("accessToken"), tokens.text("refreshToken")));
        return nobody().withToken(tokens.text("accessToken"));
    }

    /** The same with the correlation of the caller that is tried. */
    private static HttpCaller as(HttpCaller someone, HttpCaller tried) {
        return someone.with("X-Correlation-Id", tried.headers().get("X-Correlation-Id"));
    }

    private static UUID idOf(HttpCaller caller) {
        return UUID.fromString(caller.get("/api/v1/auth/me").text("id"));
    }

    private static String session(HttpCaller caller) {
        return caller.get("/api/v1/auth/sessions").json().path(0).path("id").asString();
    }

    /** @return its recovery codes */
    private List<String> secondFactor(HttpCaller someone) {
        var begun = someone.post("/api/v1/auth/second-factor", Map.of("password", PASSWORD));
        var confirmed = someone.post(
                "/api/v1/auth/second-factor/confirmation",
                Map.of("code", Person.code(begun.text("secret"), Instant.now())));
        var codes = confirmed
                .json()
                .path("recoveryCodes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        secrets().add(begun.text("secret"));
        secrets().addAll(codes);
        return codes;
    }

    private void people() {
        example("POST /api/v1/users", "user.invited", caller -> {
            var name = "i.seed-" + UUID.randomUUID() + "@example.org";
            secrets().add(name);
            return caller.post("/api/v1/users", Map.of("name", name, "role", "MANAGER"));
        });
        example(
                "PATCH /api/v1/users/{id}",
                "user.changed",
                caller -> caller.with("If-Match", "*")
                        .send("PATCH", "/api/v1/users/" + aUser(), "{\"role\": \"MANAGER\"}"));
        example(
                "POST /api/v1/users/{id}/password-links",
                "password-link.made",
                caller -> caller.send("POST", "/api/v1/users/" + aUser() + "/password-links", null));
        example("DELETE /api/v1/users/{id}/sessions/{session}", "session.ended", caller -> {
            var someone = someone();
            return caller.delete("/api/v1/users/" + idOf(someone) + "/sessions/" + session(someone));
        });
        example(
                "DELETE /api/v1/users/{id}/sessions",
                "sessions.ended",
                caller -> caller.delete("/api/v1/users/" + idOf(someone()) + "/sessions"));
        example("DELETE /api/v1/users/{id}/second-factor", "second-factor.removed", caller -> {
            var someone = someone();
            secondFactor(someone);
            return caller.delete("/api/v1/users/" + idOf(someone) + "/second-factor");
        });
        example(
                "POST /api/v1/auth/login",
                "session.opened",
                caller -> nobody().with("X-Correlation-Id", caller.headers().get("X-Correlation-Id"))
                        .post(
                                "/api/v1/auth/login",
                                Map.of("username", "administrator", "password", "only-for-this-test")));
        example(
                "POST /api/v1/auth/logout",
                "session.ended",
                caller -> as(someone(), caller).send("POST", "/api/v1/auth/logout", null));
        example("DELETE /api/v1/auth/sessions/{id}", "session.ended", caller -> {
            var someone = someone();
            return as(someone, caller).delete("/api/v1/auth/sessions/" + session(someone));
        });
        example(
                "POST /api/v1/auth/password",
                "password.changed",
                caller -> as(someone(), caller)
                        .post(
                                "/api/v1/auth/password",
                                Map.of("currentPassword", PASSWORD, "newPassword", PASSWORD + " again")));
        example("POST /api/v1/auth/password-links", "password.set", caller -> {
            var invitation = administrator.post(
                    "/api/v1/users", Map.of("name", "Linked " + UUID.randomUUID(), "role", "VIEWER"));
            return nobody().with("X-Correlation-Id", caller.headers().get("X-Correlation-Id"))
                    .post(
                            "/api/v1/auth/password-links",
                            Map.of("secret", invitation.text("secret"), "password", PASSWORD));
        });
        example(
                "POST /api/v1/auth/second-factor",
                "second-factor.begun",
                caller -> as(someone(), caller).post("/api/v1/auth/second-factor", Map.of("password", PASSWORD)));
        example("POST /api/v1/auth/second-factor/confirmation", "second-factor.confirmed", caller -> {
            var someone = someone();
            var begun = someone.post("/api/v1/auth/second-factor", Map.of("password", PASSWORD));
            return as(someone, caller)
                    .post(
                            "/api/v1/auth/second-factor/confirmation",
                            Map.of("code", Person.code(begun.text("secret"), Instant.now())));
        });
        example("POST /api/v1/auth/second-factor/recovery-codes", "second-factor.recovery-codes-made", caller -> {
            var someone = someone();
            return as(someone, caller)
                    .post(
                            "/api/v1/auth/second-factor/recovery-codes",
                            Map.of("code", secondFactor(someone).getFirst()));
        });
        example("POST /api/v1/auth/second-factor/removal", "second-factor.removed", caller -> {
            var someone = someone();
            return as(someone, caller)
                    .post(
                            "/api/v1/auth/second-factor/removal",
                            Map.of("code", secondFactor(someone).getLast()));
        });
    }

    private String aKey() {
        return administrator
                .post("/api/v1/api-keys", Map.of("name", "seed", "scopes", List.of("orders:read")))
                .text("id");
    }

    private void keys() {
        example("POST /api/v1/api-keys", "api-key.created", caller -> {
            var made = caller.post("/api/v1/api-keys", Map.of("name", "seed", "scopes", List.of("orders:read")));
            secrets().add(made.text("key"));
            return made;
        });
        example(
                "PATCH /api/v1/api-keys/{id}",
                "api-key.changed",
                caller -> caller.with("If-Match", "*")
                        .send("PATCH", "/api/v1/api-keys/" + aKey(), "{\"scopes\": [\"orders:write\"]}"));
        example("POST /api/v1/api-keys/{id}/rotate", "api-key.rotated", caller -> {
            var rotated = caller.send("POST", "/api/v1/api-keys/" + aKey() + "/rotate", null);
            secrets().add(rotated.text("key"));
            return rotated;
        });
        example(
                "DELETE /api/v1/api-keys/{id}",
                "api-key.deleted",
                caller -> caller.delete("/api/v1/api-keys/" + aKey()));
        example(
                "POST /api/v1/key-sets/access-tokens/rotations",
                "signing-key.made",
                caller -> caller.send("POST", "/api/v1/key-sets/access-tokens/rotations", null));
        example(
                "POST /api/v1/key-sets/credentials/rotations",
                "key-set.rotated",
                caller -> caller.send("POST", "/api/v1/key-sets/credentials/rotations", null));
        example(
                "POST /api/v1/key-sets/buyers/rotations",
                "key-set.rotated",
                caller -> caller.send("POST", "/api/v1/key-sets/buyers/rotations", null));
    }
}
