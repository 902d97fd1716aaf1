package dev.kontor.marketplaces.allegro;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.DeviceAuthorization.Decision;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.marketplaces.Seller;

import static org.assertj.core.api.Assertions.assertThat;

/** How the adapter names itself, and what it makes of answers about codes and tokens. */
class AllegroAuthorizationTests extends StubbedAllegro {

    @Test
    void namesItselfAsAllegroDemands() {
        stub.on("/me", 200, "{\"id\":\"44000001\",\"login\":\"shop\",\"email\":\"shop@example.com\"}");

        assertThat(allegro.seller(connection)).isEqualTo(new Ok<>(new Seller("44000001", "shop")));

        var headers = stub.asked().getFirst().headers();
        assertThat(headers.get("User-agent")).containsExactly("Moj-Kontor/0.1.0 (+https://example.org/kontor)");
        assertThat(headers.get("Accept")).containsExactly("application/vnd.allegro.public.v1+json");
        assertThat(headers.get("Authorization")).containsExactly("Bearer the-access");
    }

    @Test
    void presentsARefreshTokenOnce() {
        stub.on("/auth/oauth/token", 502, "").on("/auth/oauth/token", 200, "{}");

        var answer = authorization().renew(connection.account(), connection.credentials());

        assertThat(answer).isInstanceOf(Answer.Unavailable.class);
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void saysWhatTheSellerDecided() {
        var token = "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":43199}";
        stub.on("/auth/oauth/token", 400, "{\"error\":\"authorization_pending\"}")
                .on("/auth/oauth/token", 400, "{\"error\":\"slow_down\"}")
                .on("/auth/oauth/token", 400, "{\"error\":\"access_denied\"}")
                .on("/auth/oauth/token", 400, "{\"error\":\"expired_token\"}")
                .on(
                        "/auth/oauth/token",
                        400,
                        "{\"error\":\"invalid_request\",\"error_description\":\"Invalid device code\"}")
                .on("/auth/oauth/token", 502, "<html>Bad gateway</html>")
                .on("/auth/oauth/token", 200, token);
        var code = new DeviceCode("device", "user", stub.url(), NOON, Duration.ofSeconds(5));

        var answers = IntStream.range(0, 7)
                .mapToObj(ignored -> authorization().poll(connection.account(), code))
                .toList();

        assertThat(answers.subList(0, 5))
                .extracting(answer -> (Object) ok(answer).getClass())
                .containsExactly(
                        Decision.Pending.class,
                        Decision.SlowDown.class,
                        Decision.Refused.class,
                        Decision.Expired.class,
                        Decision.Expired.class);
        assertThat(answers.get(5)).isInstanceOf(Answer.Unavailable.class);
        assertThat(((Decision.Granted) ok(answers.get(6))).credentials().secret("refresh_token"))
                .isEqualTo("r");
        assertThat(stub.asked().getFirst().parameters())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .containsEntry("device_code", "device");
        assertThat(stub.asked().getFirst().headers().get("Authorization"))
                .containsExactly("Basic dGhlLWNsaWVudDp0aGUtc2VjcmV0");
    }

    /** They cannot be had again. */
    @ParameterizedTest
    @CsvSource({
        "43199, 43199",
        "0.9, 3600",
        "0, 3600",
        "-5, 3600",
        "3155760000, 2678400",
        "1e39, 2678400",
        "1e99, 3600",
        "'\"soon\"', 3600",
        "null, 3600"
    })
    void keepsTokensWhateverIsSaidOfTheirLife(String told, long seconds) {
        stub.on(
                "/auth/oauth/token",
                200,
                "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":%s}".formatted(told));
        var before = Instant.now().plusSeconds(seconds);

        var credentials = ok(authorization().renew(connection.account(), connection.credentials()));

        assertThat(credentials.expiresAt()).isBetween(before, Instant.now().plusSeconds(seconds));
        assertThat(credentials.secret("refresh_token")).isEqualTo("r");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, expires_in",
        "-1, 5, expires_in",
        "3155760000, 5, expires_in",
        "'\"soon\"', 5, expires_in",
        "3600, 0, interval",
        "3600, 1e9, interval"
    })
    void doesNotShowACodeThatCannotBeWaitedFor(String life, String interval, String wrong) {
        stub.on("/auth/oauth/device", 200, """
                {"device_code": "d", "user_code": "u", "verification_uri_complete": "https://example.org",
                 "expires_in": %s, "interval": %s}""".formatted(life, interval));

        var answer = authorization().begin(connection.account());

        assertThat(answer).isInstanceOf(Answer.Malformed.class);
        assertThat(answer.failure()).contains(wrong);
    }

    @Test
    void aDeadRefreshTokenIsUnauthorizedAndNeverQuoted() {
        stub.on(
                "/auth/oauth/token",
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid refresh token: the-refresh\"}");

        var answer = authorization().renew(connection.account(), connection.credentials());

        assertThat(answer).isInstanceOf(Answer.Unauthorized.class);
        assertThat(answer.failure()).doesNotContain("the-refresh");
    }

    @Test
    void aWrongClientSecretIsNotTheSellersFault() {
        stub.on("/auth/oauth/token", 401, "{\"error\":\"invalid_client\"}");

        var answer = authorization().renew(connection.account(), connection.credentials());

        assertThat(answer.failure()).contains("KONTOR_ALLEGRO_CLIENT_SECRET").startsWith("rejected");
    }

    private AllegroDeviceAuthorization authorization() {
        return (AllegroDeviceAuthorization) allegro.authorizations().getFirst();
    }
}
