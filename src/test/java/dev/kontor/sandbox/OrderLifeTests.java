package dev.kontor.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

class OrderLifeTests {

    private Sandbox sandbox = Sandbox.start(
            Scenario.of("orders=0", "live-orders-per-minute=0", "speed=0", "access-token-life=365d", "decision=wait"));
    private AllegroClient client = AllegroClient.connected(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void with(String... settings) {
        sandbox.close();
        sandbox = Sandbox.start(Scenario.of(
                Stream.concat(Stream.of("speed=0", "access-token-life=365d", "decision=wait"), Stream.of(settings))
                        .toArray(String[]::new)));
        client = AllegroClient.connected(sandbox);
    }

    private JsonNode form(String id) {
        return client.ok("/order/checkout-forms/" + id);
    }

    private static String fulfillment(JsonNode form) {
        return form.path("fulfillment").path("status").asString();
    }

    @Test
    void aPurchaseRunsThroughItsLife() {
        var id = sandbox.allegro().buy(0, 60).stream()
                .filter(it -> !form(it).path("buyer").isNull())
                .toList();
        assertThat(id).allSatisfy(it -> {
            assertThat(form(it).path("status").asString()).isEqualTo("BOUGHT");
            assertThat(form(it).path("payment").isNull()).isTrue();
        });

        sandbox.advance(Duration.ofHours(3));

        var statuses = id.stream().map(it -> form(it).path("status").asString()).toList();
        assertThat(statuses).contains("READY_FOR_PROCESSING", "CANCELLED").doesNotContain("BOUGHT");
        assertThat(id).anySatisfy(it -> assertThat(fulfillment(form(it))).isEqualTo("PICKED_UP"));
    }

    @Test
    void theSellersStepsMoveTheRevisionButNotTheUpdate() {
        var id = sandbox.allegro().buy(0, 1).getFirst();
        sandbox.advance(Duration.ofSeconds(500));
        var before = form(id);

        var answer = client.put("/order/checkout-forms/" + id + "/fulfillment", "{\"status\":\"READY_FOR_PICKUP\"}");

        assertThat(answer.status()).isEqualTo(204);
        var after = form(id);
        assertThat(fulfillment(after)).isEqualTo("READY_FOR_PICKUP");
        assertThat(after.path("revision")).isNotEqualTo(before.path("revision"));
        assertThat(after.path("updatedAt")).isEqualTo(before.path("updatedAt"));
        var last = AllegroClient.all(client.ok("/order/events?limit=1000").path("events"))
                .getLast();
        assertThat(last.path("type").asString()).isEqualTo("FULFILLMENT_STATUS_CHANGED");
        assertThat(last.path("order").path("checkoutForm").path("id").asString())
                .isEqualTo(id);
        assertThat(last.path("order").path("checkoutForm").path("revision")).isEqualTo(after.path("revision"));
    }

    @Test
    void theSellersPanelDoesTheSameAndEndsTheScript() {
        var id = sandbox.allegro().buy(0, 1).getFirst();
        sandbox.allegro().fulfill(0, id, "SUSPENDED");

        sandbox.advance(Duration.ofHours(5));

        assertThat(fulfillment(form(id))).isEqualTo("SUSPENDED");
        assertThat(AllegroClient.all(client.ok("/order/events?limit=1000&type=FULFILLMENT_STATUS_CHANGED")
                        .path("events")))
                .hasSize(1);
    }

    @Test
    void aChangeWithAnOutdatedRevisionIsAConflict() {
        var id = sandbox.allegro().buy(0, 1).getFirst();
        var path = "/order/checkout-forms/" + id + "/fulfillment?checkoutForm.revision=";
        var revision = form(id).path("revision").asString();

        assertThat(client.put(path + "00000000", "{\"status\":\"SENT\"}").status())
                .isEqualTo(409);
        assertThat(client.put(path + revision, "{\"status\":\"SENT\"}").status())
                .isEqualTo(204);
        assertThat(client.put(path + revision, "{\"status\":\"SENT\"}").status())
                .isEqualTo(409);
    }

    @Test
    void onlyKnownFulfillmentsCanBeSet() {
        var path = "/order/checkout-forms/" + sandbox.allegro().buy(0, 1).getFirst() + "/fulfillment";

        assertThat(client.put(path, "{\"status\":\"RETURNED\"}").status()).isEqualTo(422);
        assertThat(client.put(path, "{\"status\":\"FLOWN\"}").status()).isEqualTo(422);
        assertThat(client.put(path, "{").status()).isEqualTo(400);
        assertThat(client.put("/order/checkout-forms/" + "x/fulfillment", "{\"status\":\"SENT\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theListLagsBehind() {
        with("orders=0", "live-orders-per-minute=0", "list-delay=10s");
        var id = sandbox.allegro().buy(0, 1).getFirst();
        assertThat(form(id).path("id").asString()).isEqualTo(id);
        assertThat(client.ok("/order/checkout-forms").path("totalCount").asInt())
                .isZero();

        sandbox.advance(Duration.ofSeconds(10));

        assertThat(client.ok("/order/checkout-forms")
                        .path("checkoutForms")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void mergesPurchasesIntoANewIdAndForgetsTheOldOnes() {
        with("orders=2000", "merges=0.1", "live-orders-per-minute=0", "log-retention=100d");
        var merged = sandbox.allegro().merged(0);
        var linesByForm = new HashMap<String, List<String>>();
        AllegroClient.all(client.ok("/order/events?limit=1000&type=BOUGHT").path("events"))
                .forEach(it -> linesByForm.put(
                        it.path("order").path("checkoutForm").path("id").asString(),
                        AllegroClient.all(it.path("order").path("lineItems")).stream()
                                .map(line -> line.path("id").asString())
                                .toList()));

        assertThat(merged).hasSizeGreaterThan(100);
        merged.entrySet().stream().limit(50).forEach(it -> {
            assertThat(client.get("/order/checkout-forms/" + it.getKey()).status())
                    .isEqualTo(404);
            var lines = AllegroClient.all(form(it.getValue()).path("lineItems")).stream()
                    .map(line -> line.path("id").asString())
                    .toList();
            assertThat(lines).containsAll(linesByForm.get(it.getKey()));
            assertThat(lines.size()).isGreaterThan(linesByForm.get(it.getKey()).size());
        });
    }

    @Test
    void someLiveOrdersAreMergedWhileOneWatches() {
        with("orders=0", "live-orders-per-minute=60", "merges=0.2", "live-pace=1000");
        sandbox.advance(Duration.ofMinutes(10));
        var before = sandbox.allegro().orders(0, false).map(it -> it.id()).collect(toSet());

        sandbox.advance(Duration.ofMinutes(10));

        var after = sandbox.allegro().orders(0, false).map(it -> it.id()).collect(toSet());
        assertThat(before)
                .hasSizeGreaterThan(400)
                .anySatisfy(it -> assertThat(after).doesNotContain(it));
        assertThat(after).hasSizeGreaterThan(800);
    }

    @Test
    void forgetsOrdersAfterAYear() {
        with("orders=800", "days=720", "live-orders-per-minute=0");
        var total = client.ok("/order/checkout-forms").path("totalCount").asInt();
        assertThat(total).isBetween(370, 420);

        var old = sandbox.allegro().orders(0, false).findFirst().orElseThrow();

        assertThat(Instant.parse(old.boughtAt())).isBefore(sandbox.now().minus(Duration.ofDays(365)));
        assertThat(client.get("/order/checkout-forms/" + old.id()).status()).isEqualTo(404);
    }
}
