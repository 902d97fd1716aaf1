package dev.kontor.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.sandbox.wix.TrueArticle;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulated Wix's goods: what buyers, the seller and his programs do to them, under either catalog. */
class WixStockTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ZEROS = "00000000-0000-0000-0000-000000000000";
    private static final String V1 = "V1_CATALOG";
    private static final String V3 = "V3_CATALOG";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Sandbox> started = new ArrayList<>();
    private Sandbox sandbox = start(V1);

    @TempDir
    Path directory;

    private record Answer(int status, JsonNode body) {

        String code() {
            return body.at("/details/applicationError/code").asString("");
        }
    }

    private Sandbox start(String catalog, String... settings) {
        var all = new ArrayList<>(List.of(
                "orders=10",
                "catalog=60",
                "live-orders-per-minute=0",
                "live-pace=100000",
                "list-delay=4s",
                "speed=0",
                "start=2026-10-01T00:00:00Z",
                "limits=false",
                "wix.orders=20",
                "wix.elsewhere=0",
                "wix.live-orders-per-minute=0",
                "wix.catalog=" + catalog));
        all.addAll(List.of(settings));
        sandbox = Sandbox.start(Scenario.of(all.toArray(String[]::new)));
        started.add(sandbox);
        return sandbox;
    }

    @AfterEach
    void stop() {
        started.forEach(Sandbox::close);
    }

    // The same goods under two catalogs

    @Test
    void sellsAllegrosGoodsUnderBothCatalogsWithItsOwnStock() {
        var skus = IntStream.range(0, 60)
                .mapToObj(sandbox.allegro()::goods)
                .map(goods -> Objects.requireNonNullElse(goods.sku(), ""))
                .toList();

        assertThat(sandbox.wix().articles().map(it -> Objects.requireNonNullElse(it.sku(), "")))
                .containsExactlyElementsOf(skus);
        assertThat(sandbox.wix().articles().filter(it -> it.variant() != null)).isNotEmpty();
        sandbox.wix().moveCatalog(V3);
        assertThat(sandbox.wix().articles()).allMatch(it -> it.variant() != null);
    }

    @Test
    void answersForTheCatalogThatTheSiteRuns() {
        var older = "/stores-reader/v2/inventoryItems/query";
        var newer = "/stores/v3/inventory-items/query";
        assertThat(post(older, "{}").status()).isEqualTo(200);
        assertThat(post(newer, "{}").status()).isEqualTo(428);

        sandbox.wix().moveCatalog(V3);

        assertThat(post(older, "{}").status()).isEqualTo(428);
        assertThat(post(newer, "{}").status()).isEqualTo(200);
    }

    // Catalog V1

    @Test
    void wantsFilterAndSortAsTexts() {
        var path = "/stores-reader/v1/products/query";
        assertThat(post(path, "{\"query\":{\"filter\":{\"id\":\"x\"}}}").status())
                .isEqualTo(400);
        assertThat(post(path, "{\"query\":{\"paging\":{\"limit\":101}}}").status())
                .isEqualTo(400);
        var first = products("{}", 7);
        var last = first.get(6).path("numericId").asString();

        var rest = products("{\\\"numericId\\\":{\\\"$gt\\\":%s}}".formatted(last), 100);

        assertThat(first).hasSize(7);
        assertThat(rest)
                .extracting(it -> it.path("numericId").asString())
                .isSorted()
                .doesNotContain(last);
        assertThat(first.size() + rest.size()).isEqualTo((int)
                sandbox.wix().articles().map(TrueArticle::product).distinct().count());
    }

    @Test
    void hidesHiddenProductsFromThoseWhoDoNotAskForThem() {
        var visible = post("/stores/v1/products/query", "{}")
                .body()
                .path("totalResults")
                .asInt();
        var all = post("/stores/v1/products/query", "{\"includeHiddenProducts\":true}")
                .body()
                .path("totalResults")
                .asInt();

        assertThat(visible).isLessThan(all);
    }

    @Test
    void listsVariantsAlsoByThemselves() {
        var shirt = managed();

        var variants = post(
                        "/stores-reader/v1/variants/query",
                        "{\"query\":{\"filter\":{\"productId\":{\"$eq\":\"%s\"}}}}".formatted(shirt.product()))
                .body()
                .path("variants");

        assertThat(variants)
                .extracting(it -> it.path("variantId").asString())
                .containsExactlyElementsOf(
                        siblings(shirt).stream().map(TrueArticle::variant).toList());
        assertThat(variants.path(0).at("/stock/quantity").asInt()).isEqualTo(shirt.available());
    }

    @Test
    void stopsCountingForAllVariantsWhereNothingIsSaidOfIt() {
        var shirt = managed();
        var path = "/stores/v2/inventoryItems/product/" + shirt.product();
        var body = "{\"inventoryItem\":{%s\"variants\":[{\"variantId\":\"%s\",\"quantity\":7}]}}";

        assertThat(patch(path, body.formatted("\"trackQuantity\":true,", shirt.variant()))
                        .status())
                .isEqualTo(200);
        assertThat(now(shirt).available()).isEqualTo(7);
        assertThat(siblings(shirt)).allMatch(TrueArticle::tracked);
        var others = siblings(shirt).stream().map(TrueArticle::available).toList();

        patch(path, body.formatted("", shirt.variant()));

        assertThat(siblings(shirt)).noneMatch(TrueArticle::tracked).hasSize(3);
        assertThat(siblings(shirt).subList(1, 3))
                .extracting(TrueArticle::available)
                .isEqualTo(others.subList(1, 3));
    }

    @Test
    void changesByADifferenceEachTimeItIsTold() {
        var mug = single();
        shows(mug, 10);
        var body = "{\"decrementData\":[{\"productId\":\"%s\",\"variantId\":\"%s\",\"decrementBy\":4}]}"
                .formatted(mug.product(), ZEROS);

        assertThat(post("/stores/v2/inventoryItems/decrement", body).status()).isEqualTo(200);
        assertThat(post("/stores/v2/inventoryItems/decrement", body).status()).isEqualTo(200);
        var third = post("/stores/v2/inventoryItems/decrement", body);

        assertThat(third.code()).isEqualTo("INSUFFICIENT_INVENTORY");
        assertThat(now(mug).available()).isEqualTo(2);
    }

    @Test
    void changesUpToThreeHundredInOneCallAndWhatStandsBeforeAWrongOne() {
        var shirt = siblings(managed());
        shirt.forEach(it -> shows(it, 10));
        var entry = "{\"productId\":\"%s\",\"variantId\":\"%s\",\"incrementBy\":%d}";
        var first = entry.formatted(shirt.get(0).product(), shirt.get(0).variant(), 1);
        var second = entry.formatted(shirt.get(1).product(), shirt.get(1).variant(), 2);
        var wrong = entry.formatted(shirt.get(2).product(), ZEROS, 3);

        assertThat(increment(Collections.nCopies(300, first))).isEqualTo(200);
        assertThat(increment(Collections.nCopies(301, first))).isEqualTo(400);
        assertThat(increment(List.of(second, wrong, first))).isEqualTo(404);
        assertThat(increment(List.of(wrong, second))).isEqualTo(404);

        assertThat(siblings(shirt.get(0))).extracting(TrueArticle::available).containsExactly(310, 12, 10);
    }

    private int increment(List<String> entries) {
        return post("/stores/v2/inventoryItems/increment", "{\"incrementData\":[" + String.join(",", entries) + "]}")
                .status();
    }

    @Test
    void tellsQueriesLateAndWhoAsksForOneAtOnce() {
        var mug = single();
        shows(mug, 10);
        sandbox.advance(Duration.ofSeconds(5));
        shows(mug, 3);

        assertThat(queried(mug)).isEqualTo(10);
        assertThat(alone(mug)).isEqualTo(3);

        sandbox.advance(Duration.ofSeconds(4));
        assertThat(queried(mug)).isEqualTo(3);
    }

    // Catalog V3

    @Test
    void writesUnderTheRevisionThatIsThere() {
        start(V3);
        var mug = single();
        shows(mug, 10);
        var item = fresh(mug);

        assertThat(update(item, 8).status()).isEqualTo(200);
        var stale = update(item, 20);

        assertThat(stale.status()).isEqualTo(409);
        assertThat(now(mug).available()).isEqualTo(8);
        assertThat(fresh(mug).path("revision").asString())
                .isNotEqualTo(item.path("revision").asString());
    }

    @Test
    void callsABulkWriteASuccessWhateverBecameOfItsParts() {
        start(V3);
        var mug = single();
        shows(mug, 10);
        var item = fresh(mug);
        var entry = "{\"inventoryItem\":{\"id\":\"%s\",\"revision\":\"%s\",\"quantity\":5}}";
        var body = "{\"inventoryItems\":[%s,%s]}"
                .formatted(
                        entry.formatted("00000000-0000-0000-0000-000000000001", "1"),
                        entry.formatted(
                                item.path("id").asString(),
                                item.path("revision").asString()));

        var answer = post("/stores/v3/bulk/inventory-items/update", body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/results/0/itemMetadata/success").asBoolean(true))
                .isFalse();
        assertThat(answer.body().at("/results/1/itemMetadata/success").asBoolean(false))
                .isTrue();
        assertThat(answer.body().at("/bulkActionMetadata/totalFailures").asInt())
                .isEqualTo(1);
        assertThat(now(mug).available()).isEqualTo(5);
    }

    @Test
    void goesBelowZeroOnlyWhereThatIsNotForbidden() {
        start(V3);
        var mug = single();
        shows(mug, 1);
        var body = "{\"decrementData\":[{\"inventoryItemId\":\"%s\",\"decrementBy\":3}],\"restrictInventory\":%b}";
        var id = fresh(mug).path("id").asString();

        var refused = post("/stores/v3/bulk/inventory-items/decrement", body.formatted(id, true));
        assertThat(refused.body().at("/results/0/itemMetadata/error/code").asString(""))
                .isEqualTo("INSUFFICIENT_INVENTORY");

        post("/stores/v3/bulk/inventory-items/decrement", body.formatted(id, false));
        assertThat(now(mug).available()).isEqualTo(-2);
    }

    @Test
    void keepsSomeArticlesInASecondPlace() {
        start(V3, "wix.elsewhere=1");
        var mug = single();
        assertThat(mug.places()).hasSize(2);
        var both = post(
                        "/stores/v3/inventory-items/query",
                        "{\"query\":{\"filter\":{\"variantId\":{\"$in\":[\"%s\"]}}}}".formatted(mug.variant()))
                .body()
                .path("inventoryItems");
        assertThat(both).hasSize(2);

        assertThat(sandbox.wix().buy(mug.product(), mug.variant(), 99_999)).isEqualTo(mug.available());
        assertThat(now(mug).places().values()).containsOnly(0);
    }

    // Buyers

    @Test
    void ordersTakeWhatIsThereAndNameTheArticle() {
        for (var catalog : List.of(V1, V3)) {
            start(catalog);
            for (var article : List.of(single(), managed())) {
                shows(article, 3);

                assertThat(sandbox.wix().buy(article.product(), article.variant(), 5))
                        .isEqualTo(3);

                assertThat(now(article).available()).isZero();
                sandbox.advance(Duration.ofMinutes(1));
                var order = order(sandbox.wix()
                        .orders()
                        .reduce((one, next) -> next)
                        .orElseThrow()
                        .id());
                var line = order.at("/order/lineItems/0");
                assertThat(line.path("quantity").asInt()).isEqualTo(3);
                assertThat(line.at("/catalogReference/catalogItemId").asString())
                        .isEqualTo(article.product());
                assertThat(line.at("/catalogReference/options/variantId").asString(""))
                        .isEqualTo(article.variant() == null ? "" : article.variant());
                assertThat(sandbox.wix().buy(article.product(), article.variant(), 1))
                        .isZero();
            }
        }
    }

    @Test
    void anOrderGivesBackWhatItTookWhenItIsCancelledWithRestocking() {
        var before = total();
        var orders = sandbox.wix().buy(300);
        sandbox.advance(Duration.ofHours(1));

        var sold = 0;
        var restocked = 0;
        for (var id : orders) {
            for (var line : order(id).at("/order/lineItems")) {
                sold += line.path("quantity").asInt();
                restocked += line.path("restockQuantity").asInt();
            }
        }

        assertThat(restocked).isPositive();
        assertThat(total()).isEqualTo(before - sold + restocked);
    }

    @Test
    void theStoryGoesOnAfterARestartWithTheStockItHad() {
        var settings = new String[] {"directory=" + directory, "wix.live-orders-per-minute=600", "speed=1"};
        start(V3, settings);
        var mug = single();
        shows(mug, 40);
        sandbox.wix().buy(mug.product(), mug.variant(), 2);
        update(fresh(mug), 17);
        sandbox.advance(Duration.ofMinutes(2));
        sandbox.run(0);
        var before = sandbox.wix().articles().toList();
        sandbox.close();

        start(V3, settings);

        assertThat(sandbox.wix().articles().toList()).isEqualTo(before);
    }

    // Mishaps

    @Test
    void saysThatAWriteIsDoneAndDoesNothing() {
        start(V3);
        var mug = single();
        shows(mug, 10);
        faults(Map.of(Fault.SILENT_NO_OP, 1.0));

        assertThat(update(fresh(mug), 3).status()).isEqualTo(200);

        assertThat(now(mug).available()).isEqualTo(10);
    }

    @Test
    void carriesAWriteOutAfterItsGatewayGaveUp() {
        start(V3);
        var mug = single();
        shows(mug, 10);
        faults(Map.of(Fault.OUT_OF_ORDER, 1.0));

        assertThat(update(fresh(mug), 3).status()).isEqualTo(504);
        assertThat(now(mug).available()).isEqualTo(10);

        sandbox.advance(Duration.ofMinutes(5));
        assertThat(now(mug).available()).isEqualTo(3);
    }

    private void faults(Map<Fault, Double> faults) {
        sandbox.allegro().faults(faults);
        sandbox.advance(Duration.ofMillis(5));
    }

    // What there is

    private TrueArticle single() {
        return sandbox.wix()
                .articles()
                .filter(TrueArticle::visible)
                .filter(it -> siblings(it).size() == 1)
                .findFirst()
                .orElseThrow();
    }

    private TrueArticle managed() {
        return sandbox.wix()
                .articles()
                .filter(TrueArticle::visible)
                .filter(it -> siblings(it).size() > 1)
                .findFirst()
                .orElseThrow();
    }

    private List<TrueArticle> siblings(TrueArticle article) {
        return sandbox.wix()
                .articles()
                .filter(it -> it.product().equals(article.product()))
                .toList();
    }

    private TrueArticle now(TrueArticle article) {
        return siblings(article).stream()
                .filter(it -> Objects.equals(it.variant(), article.variant()))
                .findFirst()
                .orElseThrow();
    }

    private int total() {
        return sandbox.wix().articles().mapToInt(TrueArticle::available).sum();
    }

    private void shows(TrueArticle article, int quantity) {
        sandbox.wix().show(article.product(), article.variant(), quantity);
    }

    private int queried(TrueArticle article) {
        var body = "{\"query\":{\"filter\":\"{\\\"productId\\\":\\\"%s\\\"}\"}}".formatted(article.product());
        return post("/stores/v2/inventoryItems/query", body)
                .body()
                .at("/inventoryItems/0/variants/0/quantity")
                .asInt();
    }

    private int alone(TrueArticle article) {
        return post("/stores-reader/v2/inventoryItems/product/" + article.product() + "/getVariants", "{}")
                .body()
                .at("/inventoryItem/variants/0/quantity")
                .asInt();
    }

    private List<JsonNode> products(String filter, int limit) {
        var body = """
                {"includeHiddenProducts":true,"query":{"filter":"%s","sort":"[{\\"numericId\\":\\"asc\\"}]","paging":{"limit":%d}}}""".formatted(filter, limit);
        return post("/stores-reader/v1/products/query", body)
                .body()
                .path("products")
                .valueStream()
                .toList();
    }

    private JsonNode fresh(TrueArticle article) {
        var body = "{\"query\":{\"filter\":{\"variantId\":\"%s\"}}}".formatted(article.variant());
        var id = post("/stores/v3/inventory-items/query", body)
                .body()
                .at("/inventoryItems/0/id")
                .asString();
        return send("GET", "/stores/v3/inventory-items/" + id, null).body().path("inventoryItem");
    }

    private Answer update(JsonNode item, int quantity) {
        var id = item.path("id").asString();
        return patch(
                "/stores/v3/inventory-items/" + id,
                "{\"inventoryItem\":{\"id\":\"%s\",\"revision\":\"%s\",\"quantity\":%d}}"
                        .formatted(id, item.path("revision").asString(), quantity));
    }

    private JsonNode order(String id) {
        return send("GET", "/ecom/v1/orders/" + id, null).body();
    }

    private Answer post(String path, String body) {
        return send("POST", path, body);
    }

    private Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    private Answer send(String method, String path, @Nullable String body) {
        var entries = sandbox.wix().entries();
        var request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/wix" + path))
                .header("Authorization", String.valueOf(entries.get("apiKey")))
                .header("wix-site-id", String.valueOf(entries.get("siteId")))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
