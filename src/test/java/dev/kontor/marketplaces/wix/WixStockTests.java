package dev.kontor.marketplaces.wix;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Listings;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.StockWriter;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Change.Relative;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;

/** What the adapter asks and makes of single answers about stock, under both catalogs. */
class WixStockTests {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final String VERSION = "/stores/v3/provision/version";
    private static final String SET = "/stores/v2/inventoryItems/product/mug";
    private static final String DECREMENT = "/stores/v2/inventoryItems/decrement";
    private static final String VARIANTS_OF_MUG = "/stores-reader/v2/inventoryItems/product/mug/getVariants";
    private static final String PRODUCTS = "/stores-reader/v1/products/query";
    private static final String QUERY_V3 = "/stores/v3/inventory-items/query";
    private static final String BULK = "/stores/v3/bulk/inventory-items/update";
    private static final String VARIANTS = "/stores/v3/products/query-variants";
    private static final String ZEROS = "00000000-0000-0000-0000-000000000000";

    private final HttpStub stub = new HttpStub();
    private final SettableClock clock = new SettableClock(NOON);
    private final WixProperties properties =
            new WixProperties(stub.url(), "the-app", "the-secret", "", 2, Duration.ofMinutes(5), Duration.ofDays(365));
    private final TestExchange exchange = new TestExchange(clock, Map.of("kontor.exchange.retry.delay", "1ms"));
    private final WixCalls calls = new WixCalls(exchange.exchange(), exchange.clients(), properties);
    private final Wix wix = WixFixtures.wix(calls, new WixApp(calls, properties), properties, new SeenDrift(), clock);
    private final StockWriter stock = wix.stockWriter().orElseThrow();
    private final Listings listings = wix.listings().orElseThrow();
    private final Connection connection = new Connection(
            UUID.randomUUID(),
            new Credentials(Map.of("apiKey", "the-key", "siteId", "the-site"), null),
            Lane.STOCK_TO_ZERO);

    @AfterEach
    void close() {
        stub.close();
    }

    // Which catalog

    @Test
    void asksWhichCatalogTheSiteRunsAndBelievesItForADay() {
        runs("V3_CATALOG");
        assertThat(ok(stock.terms(connection)).kinds()).containsExactly(Kind.CONDITIONAL);
        assertThat(ok(stock.terms(connection)).kinds()).containsExactly(Kind.CONDITIONAL);
        assertThat(asked(VERSION)).isEqualTo(1);

        clock.advance(Duration.ofHours(25));
        ok(stock.terms(connection));

        assertThat(asked(VERSION)).isEqualTo(2);
    }

