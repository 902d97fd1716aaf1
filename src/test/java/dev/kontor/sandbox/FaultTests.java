package dev.kontor.sandbox;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.core.JacksonException;

import dev.kontor.sandbox.world.Fault;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FaultTests {

    private Sandbox sandbox = Sandbox.start(Scenario.of(
            "orders=300", "live-orders-per-minute=0", "speed=0", "list-delay=0s", "slowness=300ms", "decision=wait"));
    private AllegroClient client = AllegroClient.connected(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void with(String... settings) {
        sandbox.close();
        sandbox = Sandbox.start(Scenario.of(settings));
        client = AllegroClient.connected(sandbox);
    }

    private void always(Fault fault) {
        sandbox.allegro().faults(Map.of(fault, 1.0));
    }

    @Test
    void answersThatTheServerFailed() {
        always(Fault.SERVER_ERROR);
        var failed = client.get("/me");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.raw().body()).startsWith("<html>");

        always(Fault.UNAVAILABLE);
        assertThat(client.get("/me").status()).isEqualTo(503);
    }

    @Test
    void answersTooManyRequestsWithAndWithoutAWait() {
        always(Fault.TOO_MANY_REQUESTS);
        assertThat(client.get("/me").status()).isEqualTo(429);
        assertThat(client.get("/me").raw().headers().firstValue("Retry-After")).isEmpty();

        always(Fault.TOO_MANY_REQUESTS_RETRY_AFTER);
        assertThat(client.get("/me").status()).isEqualTo(429);
        assertThat(client.get("/me").raw().headers().firstValue("Retry-After")).isPresent();
        assertThat(sandbox.allegro().banned()).isFalse();
    }

    @Test
    void doesNotAnswerAtAll() {
        always(Fault.TIMEOUT);

        assertThatThrownBy(() -> AllegroClient.sendChecked(client.request("/me").timeout(Duration.ofMillis(400))))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void losesTheAnswerAfterItsEffect() {
        var id = sandbox.allegro().buy(0, 1).getFirst();
        always(Fault.ANSWER_LOST);

        assertThatThrownBy(
                        () -> AllegroClient.sendChecked(client.request("/order/checkout-forms/" + id + "/fulfillment")
                                .header("Content-Type", AllegroClient.MEDIA_TYPE)
                                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"status\":\"SENT\"}"))))
                .isInstanceOf(IOException.class);

        sandbox.allegro().faults(Map.of());
        assertThat(client.ok("/order/checkout-forms/" + id)
                        .path("fulfillment")
                        .path("status")
                        .asString())
                .isEqualTo("SENT");
    }

    @Test
    void cutsTheBodyOff() {
        always(Fault.TRUNCATED);

        assertThatThrownBy(() -> AllegroClient.sendChecked(client.request("/order/checkout-forms")))
                .isInstanceOfAny(IOException.class, JacksonException.class);
    }

    @Test
    void takesItsTime() {
        always(Fault.SLOW);
        var before = System.nanoTime();

        assertThat(client.get("/me").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void revokesTheToken() {
        always(Fault.TOKEN_REVOKED);
        assertThat(client.get("/me").status()).isEqualTo(401);

        sandbox.allegro().faults(Map.of());
        assertThat(client.get("/me").status()).isEqualTo(401);
    }

    @Test
    void hitsTheShareOfRequestsItShouldAndAlwaysTheSame() {
        sandbox.allegro().faults(Map.of(Fault.SERVER_ERROR, 0.3));
        var first = statuses();
        assertThat(first.stream().filter(it -> it == 500).count()).isBetween(35L, 90L);

        with("orders=300", "decision=wait", "faults.server-error=0");
        sandbox.allegro().faults(Map.of(Fault.SERVER_ERROR, 0.3));

        assertThat(statuses()).isEqualTo(first);
    }

    private List<Integer> statuses() {
        return IntStream.range(0, 200)
                .mapToObj(it -> client.get("/order/events?limit=1&n=" + it).status())
                .toList();
    }

    @Test
    void spoilsSomeOrdersUntilTheyAreRepaired() {
        with("orders=300", "speed=0", "list-delay=0s", "faults.malformed=0.05", "decision=wait");
        var broken = sandbox.allegro()
                .orders(0, false)
                .filter(it -> "MALFORMED".equals(it.broken()))
                .toList();
        assertThat(broken).hasSizeBetween(5, 30);
        var good = client.ok("/order/checkout-forms?limit=100")
                .path("checkoutForms")
                .valueStream()
                .filter(it -> it.path("id").isString()
                        && it.path("lineItems").path(0).path("quantity").isNumber()
                        && it.path("summary").path("totalToPay").has("currency"))
                .count();
        assertThat(good).isBetween(80L, 99L);
        assertThat(client.ok("/order/checkout-forms/" + broken.getFirst().id()))
                .isEqualTo(
                        client.ok("/order/checkout-forms/" + broken.getFirst().id()));

        assertThat(sandbox.allegro().repairAll(0)).hasSameSizeAs(broken);

        for (var order : broken) {
            var form = client.ok("/order/checkout-forms/" + order.id());
            assertThat(form.path("id").asString()).isEqualTo(order.id());
            assertThat(form.path("lineItems").path(0).path("quantity").isNumber())
                    .isTrue();
            assertThat(form.path("summary").path("totalToPay").path("amount").asString())
                    .isEqualTo(order.total());
        }
    }

    @Test
    void inventsStatusesAndFields() {
        with(
                "orders=300",
                "faults.unknown-status=0.1",
                "faults.unknown-field=0.1",
                "speed=0",
                "list-delay=0s",
                "decision=wait");
        var page = client.ok("/order/checkout-forms")
                .path("checkoutForms")
                .valueStream()
                .toList();

        assertThat(page.stream().map(it -> it.path("status").asString()).collect(toSet()))
                .contains("WAITING_FOR_DRONE");
        assertThat(page).anySatisfy(it -> assertThat(it.has("carbonFootprint")).isTrue());
    }

    @Test
    void aChangeAtRunTimeTouchesOnlyWhatHappensAfterwards() {
        var before = sandbox.allegro().buy(0, 20);
        always(Fault.MALFORMED);
        sandbox.advance(Duration.ofSeconds(1));
        var after = sandbox.allegro().buy(0, 20);

        var broken = sandbox.allegro()
                .orders(0, false)
                .filter(it -> it.broken() != null)
                .map(it -> it.id())
                .toList();
        assertThat(broken).containsExactlyInAnyOrderElementsOf(after).doesNotContainAnyElementsOf(before);
    }
}
