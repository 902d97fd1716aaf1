package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Item.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@InventoryTest
class StockApiTests {

    @LocalServerPort
    int port;

    @Autowired
    Stockroom stockroom;

    HttpCaller caller;

    @BeforeAll
    void login() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private static String path(Item item) {
        return "/api/v1/items/" + item.sku();
    }

    private Answer move(String key, Item item, String kind, int quantity) {
        return caller.with("Idempotency-Key", key)
                .post(
                        path(item) + "/movements",
                        "{\"kind\":\"" + kind + "\",\"quantity\":" + quantity + ",\"reason\":\"stocktaking\"}");
    }

    private Answer move(Item item, String kind, int quantity) {
        return move(UUID.randomUUID().toString(), item, kind, quantity);
    }

    @Test
    void movesStockAndTellsTheBalance() {
        var item = stockroom.anItem();

        var receipt = move(item, "RECEIPT", 10);

        assertThat(receipt.status()).as(receipt.body()).isEqualTo(201);
        assertThat(receipt.json().path("presentAfter").asLong()).isEqualTo(10);
        assertThat(receipt.text("reason")).isEqualTo("stocktaking");
        assertThat(receipt.text("actor")).startsWith("person ");
        assertThat(move(item, "COUNT", 8).json().path("present").asLong()).isEqualTo(-2);
        assertThat(move(item, "CORRECTION", -3).json().path("presentAfter").asLong())
                .isEqualTo(5);
        assertThat(move(item, "RETURN", 1).json().path("availableAfter").asLong())
                .isEqualTo(6);
        var position = caller.get(path(item) + "/positions").json().at("/items/0");
        assertThat(position.path("present").asLong()).isEqualTo(6);
        assertThat(position.path("available").asLong()).isEqualTo(6);
        assertThat(position.path("stockType").asString()).isEqualTo("OWN");
    }