    @Test
    void noticesThatWixMovedTheSite() {
        runs("V1_CATALOG");
        assertThat(ok(stock.terms(connection)).kinds()).containsExactlyInAnyOrder(Kind.ABSOLUTE, Kind.RELATIVE);
        stub.reset();
        runs("V3_CATALOG");
        stub.on(VARIANTS_OF_MUG, 428, error("CATALOG_VERSION_MISMATCH"));
        stub.on(SET, 428, error("CATALOG_VERSION_MISMATCH"));
        stub.on(QUERY_V3, 200, "{\"inventoryItems\":[],\"pagingMetadata\":{\"cursors\":{}}}");

        assertThat(ok(stock.read(List.of("mug"), connection))).isEqualTo(Map.of("mug", new Reading.Gone()));

        assertThat(ok(stock.terms(connection)).kinds()).containsExactly(Kind.CONDITIONAL);
        assertThat(stock.write(command(new Absolute("mug", 7, false)), connection))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("UNSUPPORTED"));
    }

    @Test
    void beginsTheListAnewUnderAnotherCatalog() {
        runs("V3_CATALOG");
        stub.on(VARIANTS, 200, "{\"variants\":[],\"pagingMetadata\":{\"cursors\":{}}}");

        ok(listings.all(new Cursor("v1:1669215583914000"), connection));
        ok(listings.all(new Cursor("v3:the-cursor"), connection));

        assertThat(bodies(VARIANTS).getFirst()).doesNotContain("cursor\":", "1669215583914000");
        assertThat(bodies(VARIANTS).getLast()).contains("\"cursor\":\"the-cursor\"");
    }

    // Catalog V1

    @Test
    void alwaysSaysThatQuantitiesCount() {
        runs("V1_CATALOG");
        stub.on(SET, 200, "{}");

        var outcomes = ok(stock.write(
                command(new Absolute("mug/red", 7, false), new Absolute("mug/blue", 0, false)), connection));

        assertThat(outcomes).isEqualTo(Map.of("mug/red", new Outcome.Applied(), "mug/blue", new Outcome.Applied()));
        assertThat(bodies(SET))
                .singleElement()
                .satisfies(body -> assertThat(body)
                        .contains("\"trackQuantity\":true")
                        .contains(
                                "\"variantId\":\"red\"", "\"quantity\":7", "\"variantId\":\"blue\"", "\"quantity\":0"));
    }

    @Test
    void aProductWithoutVariantsHasTheVariantOfZeros() {
        runs("V1_CATALOG");
        stub.on(SET, 200, "{}");

        ok(stock.write(command(new Absolute("mug", 7, false)), connection));

        assertThat(bodies(SET).getFirst()).contains(ZEROS);
    }

    @Test
    void theVariantsOfOneProductTravelTogetherAndSoDoDifferencesInOneDirection() {
        var changes = List.<Change>of(
                new Absolute("mug/red", 7, false),
                new Absolute("cup", 7, false),
                new Absolute("mug/blue", 3, false),
                new Absolute("mug/red", 8, false),
                new Relative("mug/red", -1),
                new Relative("cup", 2),
                new Relative("mug/blue", -3));

        assertThat(stock.groups(changes))
                .containsExactlyInAnyOrder(
                        List.of(changes.get(0), changes.get(2)),
                        List.of(changes.get(1)),
                        List.of(changes.get(3)),
                        List.of(changes.get(4), changes.get(6)),
                        List.of(changes.get(5)));
    }

    @Test
    void threeHundredDifferencesTravelTogether() {
        var changes = IntStream.range(0, 301)
                .mapToObj(it -> new Relative("mug/" + it, -1))
                .toList();
        runs("V1_CATALOG");
        stub.on(DECREMENT, 200, "{}");

        assertThat(stock.groups(changes)).extracting(List::size).containsExactly(300, 1);
        var outcomes = ok(stock.write(command(changes.subList(0, 300).toArray(Change[]::new)), connection));

        assertThat(outcomes).hasSize(300).containsValue(new Outcome.Applied());
        assertThat(bodies(DECREMENT))
                .singleElement()
                .satisfies(body -> assertThat(body)
                        .contains("\"variantId\":\"0\"", "\"variantId\":\"299\"", "\"decrementBy\":1")
                        .doesNotContain("\"variantId\":\"300\""));
        assertThat(stock.write(command(changes.toArray(Change[]::new)), connection))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void afterARefusalOfSeveralDifferencesNobodyKnowsWhichAndEachTravelsAlone() {
        runs("V1_CATALOG");
        stub.on(DECREMENT, 400, error("INSUFFICIENT_INVENTORY"));
        var changes = List.<Change>of(new Relative("mug/red", -1), new Relative("mug/blue", -3));
        var command = command(changes.toArray(Change[]::new));

        assertThat(ok(stock.write(command, connection)).values()).hasOnlyElementsOfType(Outcome.Unknown.class);

        assertThat(asked(DECREMENT)).isEqualTo(1);
        assertThat(stock.groups(changes)).containsExactly(List.of(changes.get(0)), List.of(changes.get(1)));
        assertThat(stock.groups(List.of(new Absolute("mug/red", 1, false), new Absolute("mug/blue", 1, false))))
                .hasSize(1);
        clock.advance(Duration.ofMinutes(61));
        assertThat(stock.groups(changes)).containsExactly(changes);
    }

    @Test
    void aRefusedTokenSaysThatNoneOfSeveralDifferencesWasTaken() {
        runs("V1_CATALOG");
        stub.on(DECREMENT, 401, "");
        var changes = List.<Change>of(new Relative("mug/red", -1), new Relative("mug/blue", -3));

        assertThat(stock.write(command(changes.toArray(Change[]::new)), connection))
                .isInstanceOf(Answer.Unauthorized.class);

        assertThat(stock.groups(changes)).containsExactly(changes);
    }

    @Test
    void aHundredRevisionsTravelTogether() {
        var changes = IntStream.range(0, 101)
                .mapToObj(it -> new Conditional("mug/" + it, 1, "item@1"))
                .toList();

        assertThat(stock.groups(changes)).extracting(List::size).containsExactly(100, 1);
    }

    @Test
    void sendsADifferenceOnceEvenIntoSilenceAndSaysThatNobodyKnows() {
        runs("V1_CATALOG");
        stub.on(DECREMENT, 503, "");
        var command = command(new Relative("mug", -2));

        assertThat(stock.write(command, connection)).isInstanceOf(Unavailable.class);

        assertThat(asked(DECREMENT)).isEqualTo(1);
        assertThat(stock.repeatable(command.changes().getFirst())).isFalse();
        assertThat(ok(stock.state(command, null, connection)).get("mug")).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | INSUFFICIENT_INVENTORY | true
            404 | PRODUCT_NOT_FOUND      | true
            404 |                        | false""")
    void tellsWixsRefusalFromAGateways(int status, String code, boolean refused) {
        runs("V1_CATALOG");
        stub.on(DECREMENT, status, code == null ? "<html>not here</html>" : error(code));

        var answer = stock.write(command(new Relative("mug", -2)), connection);

        if (refused) {
            assertThat(ok(answer).get("mug"))
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.code()).isEqualTo(code));
        } else {
            assertThat(answer).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void readsTheVariantsOfOneProductAsTheyAre() {
        runs("V1_CATALOG");
        stub.on(VARIANTS_OF_MUG, 200, """
                {"inventoryItem":{"productId":"mug","trackQuantity":true,"variants":[
                  {"variantId":"red","inStock":true,"quantity":4},{"variantId":"blue","inStock":false,"quantity":-1},
                  {"variantId":"green","inStock":false},{"variantId":"grey","inStock":true}]}}""");

        var readings = ok(stock.read(List.of("mug/red", "mug/blue", "mug/green", "mug/grey", "mug/gone"), connection));

        assertThat(readings.get("mug/red")).isEqualTo(new Reading.Shown(4, null, NOON));
        assertThat(readings.get("mug/blue")).isEqualTo(new Reading.Shown(0, null, NOON));
        assertThat(readings.get("mug/green")).isEqualTo(new Reading.Shown(0, null, NOON));
        assertThat(readings.get("mug/grey")).isInstanceOf(Reading.Unreadable.class);
        assertThat(readings.get("mug/gone")).isEqualTo(new Reading.Gone());
        assertThat(stock.read(List.of("mug", "cup"), connection)).isInstanceOf(Rejected.class);
    }

    @Test
    void takesNoNumberWhereNobodyCounts() {
        runs("V1_CATALOG");
        stub.on(VARIANTS_OF_MUG, 200, "{\"inventoryItem\":%s}".formatted(productItem("mug", false, 4)));
        stub.on(PRODUCTS, 200, """
                {"products":[{"id":"mug","name":"Mug","numericId":"1","manageVariants":false,"sku":"",
                 "stock":{"trackInventory":false,"inStock":true,"inventoryStatus":"IN_STOCK"}}]}""");

        assertThat(ok(stock.read(List.of("mug"), connection)).get("mug")).isInstanceOf(Reading.Unreadable.class);
        assertThat(((ListingReading.Found) ok(listings.listing("mug", connection))).listing())
                .satisfies(listing -> {
                    assertThat(listing.quantity()).isNull();
                    assertThat(listing.sku()).isNull();
                });
    }

    @Test
    void crawlsByTheNumberOfProductsAndPassesNoHiddenOneOver() {
        runs("V1_CATALOG");
        stub.on(PRODUCTS, 200, """
                {"products":[{"id":"mug","name":"Mug","numericId":"7","manageVariants":false,"sku":"M","visible":false,
                  "stock":{"trackInventory":true,"quantity":3,"inventoryStatus":"IN_STOCK"}},
                 {"id":"shirt","name":"Shirt","numericId":"9","manageVariants":true,"visible":true,
                  "stock":{"trackInventory":true,"inventoryStatus":"PARTIALLY_OUT_OF_STOCK"},
                  "variants":[{"id":"s","choices":{"Size":"S"},"variant":{"sku":"S-S"},"stock":{"trackQuantity":true,"quantity":0}},
                              {"id":"m","choices":{"Size":"M"},"variant":{"sku":"S-M"},"stock":{"trackQuantity":true,"quantity":2}}]}]}""");

        var page = ok(listings.all(null, connection));
        ok(listings.all(page.next(), connection));

        assertThat(page.listings())
                .extracting(it -> it.externalId() + " " + it.sku() + " " + it.quantity() + " " + it.marketplaceStatus())
                .containsExactly(
                        "mug M 3 IN_STOCK/HIDDEN",
                        "shirt/s S-S 0 PARTIALLY_OUT_OF_STOCK",
                        "shirt/m S-M 2 PARTIALLY_OUT_OF_STOCK");
        assertThat(bodies(PRODUCTS).getFirst())
                .contains("\"includeHiddenProducts\":true", "\"includeVariants\":true", "\"limit\":2");
        assertThat(bodies(PRODUCTS).getLast()).contains("{\\\"numericId\\\":{\\\"$gt\\\":9}}");
    }

    // Catalog V3

    @Test
    void readsOneVariantFreshAndSeveralFromAQueryThatIsBehind() {
        runs("V3_CATALOG");
        stub.on(QUERY_V3, 200, items(item("i1", "3", "mug", "red", "2026-01-01T00:00:00Z", 5)));
        stub.on(
                "/stores/v3/inventory-items/i1",
                200,
                "{\"inventoryItem\":%s}".formatted(item("i1", "4", "mug", "red", "2026-01-01T00:00:00Z", 4)));

        assertThat(ok(stock.read(List.of("mug/red"), connection)))
                .isEqualTo(Map.of("mug/red", new Reading.Shown(4, "i1@4", NOON)));
        assertThat(ok(stock.read(List.of("mug/red", "mug/blue"), connection)))
                .isEqualTo(Map.of(
                        "mug/red", new Reading.Shown(5, "i1@3", NOON.minus(StockItems.LAG)),
                        "mug/blue", new Reading.Gone()));
    }

    @Test
    void showsWhatLiesInAllPlacesAndWritesTheOneThatIsThereSinceTheBeginning() {
        runs("V3_CATALOG");
        var home = item("home", "4", "mug", "red", "2026-01-01T00:00:00Z", 7);
        stub.on(QUERY_V3, 200, items(item("shop", "9", "mug", "red", "2026-02-01T00:00:00Z", 3), home));
        stub.on("/stores/v3/inventory-items/home", 200, "{\"inventoryItem\":%s}".formatted(home));

        var shown =
                (Reading.Shown) ok(stock.read(List.of("mug/red"), connection)).get("mug/red");
        assertThat(shown.quantity()).isEqualTo(10);
        assertThat(shown.asOf()).isEqualTo(NOON.minus(StockItems.LAG));

        var revision = String.valueOf(shown.revision());
        assertThat(ok(stock.write(command(new Conditional("mug/red", 8, revision)), connection)))
                .isEqualTo(Map.of("mug/red", new Outcome.Applied()));
        assertThat(bodies("/stores/v3/inventory-items/home").getLast())
                .contains("\"quantity\":5", "\"revision\":\"4\"", "\"id\":\"home\"");

        assertThat(ok(stock.write(command(new Conditional("mug/red", 2, revision)), connection))
                        .get("mug/red"))
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(asked("/stores/v3/inventory-items/home")).isEqualTo(2);
    }

    @Test
    void hearsOfEveryPartOfABulkWriteAndKnowsNothingOfThoseThatAreNotMentioned() {
        runs("V3_CATALOG");
        stub.on(BULK, 200, """
                {"results":[{"itemMetadata":{"id":"i2","originalIndex":1,"success":false,
                   "error":{"code":"INVALID_REVISION","description":"jan@example.org","data":{}}}},
                  {"itemMetadata":{"id":"i1","originalIndex":0,"success":true}}],
                 "bulkActionMetadata":{"totalSuccesses":1,"totalFailures":2,"undetailedFailures":1}}""");

        var outcomes = ok(stock.write(
                command(
                        new Conditional("a", 1, "i1@1"),
                        new Conditional("b", 2, "i2@1"),
                        new Conditional("c", 3, "i3@1")),
                connection));

        assertThat(outcomes.get("a")).isEqualTo(new Outcome.Applied());
        assertThat(outcomes.get("b")).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("INVALID_REVISION");
            assertThat(rejected.reason()).doesNotContain("jan@example.org");
        });
        assertThat(outcomes.get("c")).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"4,10,Unknown", "5,3,Applied", "5,9,Rejected", "7,3,Over", "3,3,Unknown"})
    void knowsByTheRevisionThatFollowsWhatBecameOfALostWrite(String revision, int quantity, String told) {
        runs("V3_CATALOG");
        shows("i1", revision, quantity);
        shows("i2", "8", 5);
        var command = command(new Conditional("mug/red", 3, "i1@4"), new Conditional("mug/blue", 5, "i2@7"));

        var outcomes = ok(stock.state(command, null, connection));

        assertThat(outcomes.get("mug/red").getClass().getSimpleName()).isEqualTo(told);
        assertThat(outcomes.get("mug/blue")).isEqualTo(new Outcome.Applied());
    }

    @ParameterizedTest
    @CsvSource({"5,3,true", "5,9,false", "6,3,false"})
    void aRepeatedWriteThatIsRefusedMayBeTheOneThatNobodyHeardOf(String revision, int quantity, boolean ours) {
        runs("V3_CATALOG");
        stub.on("/stores/v3/inventory-items/i1", 409, error("INVALID_REVISION"));
        shows("i1", revision, quantity);
        var command = command(new Conditional("mug/red", 3, "i1@4"));
        assertThat(stock.repeatable(command.changes().getFirst())).isTrue();

        var outcome = ok(stock.write(command, connection)).get("mug/red");

        assertThat(outcome).isInstanceOf(ours ? Outcome.Applied.class : Outcome.Rejected.class);
    }

    @Test
    void sendsAConditionalWriteOnceByItself() {
        runs("V3_CATALOG");
        stub.on("/stores/v3/inventory-items/i1", 503, "");

        assertThat(stock.write(command(new Conditional("mug/red", 3, "i1@4")), connection))
                .isInstanceOf(Unavailable.class);

        assertThat(asked("/stores/v3/inventory-items/i1")).isEqualTo(1);
    }

    private void shows(String item, String revision, int quantity) {
        stub.on(
                "/stores/v3/inventory-items/" + item,
                200,
                "{\"inventoryItem\":%s}"
                        .formatted(item(item, revision, "mug", "red", "2026-01-01T00:00:00Z", quantity)));
    }

    @Test
    void followsAQueryOverSeveralPages() {
        runs("V3_CATALOG");
        stub.on(QUERY_V3, 200, """
                {"inventoryItems":[%s],"pagingMetadata":{"count":1,"cursors":{"next":"more","prev":""}}}""".formatted(item("i1", "1", "mug", "red", "2026-01-01T00:00:00Z", 5)));
        stub.on(QUERY_V3, 200, items(item("i2", "1", "mug", "blue", "2026-01-01T00:00:00Z", 6)));

        var readings = ok(stock.read(List.of("mug/red", "mug/blue"), connection));

        assertThat(readings.values()).allMatch(Reading.Shown.class::isInstance);
        assertThat(bodies(QUERY_V3).getLast()).contains("\"cursor\":\"more\"").doesNotContain("filter");
    }

    private void runs(String catalog) {
        stub.on(VERSION, 200, "{\"catalogVersion\":\"%s\"}".formatted(catalog));
    }

    private long asked(String path) {
        return stub.asked().stream().filter(it -> it.path().equals(path)).count();
    }

    private List<String> bodies(String path) {
        return IntStream.range(0, stub.asked().size())
                .filter(it -> stub.asked().get(it).path().equals(path))
                .mapToObj(stub.bodies()::get)
                .toList();
    }

    private static Command command(Change... changes) {
        return new Command(UUID.randomUUID(), List.of(changes));
    }

    private static String productItem(String product, boolean tracked, int quantity) {
        return """
                {"id":"of-%s","productId":"%s","trackQuantity":%b,"variants":[{"variantId":"%s","inStock":true,"quantity":%d}]}""".formatted(product, product, tracked, ZEROS, quantity);
    }

    private static String item(
            String id, String revision, String product, String variant, String created, int quantity) {
        return """
                {"id":"%s","revision":"%s","createdDate":"%s","productId":"%s","variantId":"%s","locationId":"l",
                 "quantity":%d,"trackQuantity":true,"availabilityStatus":"IN_STOCK"}""".formatted(id, revision, created, product, variant, quantity);
    }

    private static String items(String... items) {
        return "{\"inventoryItems\":[%s],\"pagingMetadata\":{\"count\":%d,\"cursors\":{\"next\":\"\",\"prev\":\"\"}}}"
                .formatted(String.join(",", items), items.length);
    }

    private static String error(String code) {
        return "{\"message\":\"\",\"details\":{\"applicationError\":{\"code\":\"%s\",\"description\":\"\",\"data\":{}}}}"
                .formatted(code);
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }
}
