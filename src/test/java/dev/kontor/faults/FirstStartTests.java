package dev.kontor.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import dev.kontor.FreePort;
import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person gets who sets nothing: a database, a sandbox, an administrator. */
class FirstStartTests {

    @TempDir
    Path directory;

    private final int port = FreePort.find();
    private final int sandboxPort = FreePort.find();

    private KontorProcess start(String name, int atPort) {
        return KontorProcess.start(
                directory.resolve(name + ".log"),
                Map.of(
                        "KONTOR_DATA",
                        data().toString(),
                        "KONTOR_PORT",
                        String.valueOf(atPort),
                        "KONTOR_SANDBOX_PORT",
                        String.valueOf(sandboxPort),
                        "KONTOR_SANDBOX_CATALOG",
                        "24",
                        "KONTOR_SANDBOX_ORDERS",
                        "150",
                        "KONTOR_SANDBOX_WIX_ORDERS",
                        "60",
                        "KONTOR_SANDBOX_AMAZON_ORDERS",
                        "60"));
    }

    private Path data() {
        return directory.resolve("data");
    }

    /** The database outlives a killed Kontor. */
    @AfterEach
    void stopTheDatabase() throws IOException {
        var pidFile = data().resolve("pg/postmaster.pid");
        if (Files.exists(pidFile)) {
            var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().trim());
            var database = ProcessHandle.of(pid);
            database.ifPresent(ProcessHandle::destroy);
            database.ifPresent(it -> it.onExit().join());
        }
    }

    @Test
    void findsEverythingAgainAfterAKillAndRefusesASecondOnTheSameDirectory() throws IOException {
        String password;
        long before;
        try (var kontor = start("first", port).awaitStart(port)) {
            password =
                    Files.readString(data().resolve("administrator-password")).strip();
            assertThat(kontor.output()).contains("http://localhost:" + port, "administrator", password);
            var administrator = login(password);
            Seller.waiting().until(() -> orders(administrator) >= 255);
            before = orders(administrator);
            aSaleOnOneMarketplaceLowersTheOthers(administrator);
            aSecondIsRefused();
            kontor.kill();
        }
        try (var kontor = start("again", port).awaitStart(port)) {
            var administrator = login(password);
            assertThat(orders(administrator)).isGreaterThanOrEqualTo(before);
            assertThat(accounts(administrator))
                    .containsExactlyInAnyOrder("allegro ACTIVE", "amazon ACTIVE", "wix ACTIVE");
            Seller.waiting().until(() -> orders(administrator) > before);
            assertThat(kontor.output()).doesNotContain(password);
        }
    }

    /** Nobody has said anything: the sandbox's seller has answered which side is the truth. */
    private void aSaleOnOneMarketplaceLowersTheOthers(HttpCaller administrator) {
        var everywhere = new AtomicReference<Map<String, JsonNode>>(Map.of());
        Seller.waiting().until(() -> {
            everywhere.set(soldEverywhere(administrator));
            return !everywhere.get().isEmpty();
        });
        var shown = everywhere.get();
        var offer = shown.get("allegro").path("externalId").asString();

        var bought =
                HttpCaller.nobody(sandboxPort).post("/control/allegro/offers/" + offer + "/buy", "{\"quantity\": 1}");

        assertThat(bought.status()).as(bought.body()).isEqualTo(200);
        shown.forEach((marketplace, listing) -> Seller.waiting().untilAsserted(() -> {
            var now = administrator
                    .get("/api/v1/listings/" + listing.path("id").asString())
                    .json();
            assertThat(now.path("verified").asInt(0))
                    .as(() -> marketplace + ": " + now + "\n" + explained(administrator, listing))
                    .isLessThan(listing.path("verified").asInt());
        }));
    }

    private static String explained(HttpCaller caller, JsonNode listing) {
        var item = "/api/v1/items/" + listing.path("item").asString();
        return caller.get(item + "/explain?listing=" + listing.path("id").asString())
                        .body() + "\n"
                + caller.get(item + "/movements").body();
    }

    /** The listings of an item that all three marketplaces were seen to show, and of which there are some. */
    private static Map<String, JsonNode> soldEverywhere(HttpCaller caller) {
        var marketplaces = new HashMap<String, String>();
        caller.get("/api/v1/accounts")
                .json()
                .path("items")
                .forEach(account -> marketplaces.put(
                        account.path("id").asString(),
                        account.path("marketplace").asString()));
        var byItem = new TreeMap<String, Map<String, JsonNode>>();
        caller.get("/api/v1/listings?state=VERIFIED&limit=500")
                .json()
                .path("items")
                .valueStream()
                .filter(listing -> listing.path("verified").asInt() > 2)
                .forEach(listing -> byItem.computeIfAbsent(listing.path("item").asString(), item -> new TreeMap<>())
                        .put(marketplaces.get(listing.path("account").asString()), listing));
        return byItem.values().stream()
                .filter(listings -> listings.keySet().equals(Set.of("allegro", "amazon", "wix")))
                .findFirst()
                .orElse(Map.of());
    }

    private void aSecondIsRefused() {
        try (var second = start("second", FreePort.find())) {
            assertThat(second.awaitEnd()).isNotZero();
            assertThat(second.output())
                    .contains("KONTOR_DATA: another Kontor is running on")
                    .doesNotContain("\tat ");
        }
    }

    private HttpCaller login(String password) {
        return HttpCaller.nobody(port).login("administrator", password);
    }

    private static List<String> accounts(HttpCaller caller) {
        return caller.get("/api/v1/accounts")
                .json()
                .path("items")
                .valueStream()
                .map(account -> account.path("marketplace").asString("") + " "
                        + account.path("state").asString(""))
                .toList();
    }

    private static long orders(HttpCaller caller) {
        return caller.get("/api/v1/orders?limit=500").json().path("items").size();
    }
}
