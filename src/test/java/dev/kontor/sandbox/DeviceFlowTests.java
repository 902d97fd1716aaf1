package dev.kontor.sandbox;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

class DeviceFlowTests {

    private Sandbox sandbox = Sandbox.start(Scenario.of("orders=10", "decision=wait"));
    private AllegroClient client = new AllegroClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void with(String... settings) {
        sandbox.close();
        sandbox = Sandbox.start(Scenario.of(settings));
        client = new AllegroClient(sandbox);
    }

    @Test
    void answersWithEverythingAClientNeedsToAskTheSeller() {
        var device = client.device();

        assertThat(device.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(device.path("interval").asInt()).isEqualTo(5);
        assertThat(device.path("verification_uri_complete").asString())
                .isEqualTo(device.path("verification_uri").asString() + "?code="
                        + device.path("user_code").asString());
    }

    @Test
    void isPendingUntilTheSellerConfirms() {
        var device = client.device();
        var code = device.path("device_code").asString();

        var pending = client.poll(code);
        assertThat(pending.status()).isEqualTo(400);
        assertThat(pending.body().path("error").asString()).isEqualTo("authorization_pending");

        sandbox.allegro().confirm(device.path("user_code").asString(), 0);
        sandbox.advance(ofSeconds(5));
        var tokens = client.poll(code);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.body().path("expires_in").asInt()).isEqualTo(43199);
        assertThat(tokens.body().path("token_type").asString()).isEqualTo("bearer");
        assertThat(tokens.body().path("access_token").asString().split("\\.")).hasSize(3);
        assertThat(client.use(tokens.body()).ok("/me").path("id").asString()).isEqualTo("44000001");
    }

    @Test
    void asksToSlowDownAndThenWaitsLonger() {
        var code = client.device().path("device_code").asString();
        client.poll(code);

        assertThat(client.poll(code).body().path("error").asString()).isEqualTo("slow_down");
        sandbox.advance(ofSeconds(6));
        assertThat(client.poll(code).body().path("error").asString()).isEqualTo("slow_down");
        sandbox.advance(ofSeconds(15));
        assertThat(client.poll(code).body().path("error").asString()).isEqualTo("authorization_pending");
    }

    /** The seller's own hand and the story's may confirm at the moment at which tokens are asked for. */
    @Test
    void answersWhoAsksWhileTheSellerConfirms() throws Exception {
        with("orders=10", "confirm-after=0s");
        var threads = Executors.newVirtualThreadPerTaskExecutor(); // not closed: it would wait for who waits for ever
        for (int round = 0; round < 200; round++) {
            var device = client.device();
            var together = new CyclicBarrier(2);
            var polled = threads.submit(() -> {
                together.await();
                return client.poll(device.path("device_code").asString());
            });
            var confirmed = threads.submit(() -> {
                together.await();
                try {
                    sandbox.allegro().confirm(device.path("user_code").asString(), 0);
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining("No undecided device code");
                }
                return true;
            });

            assertThat(polled.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(confirmed.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void deniesWhatTheSellerRefused() {
        var device = client.device();
        sandbox.allegro().refuse(device.path("user_code").asString());

        var answer = client.poll(device.path("device_code").asString());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error").asString()).isEqualTo("access_denied");
    }

    @Test
    void callsAnUnknownAUsedAndAnExpiredCodeInvalid() {
        var used = client.device();
        sandbox.allegro().confirm(used.path("user_code").asString(), 0);
        assertThat(client.poll(used.path("device_code").asString()).status()).isEqualTo(200);
        var expired = client.device();
        sandbox.advance(ofSeconds(3601));

        for (var code : new String[] {
            "nonsense",
            used.path("device_code").asString(),
            expired.path("device_code").asString()
        }) {
            var answer = client.poll(code);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("error").asString()).isEqualTo("invalid_request");
            assertThat(answer.body().path("error_description").asString()).isEqualTo("Invalid device code");
        }
    }

    @Test
    void knowsItsClient() {
        var answer = client.basic("/allegro/auth/oauth/device", "client_id=kontor-sandbox", "kontor-sandbox:wrong");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().path("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void theSellerConfirmsByHimselfAfterAWhile() {
        with("orders=10", "confirm-after=3s");
        var code = client.device().path("device_code").asString();
        assertThat(client.poll(code).body().path("error").asString()).isEqualTo("authorization_pending");

        sandbox.advance(ofSeconds(5));

        assertThat(client.poll(code).status()).isEqualTo(200);
    }

    @Test
    void theSellerMayDecideOnAPage() {
        var device = client.device();
        var page = "/skojarz-aplikacje?code=" + device.path("user_code").asString();
        assertThat(client.get(page).raw().body())
                .contains("<form")
                .contains("confirm")
                .contains("refuse");

        var decided = client.basic(
                "/allegro/skojarz-aplikacje",
                "decision=confirm&code=" + device.path("user_code").asString());

        assertThat(decided.status()).isEqualTo(200);
        assertThat(client.poll(device.path("device_code").asString()).status()).isEqualTo(200);
        assertThat(client.get(page).status()).isEqualTo(404);
    }

    @Test
    void letsSeveralSellersIn() {
        with("orders=10", "sellers=3", "decision=wait");
        var device = client.device();
        sandbox.allegro().confirm(device.path("user_code").asString(), 2);
        client.use(client.poll(device.path("device_code").asString()).body());

        assertThat(client.ok("/me").path("id").asString()).isEqualTo("44000003");
    }
}
