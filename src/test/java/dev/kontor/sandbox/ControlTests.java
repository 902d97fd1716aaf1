package dev.kontor.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ControlTests {

    private final Sandbox sandbox = Sandbox.start(Scenario.of(
            "orders=120", "live-orders-per-minute=0", "speed=0", "list-delay=0s", "decision=wait", "sellers=2"));
    private final AllegroClient client = AllegroClient.connected(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private List<JsonNode> lines(String path) {
        return client.control("GET", path, "")
                .raw()
                .body()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    @Test
    void tellsTheTrueOrdersAsTheApiShowsThem() {
        var orders = lines("/allegro/orders");

        assertThat(orders)
                .hasSize(client.ok("/order/checkout-forms").path("totalCount").asInt());
        var order = orders.getLast();
        var form = client.ok("/order/checkout-forms/" + order.path("id").asString());
        assertThat(form.path("status")).isEqualTo(order.path("status"));
        assertThat(form.path("revision")).isEqualTo(order.path("revision"));
        assertThat(form.path("summary").path("totalToPay").path("amount")).isEqualTo(order.path("total"));
        assertThat(form.path("lineItems")).hasSize(order.path("lines").asInt());
        assertThat(order.path("sha256").asString()).hasSize(64);
        assertThat(lines("/allegro/orders?hash=false").getLast().path("sha256").isNull())
                .isTrue();
        assertThat(lines("/allegro/orders?seller=1")).isNotEmpty().doesNotContainAnyElementsOf(orders);
    }

    @Test
    void tellsTheTrueEvents() {
        var events = lines("/allegro/events");

        assertThat(events.getLast().path("id"))
                .isEqualTo(client.ok("/order/event-stats").path("latestEvent").path("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/control"})
    void tellsANewcomerWhatThereIs(String path) throws Exception {
        var index = JsonMapper.shared()
                .readTree(new URI(sandbox.baseUrl() + path).toURL().openStream());

        assertThat(index.path("api").asString()).isEqualTo(sandbox.baseUrl() + "/allegro");
        assertThat(index.path("control").propertyNames())
                .contains("GET /control/state", "POST /control/allegro/buy", "PUT /control/faults");
        assertThat(index.path("control").values())
                .allSatisfy(what -> assertThat(what.asString()).isNotBlank());
    }

    @Test
    void buysAndMovesTheClock() {
        var ids = client.control("POST", "/allegro/buy", "{\"count\":3}").body().path("ids");
        assertThat(ids).hasSize(3);
        var now = client.control("GET", "/state", "").body().path("now").asString();

        var state = client.control("POST", "/clock", "{\"advance\":\"PT1H\",\"speed\":0}")
                .body();

        assertThat(java.time.Instant.parse(state.path("now").asString()))
                .isEqualTo(java.time.Instant.parse(now).plusSeconds(3600));
        var path = "/allegro/orders/" + ids.path(0).asString() + "/fulfillment";
        assertThat(client.control("POST", path, "{\"status\":\"SENT\"}").status())
                .isEqualTo(204);
        assertThat(client.ok("/order/checkout-forms/" + ids.path(0).asString())
                        .path("fulfillment")
                        .path("status")
                        .asString())
                .isEqualTo("SENT");
    }

    @Test
    void setsFaultsByTheirNames() {
        assertThat(client.control("PUT", "/faults", "{\"server-error\":1}").status())
                .isEqualTo(200);
        assertThat(client.get("/me").status()).isEqualTo(500);
        assertThat(client.control("GET", "/faults", "")
                        .body()
                        .path("SERVER_ERROR")
                        .asDouble())
                .isEqualTo(1);
        assertThat(client.control("PUT", "/faults", "{}").status()).isEqualTo(200);
        assertThat(client.get("/me").status()).isEqualTo(200);

        assertThat(client.control("PUT", "/faults", "{\"server-error\":1.5}").status())
                .isEqualTo(400);
        assertThat(client.control("PUT", "/faults", "{\"gremlins\":1}").status())
                .isEqualTo(400);
    }

    @Test
    void putsAMarketplaceOutOfReachAndBack() {
        assertThat(client.control("PUT", "/outages", "[\"allegro\"]").status()).isEqualTo(200);
        assertThat(client.get("/me").status()).isEqualTo(503);
        assertThat(client.control("GET", "/state", "").body().path("down").toString())
                .isEqualTo("[\"allegro\"]");
        assertThat(client.control("PUT", "/outages", "[\"ebay\"]").status()).isEqualTo(400);

        assertThat(client.control("PUT", "/outages", "[\"wix\"]").status()).isEqualTo(200);

        assertThat(client.get("/me").status()).isEqualTo(200);
    }

    @Test
    void remembersOverARestartWhatTheSellerTookAway(@TempDir Path directory) {
        var settings = new String[] {
            "directory=" + directory, "orders=20", "speed=0", "live-orders-per-minute=0", "decision=wait"
        };
        String offer;
        String product;
        String sku;
        try (var first = Sandbox.start(Scenario.of(settings))) {
            offer = first.allegro().offers(0).findFirst().orElseThrow().id();
            product = first.wix().articles().findFirst().orElseThrow().product();
            sku = first.amazon().listings().findFirst().orElseThrow().sku();
            var control = AllegroClient.connected(first);
            for (var path :
                    List.of("/allegro/offers/" + offer, "/wix/products/" + product, "/amazon/listings/" + sku)) {
                assertThat(control.control("DELETE", path, "").status())
                        .as(path)
                        .isEqualTo(204);
                assertThat(control.control("DELETE", path, "").status())
                        .as(path)
                        .isEqualTo(400);
            }
            assertThat(control.get("/sale/product-offers/" + offer).status()).isEqualTo(404);
        }
        try (var again = Sandbox.start(Scenario.of(settings))) {
            assertThat(again.allegro().offers(0)).noneMatch(it -> it.id().equals(offer));
            assertThat(again.wix().articles()).noneMatch(it -> it.product().equals(product));
            assertThat(again.amazon().listings()).noneMatch(it -> it.sku().equals(sku));
        }
    }

    @Test
    void decidesAboutDeviceCodes() {
        var device = client.device();
        var path = "/allegro/device/" + device.path("user_code").asString();
        assertThat(client.control("POST", path + "/confirm?seller=1", "").status())
                .isEqualTo(204);
        assertThat(client.control("POST", path + "/refuse", "").status()).isEqualTo(400);

        client.use(client.poll(device.path("device_code").asString()).body());

        assertThat(client.ok("/me").path("id").asString()).isEqualTo("44000002");
    }

    @Test
    void revokesAndBansAndCounts() {
        assertThat(client.get("/me").status()).isEqualTo(200);
        assertThat(client.control("POST", "/allegro/tokens/revoke", "")
                        .body()
                        .path("revoked")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.get("/me").status()).isEqualTo(401);
        assertThat(client.control("POST", "/allegro/ban", "").status()).isEqualTo(204);

        var counters = client.control("GET", "/counters", "").body();

        assertThat(counters.path("requests").path("GET /allegro/me").path("200").asInt())
                .isEqualTo(1);
        assertThat(counters.path("requests").path("GET /allegro/me").path("401").asInt())
                .isEqualTo(1);
        assertThat(counters.path("mostRequestsInAnyMinute").asInt()).isPositive();
        assertThat(client.control("GET", "/state", "").body().path("banned").asBoolean())
                .isTrue();
    }

    @Test
    void knowsNothingElse() {
        assertThat(client.control("GET", "/nothing", "").status()).isEqualTo(404);
        assertThat(client.control("GET", "/allegro/buy", "").status()).isEqualTo(405);
        assertThat(client.control("GET", "/allegro/orders?seller=9", "").status())
                .isEqualTo(400);
    }
}
