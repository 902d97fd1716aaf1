package dev.kontor.audit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;

/** Addresses at which people are told. Nobody sends there: the server does not answer. */
final class MailExamples extends RouteExamples {

    private static final String SUBSCRIPTIONS = "/api/v1/mail/subscriptions";

    private final JdbcClient jdbc;

    MailExamples(HttpCaller administrator, JdbcClient jdbc) {
        super(administrator);
        this.jdbc = jdbc;
        example("POST " + SUBSCRIPTIONS, "mail.subscribed", caller -> {
            secrets().add("seed-mail@shop.example");
            return caller.post(SUBSCRIPTIONS, Map.of("address", "seed-mail@shop.example"));
        });
        example(
                "POST " + SUBSCRIPTIONS + "/{id}/code",
                "mail.code-asked-for",
                caller -> caller.send("POST", one() + "/code", null));
        example(
                "POST " + SUBSCRIPTIONS + "/{id}/verify",
                "mail.verified",
                caller -> caller.post(withCode("seedcode42") + "/verify", Map.of("code", "seedcode42")));
        example(
                "PATCH " + SUBSCRIPTIONS + "/{id}",
                "mail.settings-changed",
                caller -> caller.with("If-Match", "*").send("PATCH", one(), "{\"least\": \"CRITICAL\"}"));
        example(
                "PATCH /api/v1/settings/alerts",
                "alert-settings.changed",
                caller -> caller.with("If-Match", "*")
                        .send("PATCH", "/api/v1/settings/alerts", "{\"settings\": {\"rules.failed-runs\": \"4\"}}"));
        example("DELETE " + SUBSCRIPTIONS + "/{id}", "mail.unsubscribed", caller -> caller.delete(one()));
        example("POST /api/v1/mail/unsubscriptions/{token}", "mail.unsubscribed", caller -> {
            var id = UUID.fromString(one().substring(SUBSCRIPTIONS.length() + 1));
            var token = jdbc.sql("select token from notifications.mail_subscriptions where id = ?")
                    .param(id)
                    .query(String.class)
                    .single();
            secrets().add(token);
            return caller.send("POST", "/api/v1/mail/unsubscriptions/" + token, null);
        });
    }

    private String one() {
        var address = "seed-" + UUID.randomUUID() + "@shop.example";
        secrets().add(address);
        jdbc.sql("delete from notifications.mail_subscriptions").update();
        return SUBSCRIPTIONS + "/"
                + administrator.post(SUBSCRIPTIONS, Map.of("address", address)).text("id");
    }

    private String withCode(String code) {
        secrets().add(code);
        var path = one();
        jdbc.sql("""
                        update notifications.mail_subscriptions set code = sha256(?::bytea),
                          code_expires_at = now() + interval '1 hour'
                        where id = ?::uuid""")
                .params(code.getBytes(StandardCharsets.US_ASCII), path.substring(SUBSCRIPTIONS.length() + 1))
                .update();
        return path;
    }
}
