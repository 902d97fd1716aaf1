package dev.kontor.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.access.Person;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@InventoryTest
@ExtendWith(OutputCaptureExtension.class)
class AuditApiTests {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Archive archive;

    @Autowired
    Shops shops;

    @Autowired
    Stockroom stockroom;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    SchedulerClient scheduler;

    private HttpCaller administrator;

    @BeforeAll
    void login() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private List<JsonNode> found(String query) {
        var answer = administrator.get("/api/v1/audit?limit=500&" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").valueStream().toList();
    }

    private String aWarehouse(HttpCaller caller) {
        var answer = caller.post("/api/v1/warehouses", Map.of("name", "Shed " + UUID.randomUUID()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("id");
    }

    private HttpCaller aKey(String... scopes) {
        var made = administrator.post("/api/v1/api-keys", Map.of("name", "for tests", "scopes", scopes));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return HttpCaller.nobody(port).withKey(made.text("key"));
    }

    private HttpCaller aWriter() {
        return aKey("inventory:write");
    }

    private static String idOf(HttpCaller caller) {
        return caller.get("/api/v1/auth/me").text("id");
    }

    @Test
    void onlyAdministratorsLookAndVerify() {
        var manager = Person.invited(administrator, "Manager", "MANAGER").loggedIn();
        for (var other : List.of(manager, aKey("access:write", "operations:write", "privacy:write"))) {
            assertThat(other.get("/api/v1/audit").status()).isEqualTo(403);
            assertThat(other.with("Accept", "text/csv").get("/api/v1/audit").status())
                    .isEqualTo(403);
            assertThat(other.send("POST", "/api/v1/audit/verification", null).status())
                    .isEqualTo(403);
        }
        var reader = aKey("audit:read");
        assertThat(reader.get("/api/v1/audit").status()).isEqualTo(200);
        assertThat(reader.send("POST", "/api/v1/audit/verification", null).status())
                .isEqualTo(403);
    }

    @Test
    void tellsWhoDidWhatToWhichObjectBeforeAndAfter() {
        var key = aWriter();
        var warehouse = aWarehouse(administrator);
        var name = administrator.get("/api/v1/warehouses/" + warehouse).text("name");
        var renamed = key.with("If-Match", "\"1\"")
                .send("PATCH", "/api/v1/warehouses/" + warehouse, "{\"name\": \"Attic " + warehouse + "\"}");

        var entries = found("objectType=warehouse&objectId=" + warehouse);

        assertThat(entries)
                .extracting(it -> it.path("action").asString())
                .containsExactly("warehouse.changed", "warehouse.added");
        var entry = entries.getFirst();
        assertThat(entry.at("/actor/kind").asString()).isEqualTo("API_KEY");
        assertThat(entry.at("/actor/id").asString()).isEqualTo(idOf(key));
        assertThat(entry.at("/actor/name").asString()).isEqualTo("for tests");
        assertThat(entry.at("/before").toString()).isEqualTo("{\"name\":\"" + name + "\"}");
        assertThat(entry.at("/after").toString()).isEqualTo("{\"name\":\"Attic " + warehouse + "\"}");
        assertThat(entry.path("correlation").asString()).isEqualTo(renamed.header("X-Correlation-Id"));
        assertThat(entries.getLast().at("/actor/name").asString()).isEqualTo("administrator");
        assertThat(entries.getLast().has("before")).isFalse();
    }

    @Test
    void whatIsRefusedLeavesNoEntry() {
        var warehouse = aWarehouse(administrator);
        assertThat(administrator
                        .with("If-Match", "\"9\"")
                        .send("PATCH", "/api/v1/warehouses/" + warehouse, "{\"name\": \"Loft\"}")
                        .status())
                .isEqualTo(412);
        assertThat(found("objectId=" + warehouse)).hasSize(1);
    }

    @Test
    void filtersByEachAndByAllOfThem() {
        var key = aWriter();
        var before = Instant.now();
        var tried = key.with("X-Correlation-Id", "filtered-" + UUID.randomUUID());
        var warehouse = aWarehouse(tried);
        aWarehouse(key);
        var after = Instant.now().plusMillis(1);
        var correlation = tried.headers().get("X-Correlation-Id");

        assertThat(found("actor=" + idOf(key))).hasSize(2);
        assertThat(found("actor=" + idOf(key) + "&actorKind=API_KEY")).hasSize(2);
        assertThat(found("actor=" + idOf(key) + "&actorKind=JOB")).isEmpty();
        assertThat(found("actor=" + idOf(key) + "&action=warehouse.added")).hasSize(2);
        assertThat(found("actor=" + idOf(key) + "&action=warehouse.changed")).isEmpty();
        assertThat(found("actor=" + idOf(key) + "&objectType=account")).isEmpty();
        assertThat(found("actor=" + idOf(key) + "&from=" + before + "&until=" + after))
                .hasSize(2);
        assertThat(found("actor=" + idOf(key) + "&until=" + before)).isEmpty();
        assertThat(found("actor=" + idOf(key) + "&from=" + after)).isEmpty();
        assertThat(found("correlation=" + correlation + "&actor=" + idOf(key) + "&objectId=" + warehouse))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z, until",
        "from=yesterday, from",
        "actorKind=GHOST, actorKind",
        "limit=0, limit",
        "after=x, after",
        "colour=red, colour"
    })
    void namesTheParameterThatIsWrong(String query, String parameter) {
        var answer = administrator.get("/api/v1/audit?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(parameter);
    }

    @Test
    void pagesWithoutLosingAny() {
        var key = aWriter();
        var made = IntStream.range(0, 7).mapToObj(_ -> aWarehouse(key)).toList();
        var seen = new ArrayList<String>();
        String after = "";
        do {
            var page = administrator.get("/api/v1/audit?limit=2&actor=" + idOf(key) + after);
            page.json().path("items").forEach(it -> seen.add(it.at("/object/id").asString()));
            after = page.json().has("next") ? "&after=" + page.text("next") : null;
        } while (after != null);
        assertThat(seen).isEqualTo(made.reversed());
    }

    @Test
    void exportsTheSameAsTables() {
        var key = aWriter();
        var made = aWarehouse(key);
        var path = "/api/v1/audit?actor=" + idOf(key);

        var csv = administrator.with("Accept", "text/csv").get(path);
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.body().lines().findFirst().orElseThrow())
                .contains("id,at,actorKind,actor,actorName,action,objectType,object,before,after,address,correlation");
        assertThat(csv.body().lines().skip(1))
                .singleElement()
                .asString()
                .contains("API_KEY," + idOf(key) + ",for tests,warehouse.added,warehouse," + made);
        var xlsx = administrator
                .with("Accept", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .get(path);
        assertThat(xlsx.status()).isEqualTo(200);
        assertThat(xlsx.body()).startsWith("PK");
    }

    // Personal data

    private String anOrder() {
        var shop = shops.open(new FakeMarketplace());
        var order = FakeOrder.anOrder("read", Instant.parse("2026-11-01T12:00:00Z"))
                .withBuyer(new FakeBuyer("b-1", "Irena Kos", "irena@example.org", "+48 700 1", "irena"));
        transaction.executeWithoutResult(_ -> archive.store(shop, List.of(order.read(Instant.now())), Source.BACKFILL));
        return jdbc.sql("select id from orders.orders where account = ?")
                .param(shop.id().value())
                .query(String.class)
                .single();
    }

    @Test
    void readingPersonalDataInClearIsAnEntryThatNamesTheFieldsAndNotWhatTheySay() {
        var order = anOrder();
        var manager = aKey("orders:read", "personal-data:read");

        var read = manager.get("/api/v1/orders/" + order + "/document");

        assertThat(read.body()).contains("Irena Kos");
        var entries = found("action=personal-data.read&objectId=" + order);
        assertThat(entries).hasSize(1);
        var entry = entries.getFirst();
        assertThat(entry.at("/actor/id").asString()).isEqualTo(idOf(manager));
        assertThat(entry.at("/object/type").asString()).isEqualTo("order");
        assertThat(entry.path("correlation").asString()).isEqualTo(read.header("X-Correlation-Id"));
        var fields =
                entry.at("/after/fields").valueStream().map(JsonNode::asString).toList();
        assertThat(fields).isNotEmpty().allMatch(field -> field.startsWith("/"));
        assertThat(entry.toString()).doesNotContain("Irena", "irena", "700 1");
    }

    @Test
    void readingWhatIsMaskedIsNone() {
        var order = anOrder();
        assertThat(aKey("orders:read")
                        .get("/api/v1/orders/" + order + "/document")
                        .body())
                .contains("***")
                .doesNotContain("Irena");
        assertThat(administrator
                        .with("Accept", "text/csv")
                        .get("/api/v1/orders?q=irena")
                        .body())
                .doesNotContain("Irena", "irena");
        assertThat(found("action=personal-data.read&objectId=" + order)).isEmpty();
    }

    @Test
    void nothingIsShownBeforeItsReadingIsOnRecord() throws Exception {
        var order = anOrder();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = transaction.execute(_ -> {
                jdbc.sql("lock table audit.entries in exclusive mode").update();
                var reading = CompletableFuture.supplyAsync(
                        () -> administrator.get("/api/v1/orders/" + order + "/document"), threads);
                await().until(() -> jdbc.sql("""
                                select exists (select from pg_locks where not granted and database = (select oid from pg_database
                                  where datname = current_database()) and relation = 'audit.entries'::regclass)""").query(Boolean.class).single());
                assertThat(reading).isNotDone();
                return reading;
            });
            assertThat(answer.get().body()).contains("Irena Kos");
        }
        assertThat(found("action=personal-data.read&objectId=" + order)).hasSize(1);
    }

    // Who it was

    @Test
    void theFirstStartIsKontorsOwnDoing() {
        assertThat(found("actorKind=KONTOR&action=user.created"))
                .singleElement()
                .satisfies(it -> assertThat(it.at("/after/name").asString()).isEqualTo("administrator"));
    }

    /** Movements of several callers share a transaction that none of them has. */
    @Test
    void movementsThatAreWrittenTogetherAreEachTheirCallersOwn() throws Exception {
        var item = stockroom.anItem();
        var keys = List.of(aWriter(), aWriter(), aWriter());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var moved = new ArrayList<CompletableFuture<Integer>>();
            for (int time = 0; time < 20; time++) {
                for (var key : keys) {
                    moved.add(CompletableFuture.supplyAsync(
                            () -> key.with("Idempotency-Key", UUID.randomUUID().toString())
                                    .post(
                                            "/api/v1/items/" + item.sku() + "/movements",
                                            Map.of("kind", "RECEIPT", "quantity", 1, "reason", "came in"))
                                    .status(),
                            threads));
                }
            }
            for (var one : moved) {
                assertThat(one.get()).isEqualTo(201);
            }
        }
        for (var key : keys) {
            var entries = found("objectId=" + item.id() + "&actor=" + idOf(key));
            assertThat(entries).hasSize(20);
            assertThat(entries)
                    .extracting(it -> it.path("correlation").asString())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aMovementThatIsRepeatedLeavesOneEntry() {
        var item = stockroom.anItem();
        var caller = administrator.with("Idempotency-Key", UUID.randomUUID().toString());
        var body = Map.of("kind", "RECEIPT", "quantity", 4, "reason", "came in");
        caller.post("/api/v1/items/" + item.sku() + "/movements", body);
        caller.post("/api/v1/items/" + item.sku() + "/movements", body);
        assertThat(found("action=stock.moved&objectId=" + item.id()))
                .singleElement()
                .satisfies(
                        it -> assertThat(it.path("after").toString()).contains("\"present\":4", "\"reason\":\"***\""));
    }

    // Correlation

    @Test
    void everyAnswerNamesItsRequestAlsoOneThatIsRefused() {
        assertThat(HttpCaller.nobody(port).get("/api/v1/orders").header("X-Correlation-Id"))
                .hasSize(36);
        assertThat(administrator
                        .with("X-Correlation-Id", "mine-1.2_3")
                        .get("/api/v1/auth/me")
                        .header("X-Correlation-Id"))
                .isEqualTo("mine-1.2_3");
        assertThat(administrator
                        .with("X-Correlation-Id", "a b\"c")
                        .get("/api/v1/auth/me")
                        .header("X-Correlation-Id"))
                .hasSize(36);
    }

    // The chain

    private HttpCaller.Answer verified(String query) {
        var answer = administrator.send("POST", "/api/v1/audit/verification" + query, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void tellsTheLogItsHead(CapturedOutput output) {
        aWarehouse(administrator);
        await().ignoreExceptions() // it may be running
                .until(() -> scheduler.reschedule(TaskInstanceId.of("audit-head", "recurring"), Instant.now()));
        await().until(() -> output.getOut().contains("The audit log holds; its head is "));
        var head = output.getOut().replaceAll("(?s).*its head is (\\d+:[0-9a-f]{64}).*", "$1");
        assertThat(verified("?head=" + head).json().path("intact").asBoolean()).isTrue();
    }

    @Test
    void sealsByItselfAndVerifiesAlsoAgainstAnEarlierHead() {
        aWarehouse(administrator);
        await().until(() -> verified("").json().path("unsealed").asInt() == 0);
        var head = verified("").text("head");
        aWarehouse(administrator);
        await().until(() -> verified("").json().path("unsealed").asInt() == 0);

        var later = verified("?head=" + head).json();
        assertThat(later.path("intact").asBoolean()).as(later.toString()).isTrue();
        assertThat(later.has("first")).isFalse();
        var forged = verified("?head=" + head.replaceAll("^\\d+", "999999999")).json();
        assertThat(forged.path("intact").asBoolean()).isFalse();
        assertThat(forged.at("/first/kind").asString()).isEqualTo("TAIL_REMOVED");
        var refused = administrator.send("POST", "/api/v1/audit/verification?head=nothing", null);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("head");
    }
}