    @Test
    void aRequestThatIsRepeatedMovesOnce() {
        var item = stockroom.anItem();
        var key = UUID.randomUUID().toString();

        assertThat(move(key, item, "RECEIPT", 10).status()).isEqualTo(201);
        var repeated = move(key, item, "RECEIPT", 10);
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.json().path("number").asLong()).isEqualTo(1);
        var other = move(key, item, "RECEIPT", 11);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("type")).isEqualTo("urn:kontor:problem:idempotency-key-reused");
        assertThat(move(key, stockroom.anItem(), "RECEIPT", 10).status()).isEqualTo(409);
        assertThat(stockroom.present(item)).isEqualTo(10);
    }

    @Test
    void refusesWhatCannotBeAndNamesTheField() {
        var item = stockroom.anItemWith(2);

        var tooMany = move(item, "CORRECTION", -3);
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.json().at("/errors/0/field").asString()).isEqualTo("quantity");
        assertThat(tooMany.json().at("/errors/0/message").asString()).contains("there are 2");
        for (var wrong : List.of("RECEIPT 0", "RECEIPT -1", "COUNT -1", "CORRECTION 0", "RETURN 2000000000")) {
            var parts = wrong.split(" ");
            assertThat(move(item, parts[0], Integer.parseInt(parts[1]))
                            .json()
                            .at("/errors/0/field")
                            .asString())
                    .as(wrong)
                    .isEqualTo("quantity");
        }
        assertThat(move(item, "SHIPMENT", 1).json().at("/errors/0/field").asString())
                .isEqualTo("kind");
        assertThat(caller.post(path(item) + "/movements", "{\"kind\":\"COUNT\",\"quantity\":1,\"reason\":\"x\"}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("Idempotency-Key");
        assertThat(caller.with("Idempotency-Key", "k")
                        .post(path(item) + "/movements", "{\"kind\":\"COUNT\",\"quantity\":1,\"reason\":\" \"}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("reason");
        assertThat(move(
                                new Item(
                                        item.id(),
                                        "nowhere",
                                        "",
                                        null,
                                        item.type(),
                                        List.of(),
                                        1,
                                        Instant.EPOCH,
                                        Instant.EPOCH),
                                "COUNT",
                                1)
                        .status())
                .isEqualTo(404);
        assertThat(stockroom.present(item)).isEqualTo(2);
    }

    @Test
    void aBundleHasNoStockOfItsOwn() {
        var bundle = stockroom.aBundleOf(new Part(stockroom.anItem().sku(), 2));

        assertThat(move(bundle, "RECEIPT", 1).text("type")).isEqualTo("urn:kontor:problem:item-without-stock");
    }

    @Test
    void listsMovementsTheNewestFirstPageByPage() {
        var item = stockroom.anItem();
        for (int quantity = 1; quantity <= 5; quantity++) {
            move(item, "RECEIPT", quantity);
        }
        var seen = new ArrayList<Long>();
        var after = "";
        do {
            var page = caller.get(path(item) + "/movements?limit=2" + after);
            page.json().path("items").forEach(it -> seen.add(it.path("present").asLong()));
            after = page.json().has("next") ? "&after=" + page.text("next") : null;
        } while (after != null);

        assertThat(seen).containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void keepsWarehousesApart() {
        var item = stockroom.anItemWith(3);
        var name = "Annex " + UUID.randomUUID();
        var created = caller.post("/api/v1/warehouses", "{\"name\":\"" + name + "\"}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(caller.post("/api/v1/warehouses", "{\"name\":\"" + name + "\"}")
                        .status())
                .isEqualTo(409);
        var id = created.text("id");

        var moved = caller.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        path(item) + "/movements",
                        "{\"kind\":\"COUNT\",\"quantity\":4,\"reason\":\"x\",\"warehouse\":\"" + id + "\"}");

        assertThat(moved.json().path("presentAfter").asLong()).isEqualTo(4);
        assertThat(caller.get(path(item) + "/positions").json().path("items")).hasSize(2);
        assertThat(caller.get(path(item) + "/movements?warehouse=" + id).json().path("items"))
                .hasSize(1);
        assertThat(caller.get("/api/v1/warehouses")
                        .json()
                        .path("items")
                        .valueStream()
                        .filter(it -> it.path("preferred").asBoolean()))
                .hasSize(1);
    }

    @Test
    void oneWarehouseIsPreferred() {
        var before = caller.get("/api/v1/warehouses")
                .json()
                .path("items")
                .valueStream()
                .filter(it -> it.path("preferred").asBoolean())
                .findFirst()
                .orElseThrow();
        var path = "/api/v1/warehouses/"
                + caller.post("/api/v1/warehouses", "{\"name\":\"" + UUID.randomUUID() + "\"}")
                        .text("id");
        assertThat(caller.with("If-Match", "\"9\"")
                        .send("PATCH", path, "{\"preferred\":true}")
                        .status())
                .isEqualTo(412);

        var changed = caller.with("If-Match", "\"1\"").send("PATCH", path, "{\"preferred\":true}");

        assertThat(changed.json().path("preferred").asBoolean()).isTrue();
        var old = "/api/v1/warehouses/" + before.path("id").asString();
        assertThat(caller.get(old).json().path("preferred").asBoolean()).isFalse();
        assertThat(caller.with("If-Match", "*")
                        .send("PATCH", old, "{\"preferred\":false}")
                        .status())
                .isEqualTo(400);
        caller.with("If-Match", "*").send("PATCH", old, "{\"preferred\":true}");
        assertThat(caller.get(path).json().path("preferred").asBoolean()).isFalse();
    }

    @Test
    void explainsWhatIsThere() {
        var item = stockroom.anItem();
        move(item, "RECEIPT", 10);
        var then = Instant.now();
        move(item, "CORRECTION", -3);

        var now = caller.get(path(item) + "/explain").json().at("/positions/0");
        assertThat(now.path("available").asLong()).isEqualTo(7);
        assertThat(now.path("presentTerms")
                        .valueStream()
                        .map(it -> it.path("kind").asString() + " "
                                + it.path("quantity").asLong()))
                .containsExactly("RECEIPT 10", "CORRECTION -3");
        assertThat(caller.get(path(item) + "/explain?at=" + then)
                        .json()
                        .at("/positions/0/present")
                        .asLong())
                .isEqualTo(10);
    }

    @Test
    void explainsNoMomentThatNobodyCanMean() {
        var path = path(stockroom.anItemWith(1)) + "/explain?at=";

        for (var at : List.of("%2B999999999-01-01T00:00:00Z", "-99999-01-01T00:00:00Z", "yesterday")) {
            var refused = caller.get(path + at);
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("at");
        }
        assertThat(caller.get(path + "0001-01-01T00:00:00Z").json().path("positions"))
                .isEmpty();
        assertThat(caller.get(path + "9999-12-31T00:00:00Z").json().path("positions"))
                .hasSize(1);
    }

    @Test
    void provesThatTheLedgerAddsUp() {
        stockroom.anItemWith(3);

        var verdict = caller.post("/api/v1/inventory/proof", "");

        assertThat(verdict.json().path("proven").asBoolean()).as(verdict.body()).isTrue();
        assertThat(verdict.json().path("positions").asLong()).isPositive();
        assertThat(verdict.text("foldedHash")).isEqualTo(verdict.text("storedHash"));
    }

    @Test
    void theProofRunsByItselfAndLeavesARun() {
        await().untilAsserted(() -> assertThat(caller.get("/api/v1/sync-runs?kind=inventory-proof")
                        .json()
                        .at("/items/0/status")
                        .asString())
                .isEqualTo("SUCCESS"));
    }
}
