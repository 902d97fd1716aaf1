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
import dev.kontor.marketplaces.FakeListing;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.FulfilledStock.Holding;
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
        var taken = caller.send(
                "PUT",
                "/api/v1/accounts/" + account.id() + "/inventory",
                "{\"truth\":\"KONTOR\",\"mode\":\"WRITING\"}");
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

    @Test
    void readsListingsWhenAskedTo() {
        var shop = new FakeMarketplace();
        var sku = Stockroom.aSku();
        shop.list(FakeListing.aListing("offer-1", sku, 5).withEan("4006381333931"));
        shop.list(FakeListing.aListing("offer-2", null, 0).withStatus("SOLD_OUT"));
        shop.list(FakeListing.aListing("offer-3", null, 1));
        shop.malformListing("offer-3");
        var fresh = shops.open(shop).id();
        var path = "/api/v1/accounts/" + fresh + "/listings";
        assertThat(caller.get(path).status()).isEqualTo(404);

        assertThat(caller.post(path + "/read", "").status()).isEqualTo(202);

        await().untilAsserted(() -> assertThat(caller.get(path).text("phase")).isEqualTo("FINISHED"));
        var reading = caller.get(path).json();
        assertThat(reading.path("round").asLong()).isEqualTo(1);
        assertThat(reading.path("total").asLong()).isEqualTo(3);
        assertThat(reading.at("/unreadable/0/externalId").asString()).isEqualTo("offer-3");
        await().untilAsserted(() -> assertThat(caller.get("/api/v1/sync-runs?kind=listings&account=" + fresh)
                        .json()
                        .path("items"))
                .isNotEmpty());
        var onSale = caller.get("/api/v1/listings?status=ON_SALE&gone=false&account=" + fresh)
                .json();
        assertThat(onSale.path("items")).hasSize(1);
        assertThat(onSale.at("/items/0/shown").asInt()).isEqualTo(5);
        assertThat(onSale.at("/items/0/ean").asString()).isEqualTo("4006381333931");
        assertThat(onSale.at("/items/0/fulfilment").asString()).isEqualTo("SELLER");
        assertThat(onSale.at("/items/0/shownAsOf").asString()).isNotEmpty();
        var table = caller.with("Accept", "text/csv").get("/api/v1/listings?account=" + fresh);
        assertThat(table.header("Content-Type")).startsWith("text/csv");
        assertThat(table.body().lines()).hasSize(3).anyMatch(line -> line.contains(sku));
        assertThat(caller.post("/api/v1/accounts/" + UUID.randomUUID() + "/listings/read", "")
                        .status())
                .isEqualTo(404);
        shop.sellerShows("offer-1", 2);
        assertThat(caller.post(path + "/read", "").status()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(caller.get("/api/v1/listings?status=ON_SALE&account=" + fresh)
                        .json()
                        .at("/items/0/shown")
                        .asInt())
                .isEqualTo(2));
    }

    @Test
    void asksWhichSideIsTheTruth() {
        var shop = new FakeMarketplace();
        var mug = stockroom.anItemWith(3);
        shop.list(FakeListing.aListing("offer-1", mug.sku(), 5));
        var fresh = shops.open(shop).id();
        var path = "/api/v1/accounts/" + fresh + "/inventory";
        caller.post("/api/v1/accounts/" + fresh + "/listings/read", "");
        await().untilAsserted(() -> assertThat(
                        caller.get(path).json().at("/figures/linked").asInt())
                .isEqualTo(1));

        var question = caller.get(path).json();
        assertThat(question.has("truth")).isFalse();
        assertThat(question.at("/differences/0/shown").asInt()).isEqualTo(5);
        assertThat(question.at("/differences/0/kontor").asInt()).isEqualTo(3);
        assertThat(caller.send("PUT", path, "{}").json().path("errors")).hasSize(2);
        assertThat(caller.send("PUT", path, "{\"truth\":\"KONTOR\",\"mode\":\"OBSERVING\",\"createItems\":true}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("createItems");

        var answered = caller.send("PUT", path, "{\"truth\":\"KONTOR\",\"mode\":\"OBSERVING\"}");
        assertThat(answered.status()).as(answered.body()).isEqualTo(200);
        assertThat(answered.header("ETag")).isEqualTo("\"1\"");
        assertThat(answered.json().at("/figures/differing").asInt()).isEqualTo(1);

        var writing = "{\"truth\":\"KONTOR\",\"mode\":\"WRITING\"}";
        assertThat(caller.send("PUT", path, writing).status()).isEqualTo(428);
        assertThat(caller.with("If-Match", "\"7\"").send("PUT", path, writing).status())
                .isEqualTo(412);
        assertThat(caller.with("If-Match", "\"1\"").send("PUT", path, writing).text("mode"))
                .isEqualTo("WRITING");
        assertThat(caller.get(path).text("mode")).isEqualTo("WRITING");
        assertThat(caller.send("PUT", path, writing.replace("KONTOR", "MARKETPLACE"))
                        .text("type"))
                .isEqualTo("urn:kontor:problem:stock-taken-over");
        assertThat(caller.send("PUT", path, writing.replace("}", ",\"from\":\"2026-01-01T00:00:00Z\"}"))
                        .text("type"))
                .isEqualTo("urn:kontor:problem:stock-taken-over");
        assertThat(caller.get("/api/v1/accounts/" + UUID.randomUUID() + "/inventory")
                        .status())
                .isEqualTo(404);
        var unread = "/api/v1/accounts/" + shops.open(new FakeMarketplace()).id() + "/inventory";
        assertThat(caller.send("PUT", unread, "{\"truth\":\"MARKETPLACE\",\"mode\":\"WRITING\"}")
                        .text("type"))
                .isEqualTo("urn:kontor:problem:listings-not-read");
        assertThat(caller.send("PUT", unread, writing.replace("}", ",\"from\":\"2020-01-01T00:00:00Z\"}"))
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("from");
    }

    @Test
    void showsWhatAMarketplaceKeepsBesideTheOwnStock() {
        var shop = new FakeMarketplace();
        var mug = stockroom.anItemWith(3);
        shop.list(FakeListing.aListing("offer-1", mug.sku(), 0));
        shop.keep(new Holding("offer-1", mug.sku(), "North", "FBF", 7, 2, 1, Instant.now()));
        caller.post("/api/v1/accounts/" + shops.open(shop).id() + "/listings/read", "");
        var path = "/api/v1/items/" + mug.sku() + "/positions";
        await().untilAsserted(
                        () -> assertThat(caller.get(path).json().path("items")).hasSize(2));

        var kept = caller.get(path).json().at("/items/1");

        assertThat(kept.path("stockType").asString()).isEqualTo("MARKETPLACE");
        assertThat(kept.path("present").asInt()).isEqualTo(9);
        assertThat(kept.path("available").asInt()).isEqualTo(7);
        assertThat(kept.at("/kept/warehouse").asString()).isEqualTo("North");
        assertThat(kept.at("/kept/inbound").asInt()).isEqualTo(1);
        assertThat(kept.has("warehouse")).isFalse();
    }
}
