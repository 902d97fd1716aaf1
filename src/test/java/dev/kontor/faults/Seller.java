package dev.kontor.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.allegro.TrueOrder;

import static org.assertj.core.api.Assertions.assertThat;

/** A seller of the sandbox with his account in Kontor, as its REST interface shows it. */
final class Seller {

    static final String PASSWORD = "correct horse battery staple";

    private static final AtomicInteger next = new AtomicInteger();

    private final Sandbox sandbox;
    private final int number;
    private final UUID account;
    private HttpCaller kontor;

    private Seller(Sandbox sandbox, int number, HttpCaller kontor, UUID account) {
        this.sandbox = sandbox;
        this.number = number;
        this.kontor = kontor;
        this.account = account;
    }

    static HttpCaller administrator(int port) {
        return HttpCaller.nobody(port).login("administrator", PASSWORD);
    }

    /** Another seller each time, who has been asked for his confirmation. */
    static Seller asked(Sandbox sandbox, HttpCaller kontor) {
        var number = Math.floorMod(next.getAndIncrement(), sandbox.allegro().sellers());
        var wish = Map.of("name", "Seller " + number, "marketplace", "allegro", "ownerId", UUID.randomUUID());
        var answer = waiting()
                .until(() -> kontor.post("/api/v1/accounts", wish), it -> it.status() != 503); // a ban of before
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return new Seller(sandbox, number, kontor, UUID.fromString(answer.text("id")));
    }

    static Seller connected(Sandbox sandbox, HttpCaller kontor) {
        return asked(sandbox, kontor).confirm();
    }

    /** Kontor runs elsewhere now. */
    Seller at(HttpCaller moved) {
        kontor = moved;
        return this;
    }

    int number() {
        return number;
    }

    UUID account() {
        return account;
    }

    /** Confirms until Kontor got hold of the tokens, each time with the code that it shows. */
    Seller confirm() {
        waiting().ignoreExceptions().until(() -> {
            var shown = shown();
            switch (shown.path("state").asString()) {
                case "ACTIVE" -> {
                    return true;
                }
                case "AUTHORIZING" -> confirmOnce(shown.path("userCode").asString());
                default -> reauthorize();
            }
            return false;
        });
        return this;
    }

    private void confirmOnce(String userCode) {
        try {
            sandbox.allegro().confirm(userCode, number);
        } catch (IllegalArgumentException e) {
            // confirmed already
        }
    }

    Seller reauthorize() {
        var answer = kontor.post("/api/v1/accounts/" + account + "/reauthorize", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return this;
    }

    JsonNode shown() {
        return ok("/api/v1/accounts/" + account);
    }

    String state() {
        return shown().path("state").asString();
    }

    JsonNode backfill() {
        return ok("/api/v1/accounts/" + account + "/backfill");
    }

    /** Waits until changes are followed; what happens from now on is the feed's. */
    Seller awaitFeed() {
        waiting()
                .until(() -> kontor.get("/api/v1/accounts/" + account + "/feed").status() == 200);
        return this;
    }

    /** Has the account checked, wholly, from now on. */
    void certify() {
        var asked = Instant.now();
        waiting().until(() -> {
            assertThat(kontor.post("/api/v1/accounts/" + account + "/certificates/check", "")
                            .status())
                    .isEqualTo(202); // says nothing where a check is under way
            return runs("certificate").stream()
                    .anyMatch(run ->
                            Instant.parse(run.path("startedAt").asString()).isAfter(asked));
        });
    }

    /** Waits until the check that follows the backfill is over. */
    Seller awaitFirstCertificate() {
        waiting().until(() -> !runs("certificate").isEmpty());
        return this;
    }

    void disconnect() {
        kontor.delete("/api/v1/accounts/" + account);
    }

    List<JsonNode> items(String path) {
        var items = new ArrayList<JsonNode>();
        var after = "";
        do {
            var page = ok(path + (path.contains("?") ? "&" : "?") + "limit=500" + after);
            page.path("items").forEach(items::add);
            after = page.has("next") ? "&after=" + page.path("next").asString() : "";
        } while (!after.isEmpty());
        return items;
    }

    /** A problem has no items either, and must not pass for an empty list. */
    private JsonNode ok(String path) {
        var answer = kontor.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** The newest verdict of each day. */
    List<JsonNode> certificates() {
        return ok("/api/v1/accounts/" + account + "/certificates")
                .path("items")
                .valueStream()
                .toList();
    }

    /** Orders that the archive counts: neither merged away nor gone. */
    List<JsonNode> orders() {
        return items("/api/v1/orders?account=" + account).stream()
                .filter(order -> !order.has("mergedInto") && !order.has("goneAt"))
                .toList();
    }

    List<JsonNode> runs(String kind) {
        return items("/api/v1/sync-runs?account=" + account + "&kind=" + kind);
    }

    List<JsonNode> quarantine() {
        return items("/api/v1/quarantine?account=" + account);
    }

    Map<String, Fact> archive() {
        return orders().stream()
                .collect(Collectors.toMap( // fails where an order is there twice
                        order -> order.path("externalId").asString(), Fact::of, Seller::twice, TreeMap::new));
    }

    private static Fact twice(Fact one, Fact other) {
        throw new AssertionError("one order twice: " + one + ", " + other);
    }

    Map<String, Fact> truth() {
        return sandbox.allegro()
                .orders(number, false)
                .collect(Collectors.toMap(TrueOrder::id, Fact::of, Seller::twice, TreeMap::new));
    }

    /**
     * Waits until the archive holds the orders that truly exist, as they truly are, and no other. What nothing told of is
     * found by the certificate, which asks for the days of a year one by one; where every fourth question is followed by a
     * second's silence, that alone takes minutes.
     */
    Seller awaitTruth() {
        waiting().atMost(Duration.ofMinutes(8)).ignoreExceptions().untilAsserted(this::holdsTheTruth);
        return this;
    }

    void holdsTheTruth() {
        var truth = truth();
        var archive = archive();
        assertThat(archive.keySet()).as(this::toString).isEqualTo(truth.keySet());
        assertThat(archive).as(this::toString).isEqualTo(truth);
        pointsFromMergedOrdersToTheirSuccessors();
    }

    private void pointsFromMergedOrdersToTheirSuccessors() {
        var all = items("/api/v1/orders?account=" + account);
        var externalIds = all.stream()
                .collect(Collectors.toMap(
                        order -> order.path("id").asString(),
                        order -> order.path("externalId").asString()));
        var successors = sandbox.allegro().merged(number);
        for (var order : all) {
            if (order.has("mergedInto")) {
                assertThat(externalIds.get(order.path("mergedInto").asString()))
                        .as("the successor of %s", order)
                        .isEqualTo(successors.get(order.path("externalId").asString()));
            }
        }
    }

    static ConditionFactory waiting() {
        return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
    }

    @Override
    public String toString() {
        return "seller " + number + " of the sandbox with seed "
                + sandbox.scenario().seed();
    }
}
