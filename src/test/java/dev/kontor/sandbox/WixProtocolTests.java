package dev.kontor.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulated Wix is as strict as the real one. */
class WixProtocolTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SEARCH = "/wix/ecom/v1/orders/search";
    private static final String VERSION = "/wix/stores/v3/provision/version";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox = Sandbox.start(Scenario.of(
            "orders=10",
            "live-orders-per-minute=0",
            "list-delay=4s",
            "speed=0",
            "wix.orders=60",
            "wix.live-orders-per-minute=0"));
    private final Map<String, String> entries = sandbox.wix().entries();

    private record Answer(int status, JsonNode body) {}

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void givesATokenForFourHours() {
        var token = token();
        assertThat(token.body().path("expires_in").asInt()).isEqualTo(14_400);
        var access = token.body().path("access_token").asString("");
        assertThat(get(VERSION, "Authorization", access).status()).isEqualTo(200);
        assertThat(get(VERSION, "Authorization", "Bearer " + access).status()).isEqualTo(200);

        sandbox.advance(Duration.ofHours(4));

        assertThat(get(VERSION, "Authorization", access).status()).isEqualTo(401);
    }

    @Test
    void takesTheTokenQuestionAsJsonOnly() {
        var form = send(
                "/wix/oauth2/token",
                "grant_type=client_credentials",
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(form.status()).isEqualTo(400);
    }

    @Test
    void killsTokenAndKeyWhenTheOwnerTakesThemBack() {
        var access = token().body().path("access_token").asString("");
        sandbox.wix().revoke();

        assertThat(get(VERSION, "Authorization", access).status()).isEqualTo(401);
        assertThat(byKey(VERSION).status()).isEqualTo(401);
        assertThat(token().status()).isEqualTo(404);
        assertThat(sandbox.wix().entries()).isNotEqualTo(entries);
    }

    /** Wix: the instance's id remains the same even if the app is uninstalled and reinstalled. */
    @Test
    void anAppThatIsInstalledAgainHasTheSameInstanceAndNeedsAnotherToken() {
        var before = token().body().path("access_token").asString("");
        sandbox.wix().revoke();
        sandbox.wix().install();

        var after = token().body().path("access_token").asString("");
        assertThat(get(VERSION, "Authorization", before).status()).isEqualTo(401);
        assertThat(get(VERSION, "Authorization", after).status()).isEqualTo(200);
    }

    @Test
    void wantsExactlyOneOfSiteAndAccountBesideAKey() {
        var key = entries.get("apiKey");
        var site = entries.get("siteId");

        assertThat(byKey(VERSION).status()).isEqualTo(200);
        assertThat(get(VERSION, "Authorization", key).status()).isEqualTo(400);
        assertThat(get(VERSION, "Authorization", key, "wix-site-id", site, "wix-account-id", site)
                        .status())
                .isEqualTo(400);
        assertThat(get(VERSION, "Authorization", key, "wix-account-id", site).status())
                .isEqualTo(403);
    }

    @Test
    void answersForItsOwnCatalogOnly() {
        assertThat(byKey(VERSION).body().path("catalogVersion").asString("")).isEqualTo("V3_CATALOG");
        assertThat(byKey("/wix/stores/v2/inventoryItems/x").status()).isEqualTo(428);

        sandbox.wix().moveCatalog("V1_CATALOG");

        assertThat(byKey(VERSION).body().path("catalogVersion").asString("")).isEqualTo("V1_CATALOG");
        assertThat(byKey("/wix/stores/v3/inventory-items/x").status()).isEqualTo(428);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"cursorPaging":{"limit":101}}                                          | search.cursorPaging.limit
            {"cursorPaging":{"cursor":"x"},"sort":[{"fieldName":"number"}]}         | search.cursorPaging.cursor
            {"cursorPaging":{"cursor":"x"}}                                         | search.cursorPaging.cursor
            {"filter":{"colour":{"$eq":"red"}}}                                     | search.filter
            {"filter":{"createdDate":{"$like":"2026"}}}                             | search.filter
            {"sort":[{"fieldName":"colour"}]}                                       | search.sort""")
    void namesWhatIsWrongWithASearch(String search, String field) {
        var answer = search(search);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()
                        .at("/details/validationError/fieldViolations/0/field")
                        .asString(""))
                .isEqualTo(field);
    }

    @Test
    void pagesThroughAllOrdersAndTellsNothingOfThoseThatWereAbandoned() {
        var told = new ArrayList<JsonNode>();
        var page = search(
                        "{\"sort\":[{\"fieldName\":\"updatedDate\",\"order\":\"ASC\"}],\"cursorPaging\":{\"limit\":7}}")
                .body();
        page.path("orders").forEach(told::add);
        while (page.at("/metadata/hasNext").asBoolean()) {
            page = search("{\"cursorPaging\":{\"limit\":7,\"cursor\":\"%s\"}}"
                            .formatted(page.at("/metadata/cursors/next").asString("")))
                    .body();
            page.path("orders").forEach(told::add);
        }

        assertThat(told)
                .extracting(order -> order.path("updatedDate").asString(""))
                .isSorted();
        assertThat(told).extracting(order -> order.path("status").asString("")).doesNotContain("INITIALIZED");
        assertThat(told)
                .extracting(order -> order.path("id").asString(""))
                .containsExactlyInAnyOrderElementsOf(
                        sandbox.wix().orders().map(order -> order.id()).toList())
                .hasSizeBetween(50, 60);
    }

    @Test
    void aSearchLearnsOfAnOrderLaterThanTheOrderItselfIsThere() {
        var offline = List.<String>of();
        while (offline.isEmpty()) {
            offline = sandbox.wix().buy(20).stream()
                    .filter(id ->
                            order(id).body().at("/order/status").asString("").equals("APPROVED"))
                    .toList();
        }
        assertThat(offline).anyMatch(id -> !found(id));

        sandbox.advance(Duration.ofSeconds(4));

        assertThat(offline).allMatch(this::found);
    }

    @Test
    void slowsDownWhoAsksMoreThanTwoHundredTimesAMinute() {
        for (int call = 0; call < 200; call++) {
            assertThat(byKey(VERSION).status()).isEqualTo(200);
        }

        var refused = byKey(VERSION);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().at("/details/applicationError/code").asString(""))
                .isEqualTo("RESOURCE_EXHAUSTED");
    }

    @Test
    void sellsTheGoodsThatAllegroSells() {
        var document =
                order(sandbox.wix().orders().findFirst().orElseThrow().id()).body();
        var name = document.at("/order/lineItems/0/productName/original").asString("");

        assertThat(java.util.stream.IntStream.range(0, 400).mapToObj(sandbox.allegro()::goods))
                .anyMatch(goods -> goods.name().equals(name));
    }

    private boolean found(String id) {
        return search("{\"sort\":[{\"fieldName\":\"createdDate\",\"order\":\"DESC\"}]}")
                .body()
                .path("orders")
                .valueStream()
                .anyMatch(order -> order.path("id").asString("").equals(id));
    }

    private Answer token() {
        var body = """
                {"grant_type":"client_credentials","client_id":"%s","client_secret":"%s","instance_id":"%s"}""".formatted(
                sandbox.scenario().wix().appId(), sandbox.scenario().wix().appSecret(), entries.get("instanceId"));
        return send("/wix/oauth2/token", body, "Content-Type", "application/json");
    }

    private Answer search(String search) {
        return send(SEARCH, "{\"search\":" + search + "}", withKey());
    }

    private Answer order(String id) {
        return byKey("/wix/ecom/v1/orders/" + id);
    }

    private Answer byKey(String path) {
        return get(path, withKey());
    }

    private String[] withKey() {
        return new String[] {
            "Authorization",
            entries.get("apiKey"),
            "wix-site-id",
            entries.get("siteId"),
            "Content-Type",
            "application/json"
        };
    }

    private Answer get(String path, String... headers) {
        return exchange(HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .headers(headers)
                .build());
    }

    private Answer send(String path, String body, String... headers) {
        return exchange(HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .headers(headers)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private Answer exchange(HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
