package dev.kontor.sandbox;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LimitTests {

    private Sandbox sandbox = Sandbox.start(Scenario.of("orders=5"));

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private AllegroClient with(String... settings) {
        sandbox.close();
        sandbox = Sandbox.start(Scenario.of(settings));
        return AllegroClient.connected(sandbox);
    }

    @Test
    void bansTheProgramAfterTooManyRequestsForAWhile() {
        // Two requests of the device flow count as well.
        var client = with("orders=5", "requests-per-minute=7", "ban=8s", "decision=wait", "sellers=2");
        for (var i = 0; i < 5; i++) {
            assertThat(client.get("/me").status()).isEqualTo(200);
        }

        var refused = client.get("/me");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.raw().headers().firstValue("Retry-After")).isEmpty();
        assertThat(refused.body().path("errors").path(0).path("code").asString())
                .isNotEmpty();
        assertThat(client.basic("/allegro/auth/oauth/device", "client_id=kontor-sandbox")
                        .status())
                .isEqualTo(429);
        assertThat(sandbox.allegro().banned()).isTrue();
        await().until(() -> !sandbox.allegro().banned());
        assertThat(sandbox.allegro().mostRequestsInAnyMinute()).isEqualTo(9);
        assertThat(sandbox.counters().of("/allegro", 429)).isEqualTo(2);
    }

    @Test
    void aBanByHandEndsByItself() {
        var client = with("orders=5", "ban=5s", "decision=wait");
        sandbox.allegro().ban();
        assertThat(client.get("/me").status()).isEqualTo(429);

        await().untilAsserted(() -> assertThat(client.get("/me").status()).isEqualTo(200));
    }

    @Test
    void maySayHowLongToWait() {
        var client = with("orders=5", "ban=30s", "retry-after=true", "decision=wait");
        sandbox.allegro().ban();

        assertThat(client.get("/me").raw().headers().firstValue("Retry-After"))
                .hasValueSatisfying(it -> assertThat(Integer.parseInt(it)).isBetween(15, 30));
    }

    @Test
    void canBeSwitchedOff() {
        var client = with("orders=5", "limits=off", "requests-per-minute=3", "decision=wait");
        for (var i = 0; i < 10; i++) {
            assertThat(client.get("/me").status()).isEqualTo(200);
        }
    }
}
