package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@InventoryTest
class ListingApiTests {

    @LocalServerPort
    int port;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Shops shops;

    @Autowired
    Archive archive;

    @Autowired
    TransactionTemplate transaction;

    HttpCaller caller;
    AccountView account;

    @BeforeAll
    void login() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @BeforeEach
    void takeOver() {
        account = shops.open(new FakeMarketplace());
        var taken = caller.send("PUT", "/api/v1/accounts/" + account.id() + "/inventory", "{\"truth\":\"KONTOR\",\"mode\":\"WRITING\"}");
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    }

    private void sold(String sku, int quantity) {
        var now = Instant.now();
        var order = FakeOrder.anOrder(UUID.randomUUID().toString(), now.plusSeconds(1))
                .withLines(new FakeLine(UUID.randomUUID().toString(), "offer-1", sku, "Mug", quantity, "9.99"));
        transaction.executeWithoutResult(status -> archive.store(account, List.of(order.read(now)), Source.FEED));
    }

    private JsonNode listing() {
        return caller.get("/api/v1/listings?account=" + account.id()).json().at("/items/0");
    }

    private JsonNode unmatched() {
        return caller.get("/api/v1/unmatched-lines?account=" + account.id())
                .json()
                .path("items");
    }

    @Test
    void linksAListingAndLetsItsLinesFollow() {
        var mug = stockroom.anItemWith(10);
        sold(Stockroom.aSku(), 2);
        await().untilAsserted(() -> assertThat(unmatched()).hasSize(1));
        var path = "/api/v1/listings/" + listing().path("id").asString();
        assertThat(caller.get("/api/v1/listings?linked=true&account=" + account.id())
                        .json()
                        .path("items"))
                .isEmpty();

        var link = "{\"item\":\"" + mug.sku() + "\",\"units\":3}";
        assertThat(caller.with("If-Match", "\"7\"")
                        .send("PUT", path + "/link", link)
                        .status())
                .isEqualTo(412);
        var linked = caller.send("PUT", path + "/link", link);

        assertThat(linked.status()).as(linked.body()).isEqualTo(200);
        assertThat(linked.json().path("units").asInt()).isEqualTo(3);
        assertThat(linked.text("linkedBy")).startsWith("person ");
        assertThat(stockroom.reserved(mug)).isEqualTo(6);
        assertThat(unmatched()).isEmpty();
        var explained =
                caller.get("/api/v1/items/" + mug.sku() + "/explain").json().at("/positions/0/reservedTerms/0");
        assertThat(explained.path("quantity").asLong()).isEqualTo(6);
        assertThat(explained.path("order").asString()).isNotEmpty();
        assertThat(caller.delete(path + "/link").json().has("item")).isFalse();
        assertThat(stockroom.reserved(mug)).isZero();
        assertThat(caller.send("PUT", path + "/link", "{\"item\":\"nowhere\",\"units\":0}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("units");
        assertThat(caller.send("PUT", path + "/link", "{\"item\":\"nowhere\"}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("item");
    }

    @Test
    void aListingCanBeToldOfBeforeItSells() {
        var body = "{\"account\":\"" + account.id() + "\",\"externalId\":\"offer-1\",\"name\":\"Mug\"}";

        var added = caller.post("/api/v1/listings", body);

        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(caller.post("/api/v1/listings", body).text("id")).isEqualTo(added.text("id"));
        assertThat(caller.get("/api/v1/listings/" + added.text("id")).header("ETag"))
                .isEqualTo("\"1\"");
        assertThat(caller.post(
                                "/api/v1/listings",
                                body.replace(
                                        account.id().toString(),
                                        UUID.randomUUID().toString()))
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("account");
    }

    @Test
    void decidesAProposalAndUndoesIt() {
        var sku = Stockroom.aSku();
        var mug = stockroom.anItem(sku.toLowerCase());
        sold(sku, 2);
        await().untilAsserted(() -> assertThat(proposal(mug.id().toString())).isNotEmpty());
        var path = "/api/v1/listing-proposals/"
                + proposal(mug.id().toString()).getFirst().path("id").asString();

        assertThat(caller.post(path + "/accept?units=2", "").text("state")).isEqualTo("ACCEPTED");
        assertThat(stockroom.reserved(mug)).isEqualTo(4);
        assertThat(caller.post(path + "/reject", "").status()).isEqualTo(409);
        assertThat(caller.post(path + "/undo", "").text("state")).isEqualTo("OPEN");
        assertThat(stockroom.reserved(mug)).isZero();
        assertThat(caller.post(path + "/reject", "").text("state")).isEqualTo("REJECTED");
        assertThat(caller.post("/api/v1/listing-proposals/" + UUID.randomUUID() + "/accept", "")
                        .status())
                .isEqualTo(404);
    }

    private List<JsonNode> proposal(String item) {
        return caller.get("/api/v1/listing-proposals?limit=500")
                .json()
                .path("items")
                .valueStream()
                .filter(it -> it.path("item").asString().equals(item))
                .toList();
    }
}
