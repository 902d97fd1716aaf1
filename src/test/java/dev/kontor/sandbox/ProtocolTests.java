package dev.kontor.sandbox;

import java.net.URI;
import java.net.http.HttpRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProtocolTests {

    private static final Sandbox sandbox =
            Sandbox.start(Scenario.of("orders=300", "live-orders-per-minute=0", "decision=wait"));
    private static final AllegroClient client = AllegroClient.connected(sandbox);

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void speaksItsOwnMediaTypeAndTracesEveryAnswer() {
        var answer = client.get("/order/events");

        assertThat(answer.raw().headers().firstValue("Content-Type")).contains(AllegroClient.MEDIA_TYPE);
        assertThat(answer.raw().headers().firstValue("Trace-Id")).isPresent();
        assertThat(client.get("/order/nothing").raw().headers().firstValue("Trace-Id"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/vnd.allegro.beta.v1+json"})
    void acceptsNoOtherMediaType(String accept) {
        var answer = AllegroClient.send(client.request("/order/events").setHeader("Accept", accept));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.body().path("errors").path(0).path("code").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java-http-client/25.0.1",
                "node",
                "Kontor",
                "Kontor/1.0",
                "Kontor/1.0 (https://e.org)",
                "My App/1.0 (+https://e.org)"
            })
    void wantsToKnowWhoAsks(String agent) {
        assertThat(AllegroClient.send(client.request("/order/events").setHeader("User-Agent", agent))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void acceptsTheDocumentedUserAgent() {
        assertThat(AllegroClient.send(client.request("/me")
                                .setHeader("User-Agent", "My-App/1.2.3 (+https://page-about-the-app.example)"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsAMissingAndAnInvalidTokenApart() {
        var missing = AllegroClient.send(HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/allegro/me"))
                .header("User-Agent", AllegroClient.AGENT)
                .header("Accept", AllegroClient.MEDIA_TYPE));
        var invalid = AllegroClient.send(client.request("/me").setHeader("Authorization", "Bearer a.b.c"));

        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.body().path("error").asString()).isEqualTo("unauthorized");
        assertThat(invalid.status()).isEqualTo(401);
        assertThat(invalid.body().path("error").asString()).isEqualTo("invalid_token");
        assertThat(invalid.body().path("error_description").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/order/events?limit=0",
                "/order/events?limit=1001",
                "/order/events?limit=ten",
                "/order/events?type=ORDER_STATUS_CHANGED",
                "/order/events?type=BUYER_MODIFIED",
                "/order/events?from=2026-11-02T10:15:00Z",
                "/order/checkout-forms?limit=101",
                "/order/checkout-forms?limit=0",
                "/order/checkout-forms?offset=-1",
                "/order/checkout-forms?offset=9901",
                "/order/checkout-forms?offset=9999&limit=2",
                "/order/checkout-forms?status=NEW",
                "/order/checkout-forms?fulfillment.status=LOST",
                "/order/checkout-forms?sort=createdAt",
                "/order/checkout-forms?lineItems.boughtAt.gte=yesterday",
                "/order/checkout-forms?updatedAt.lte=2026-13-01T00:00:00Z"
            })
    void refusesWhatBreaksTheRules(String path) {
        var answer = client.get(path);

        assertThat(answer.status()).isEqualTo(422);
        var error = answer.body().path("errors").path(0);
        assertThat(error.propertyNames()).contains("code", "message", "details", "path", "userMessage", "metadata");
        assertThat(path).contains(error.path("path").asString());
    }

    @Test
    void namesEveryWrongParameter() {
        var answer = client.get("/order/checkout-forms?limit=500&sort=x&status=y");

        assertThat(AllegroClient.all(answer.body().path("errors")))
                .extracting(it -> it.path("path").asString())
                .containsExactlyInAnyOrder("limit", "sort", "status");
    }

    @Test
    void allowsTheDeepestPage() {
        assertThat(client.get("/order/checkout-forms?offset=9900&limit=100").status())
                .isEqualTo(200);
    }

    @Test
    void overlooksParametersItDoesNotKnow() {
        var oldest = client.ok("/order/events?limit=5");

        assertThat(client.ok("/order/events?limit=5&occurredAt.gte=2020-01-01T00:00:00Z"))
                .isEqualTo(oldest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-uuid", "00000000-0000-4000-8000-000000000000"})
    void knowsNoForeignOrder(String id) {
        var answer = client.get("/order/checkout-forms/" + id);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("errors").path(0).path("code").asString())
                .isEqualTo("CheckoutFormNotFoundException");
    }
}
