package dev.kontor.sandbox;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

class TokenTests {

    private final Sandbox sandbox = Sandbox.start(Scenario.of("orders=10", "decision=wait"));
    private final AllegroClient client = new AllegroClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private JsonNode tokens() {
        var device = client.device();
        sandbox.allegro().confirm(device.path("user_code").asString(), 0);
        return client.poll(device.path("device_code").asString()).body();
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.path("refresh_token").asString();
    }

    private int statusWith(JsonNode tokens) {
        return client.use(tokens).get("/me").status();
    }

    @Test
    void aRefreshEndsTheAccessTokenBeforeIt() {
        var first = tokens();
        var second = client.refresh(refreshToken(first)).body();

        assertThat(statusWith(second)).isEqualTo(200);
        assertThat(statusWith(first)).isEqualTo(401);
        assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
    }

    @Test
    void aUsedRefreshTokenWorksForOneMoreMinute() {
        var first = tokens();
        client.refresh(refreshToken(first));
        sandbox.advance(ofSeconds(58));
        var again = client.refresh(refreshToken(first));
        assertThat(again.status()).isEqualTo(200);
        assertThat(statusWith(again.body())).isEqualTo(200);

        sandbox.advance(ofSeconds(3));
        var late = client.refresh(refreshToken(first));

        assertThat(late.status()).isEqualTo(400);
        assertThat(late.body().path("error").asString()).isEqualTo("invalid_grant");
        assertThat(late.body().path("error_description").asString()).startsWith("Invalid refresh token: ");
        assertThat(client.refresh(refreshToken(again.body())).status()).isEqualTo(200);
    }

    @Test
    void anAccessTokenLivesTwelveHours() {
        var tokens = tokens();
        sandbox.advance(ofHours(11));
        assertThat(statusWith(tokens)).isEqualTo(200);
        sandbox.advance(ofHours(1));

        var expired = client.get("/me");
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.body().path("error").asString()).isEqualTo("invalid_token");
    }

    @Test
    void aRefreshTokenLivesThreeMonthsAndEachRefreshStartsThemAnew() {
        var first = tokens();
        sandbox.advance(ofDays(80));
        var second = client.refresh(refreshToken(first)).body();
        sandbox.advance(ofDays(80));
        var third = client.refresh(refreshToken(second));
        assertThat(third.status()).isEqualTo(200);
        sandbox.advance(ofDays(91));

        assertThat(client.refresh(refreshToken(third.body()))
                        .body()
                        .path("error")
                        .asString())
                .isEqualTo("invalid_grant");
    }

    @Test
    void revocationEndsEverything() {
        var tokens = tokens();

        assertThat(sandbox.allegro().revokeTokens(0)).isEqualTo(1);

        assertThat(statusWith(tokens)).isEqualTo(401);
        assertThat(client.refresh(refreshToken(tokens)).status()).isEqualTo(400);
    }

    @Test
    void theTwentyFirstSessionEndsTheFirst() {
        var first = tokens();
        var second = tokens();
        for (var i = 0; i < 19; i++) {
            tokens();
        }

        assertThat(statusWith(first)).isEqualTo(401);
        assertThat(statusWith(second)).isEqualTo(200);
    }

    @Test
    void aTokenWithoutTheScopeIsRefused() {
        var device = client.basic(
                        "/allegro/auth/oauth/device", "client_id=kontor-sandbox&scope=allegro%3Aapi%3Aprofile%3Aread")
                .body();
        sandbox.allegro().confirm(device.path("user_code").asString(), 0);
        var tokens = client.poll(device.path("device_code").asString()).body();

        assertThat(statusWith(tokens)).isEqualTo(200);
        var refused = client.get("/order/events");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("errors").path(0).path("code").asString())
                .isEqualTo("AccessDenied");
    }

    @Test
    void aProgramAloneSeesNoOrders() {
        var tokens = client.basic("/allegro/auth/oauth/token", "grant_type=client_credentials")
                .body();

        assertThat(client.use(tokens).get("/order/events").status()).isEqualTo(403);
    }
}
