package dev.kontor.inventory.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.HttpCaller;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.plans.Holding;
import dev.kontor.inventory.plans.Holding.Change;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.orders.Shops;

import static org.assertj.core.api.Assertions.assertThat;

@InventoryTest
@Import(Offers.class)
@TestPropertySource(properties = "kontor.inventory.publishing=false") // nobody else looks at these listings
class PlanApiTests {

    @LocalServerPort
    int port;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Offers offers;

    @Autowired
    Shops shops;

    @Autowired
    Holding holding;

    @Autowired
    TransactionTemplate transaction;

    HttpCaller caller;

    @BeforeAll
    void login() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private String aPlan() {
        var account = shops.open(new FakeMarketplace()).id();
        var changes = IntStream.range(0, 25)
                .mapToObj(number -> offers.selling(account, stockroom.anItem()))
                .map(listing -> new Change(listing, account, 3, 0, null, false, null))
                .toList();
        Map<ListingId, PlanId> held = new HashMap<>(transaction.execute(status -> holding.examine(changes)));
        return List.copyOf(held.values()).getFirst().toString();
    }

    @Test
    void showsWhatWaitsWithCountsAndSamples() {
        var id = aPlan();

        var plan = caller.get("/api/v1/plans/" + id).json();

        assertThat(plan.path("state").asString()).isEqualTo("OPEN");
        assertThat(plan.path("cause").asString()).isEqualTo("ZEROES");
        assertThat(plan.path("explanation").asString()).isNotEmpty();
        assertThat(plan.path("listings").asInt()).isEqualTo(25);
        assertThat(plan.path("held").asInt()).isEqualTo(25);
        assertThat(plan.path("samples")).hasSize(20);
        assertThat(plan.at("/samples/0/shown").asInt()).isEqualTo(3);
        assertThat(caller.get("/api/v1/plans?state=OPEN&limit=500")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("id").asString()))
                .contains(id);
        assertThat(caller.get("/api/v1/plans/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(caller.get("/api/v1/plans?state=WAITING").status()).isEqualTo(400);
    }

    @Test
    void keepsWhoDecidedWhenAndWhy() {
        var path = "/api/v1/plans/" + aPlan();

        var rejected = caller.post(path + "/reject", "{\"note\":\"wrong file\"}");

        assertThat(rejected.status()).as(rejected.body()).isEqualTo(200);
        assertThat(rejected.text("state")).isEqualTo("REJECTED");
        assertThat(rejected.text("decidedBy")).startsWith("person ");
        assertThat(rejected.text("decidedAt")).isNotEmpty();
        assertThat(rejected.text("note")).isEqualTo("wrong file");
        var approved = caller.send("POST", path + "/approve", null);
        assertThat(approved.text("state")).as(approved.body()).isEqualTo("APPROVED");
        assertThat(caller.send("POST", path + "/approve", null).body()).isEqualTo(approved.body());
        assertThat(caller.post(path + "/reject", "{}").text("type")).isEqualTo("urn:kontor:problem:plan-approved");
        assertThat(caller.post("/api/v1/plans/" + UUID.randomUUID() + "/approve", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void onlyAManagerDecides() {
        var path = "/api/v1/plans/" + aPlan();
        var key = caller.post("/api/v1/api-keys", Map.of("name", "looks on", "scopes", List.of("inventory:read")))
                .text("key");
        var viewer = HttpCaller.nobody(port).withKey(key);

        assertThat(viewer.get(path).status()).isEqualTo(200);
        assertThat(viewer.post(path + "/approve", "{}").status()).isEqualTo(403);
    }
}
