package dev.kontor.orders.web;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;
import dev.kontor.orders.archive.Stored;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@Import(Shops.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderApiTests {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    Archive archive;

    @Autowired
    Shops shops;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JsonMapper json;

    HttpCaller administrator;
    HttpCaller viewer;
    AccountView account;

    @BeforeAll
    void archiveSomeOrders() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        viewer = HttpCaller.nobody(port)
                .with(
                        "X-API-Key",
                        administrator
                                .post("/api/v1/api-keys", "{\"name\":\"viewer\",\"scopes\":[\"orders:read\"]}")
                                .text("key"));
        account = shops.open(new FakeMarketplace());
        var orders = new ArrayList<FakeOrder>();
        for (int number = 1; number <= 7; number++) {
            orders.add(FakeOrder.anOrder("n-" + number, NOON.plus(number, ChronoUnit.MINUTES)));
        }
        orders.add(FakeOrder.anOrder("special", NOON.minus(Duration.ofDays(3)))
                .withStatus("SHIPPED")
                .withBuyer(
                        new FakeBuyer("b-9", "Łucja Żółć-Nowak", "l.zolc+7@example.com", "+48 600 100 200", "lucja_z"))
                .withLines(new FakeLine("l-9", "off-9", "000123", "=2+3 \"Kubek\"; biały", 3, "10.00")));
        transaction.executeWithoutResult(status -> archive.store(
                account, orders.stream().map(order -> order.read(Instant.now())).toList(), Source.BACKFILL));
    }

    private JsonNode get(HttpCaller caller, String path) {
        var answer = caller.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private List<String> numbers(String query) {
        return get(administrator, "/api/v1/orders?account=" + account.id() + query)
                .get("items")
                .valueStream()
                .map(order -> order.get("number").asString())
                .toList();
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        var seen = new ArrayList<String>();
        var path = "/api/v1/orders?limit=3&account=" + account.id();
        var page = get(administrator, path);
        while (true) {
            page.get("items").forEach(order -> seen.add(order.get("number").asString()));
            if (!page.has("next")) {
                break;
            }
            page = get(administrator, path + "&after=" + page.get("next").asString());
        }
        assertThat(seen).containsExactly("n-7", "n-6", "n-5", "n-4", "n-3", "n-2", "n-1", "special");
    }

    @Test
    void filtersByStatusAndTime() {
        assertThat(numbers("&status=SHIPPED")).containsExactly("special");
        assertThat(numbers("&status=SHIPPED,READY&limit=500")).hasSize(8);
        assertThat(numbers("&placedFrom=2026-11-01T12:02:00Z&placedTo=2026-11-01T12:04:00Z"))
                .containsExactly("n-3", "n-2");
    }

    @ParameterizedTest
    @CsvSource({
        "special, special",
        "000123, special",
        "kubek biały, special",
        "KUBEK, special",
        "zolc, special",
        "Łucja Nowak, special",
        "l.zolc%2B7@example.com, special",
        "%2B48 600-100-200, special",
        "600100200, special",
        "lucja_z, special",
        "kubek nobody, ''",
        "kube, ''"
    })
    void findsByWordsOfOrderAndBuyer(String query, String expected) {
        assertThat(String.join(" ", numbers("&q=" + query.replace(" ", "%20")))).isEqualTo(expected);
    }

    @Test
    void showsTheWholeDocumentOnlyToWhoMayReadPersonalData() {
        var id =
                get(administrator, "/api/v1/orders?q=special").at("/items/0/id").asString();

        var whole = administrator.get("/api/v1/orders/" + id + "/document").body();
        var masked = viewer.get("/api/v1/orders/" + id + "/document").body();

        assertThat(whole).contains("Łucja Żółć-Nowak", "l.zolc+7@example.com");
        assertThat(masked).contains("***", "000123").doesNotContain("Łucja", "zolc", "600 100");
    }

    @Test
    void whoMayNotReadPersonalDataCannotSearchInThemEither() {
        assertThat(get(viewer, "/api/v1/orders?q=lucja_z").get("items")).isEmpty();
        assertThat(get(viewer, "/api/v1/orders?q=000123").get("items")).hasSize(1);
        assertThat(get(viewer, "/api/v1/orders?q=000123%20nowak").get("items")).isEmpty();
    }

    @Test
    void refusesASearchWithoutAWord() {
        for (var accept : List.of("application/json", "text/csv")) {
            var answer = administrator.with("Accept", accept).get("/api/v1/orders?q=!!!");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"q\"");
        }
    }

    @Test
    void anErasedBuyerIsNeitherShownNorFound() {
        var shop = shops.open(new FakeMarketplace());
        var order = FakeOrder.anOrder("erased", NOON)
                .withBuyer(new FakeBuyer("b-erased", "Zenobia Kruk", "zenobia@example.com", "+48700800900", "zenobia"));
        transaction.executeWithoutResult(
                status -> archive.store(shop, List.of(order.read(Instant.now())), Source.FEED));
        var found = get(administrator, "/api/v1/orders?q=zenobia").at("/items/0");

        assertThat(administrator
                        .delete("/api/v1/buyers/" + found.get("buyer").asString())
                        .status())
                .isEqualTo(200);

        assertThat(get(administrator, "/api/v1/orders?q=zenobia").get("items")).isEmpty();
        assertThat(get(administrator, "/api/v1/orders?q=erased").get("items")).hasSize(1);
        assertThat(administrator
                        .get("/api/v1/orders/" + found.get("id").asString() + "/document")
                        .body())
                .doesNotContain("Zenobia", "zenobia@example.com")
                .contains("***");

        var again = transaction.execute(status -> archive.store(shop, List.of(order.read(Instant.now())), Source.FEED));
        assertThat(again).isEqualTo(new Stored(0, 0, 1, 0, 0));
    }

    @Test
    void aNewTelephoneNumberIsANewVersion() {
        var shop = shops.open(new FakeMarketplace());
        var order = FakeOrder.anOrder("moved", NOON)
                .withBuyer(new FakeBuyer("b-moved", "Ewa Lis", "ewa@example.com", "+48700800901", "ewa"));
        var moved = order.withBuyer(new FakeBuyer("b-moved", "Ewa Lis", "ewa@example.com", "+48700800902", "ewa"));
        transaction.executeWithoutResult(
                status -> archive.store(shop, List.of(order.read(Instant.now())), Source.FEED));

        var stored =
                transaction.execute(status -> archive.store(shop, List.of(moved.read(Instant.now())), Source.FEED));

        assertThat(stored).isEqualTo(new Stored(0, 1, 0, 0, 0));
    }

    @Test
    void exportsTheSameListAsATable() {
        var csv = administrator.with("Accept", "text/csv").get("/api/v1/orders?q=special");

        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.body().lines()).hasSize(2).first().asString().startsWith("id,number,account");
        assertThat(csv.body()).contains(",000123,").contains("\"'=2+3 \"\"Kubek\"\"; biały\"");
    }

    @Test
    void namesWhatIsWrong() {
        var answer = administrator.get("/api/v1/orders?status=GONE&placedFrom=now&limit=0&foo=1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json.readTree(answer.body())
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("field").asString()))
                .containsExactlyInAnyOrder("status", "placedFrom", "limit", "foo");
        assertThat(administrator.get("/api/v1/orders/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(administrator
                        .get("/api/v1/orders?placedFrom=2026-01-02T00:00:00Z&placedTo=2026-01-01T00:00:00Z")
                        .body())
                .contains("placedTo");
        assertThat(administrator
                        .get("/api/v1/accounts/" + UUID.randomUUID() + "/backfill")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void setsTheIntervalsOfAnAccount() {
        var path = "/api/v1/accounts/" + account.id() + "/intervals";

        assertThat(administrator
                        .send("PUT", path, "{\"seconds\":{\"feed\":30}}")
                        .status())
                .isEqualTo(200);
        assertThat(get(administrator, path).at("/seconds/feed").asInt()).isEqualTo(30);
        assertThat(get(administrator, path).at("/seconds/certificate").asInt()).isEqualTo(21_600);
        var refused = administrator.send("PUT", path, "{\"seconds\":{\"feed\":1,\"foo\":60}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("seconds.feed", "seconds.foo");
        assertThat(administrator.send("PUT", path, "{}").status()).isEqualTo(400);
    }
}
