package dev.kontor.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.ThreeAccounts;

import static dev.kontor.ThreeAccounts.ALL;
import static dev.kontor.ThreeAccounts.ALLEGRO;
import static dev.kontor.ThreeAccounts.AMAZON;
import static dev.kontor.ThreeAccounts.WIX;
import static dev.kontor.ThreeAccounts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One seller at Allegro, Wix and Amazon, who sells the same goods at all of them, and whose accounts Kontor writes to.
 *
 * @param accounts by marketplace
 * @param skus of goods that buyers can have at all three
 */
record Shops(
        SandboxProcess sandbox, KontorProcess kontor, Map<String, String> accounts, List<String> skus, Paths paths) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int AT_ONCE = 8;

    /** Where the sandbox's control has each of the goods, and what else it wants to be told. */
    record Paths(Map<String, String> allegro, Map<String, JsonNode> wix) {

        String of(String marketplace, String sku) {
            return "/control/" + marketplace
                    + switch (marketplace) {
                        case ALLEGRO -> "/offers/" + allegro.get(sku);
                        case WIX -> "/products/" + wix.get(sku).path("product").asString();
                        default -> "/listings/" + sku;
                    };
        }

        String body(String marketplace, String sku, int quantity) {
            var variant = marketplace.equals(WIX) ? wix.get(sku).path("variant").asString("") : "";
            var body = new LinkedHashMap<String, Object>(Map.of("quantity", quantity, "available", quantity));
            if (!variant.isEmpty()) {
                body.put("variant", variant);
            }
            return JSON.writeValueAsString(body);
        }
    }

    private static final List<String> OF_LISTINGS =
            List.of("getListingsItem", "searchListingsItems", "patchListingsItem");

    /** Calls a second. */
    private static final double QUICK = 100;

    /** A sandbox that tells of everything at once; some goods more, because not all can be had everywhere. */
    static String[] simulation(int skus, String... further) {
        return Stream.concat(
                        Stream.of(
                                "--catalog=" + (skus * 17 / 10 + 20),
                                "--offer-list-delay=0s",
                                "--command-delay=0s",
                                "--slow-edits=0",
                                "--live-pace=1",
                                "--wix.orders=1",
                                "--wix.live-orders-per-minute=0",
                                "--wix.elsewhere=0",
                                "--amazon.orders=1",
                                "--amazon.live-orders-per-minute=0",
                                "--amazon.delay=0s",
                                "--amazon.patch-delay=0s",
                                "--amazon.feed-delay=0s",
                                "--amazon.fba=0"),
                        Stream.of(further))
                .toArray(String[]::new);
    }

    /** How Kontor finds the two marketplaces beside Allegro, and hears of what they tell by themselves. */
    static List<String> settings(SandboxProcess sandbox) {
        var amazon = sandbox.url(AMAZON);
        return List.of(
                "--kontor.wix.api-url=" + sandbox.url(WIX),
                "--kontor.wix.app-id=6b1d0c3e-6b6f-4e0c-9d58-3f1f0d2a7c11",
                "--kontor.wix.app-secret=kontor-sandbox-app-secret",
                "--kontor.wix.history=30d",
                "--kontor.wix.webhook.key=" + site(sandbox).path("webhookKey").asString(),
                "--kontor.amazon.api-url=" + amazon,
                "--kontor.amazon.auth-url=" + amazon,
                "--kontor.amazon.client-id=amzn1.application-oa2-client.kontor-sandbox",
                "--kontor.amazon.client-secret=kontor-sandbox-amazon-secret",
                "--kontor.amazon.history=10d",
                "--kontor.amazon.queue.url=" + amazon + "/queue/000000000000/kontor",
                "--kontor.amazon.queue.endpoint=" + amazon + "/queue",
                "--kontor.amazon.queue.access-key=kontor-sandbox",
                "--kontor.amazon.queue.secret-key=kontor-sandbox-queue-secret",
                "--kontor.inventory.listings-interval=1h");
    }

    private static JsonNode site(SandboxProcess sandbox) {
        return sandbox.control().get("/control/wix/site").json();
    }

    /** Ends when each listing shows what it has to, and nothing is left to do. */
    static Shops open(SandboxProcess sandbox, KontorProcess kontor, Database database, int skus, int units)
            throws Exception {
        var shops = stocked(sandbox, kontor, skus, units);
        ok(kontor.caller().send("PUT", "/api/v1/policies/default", "{\"strategy\": \"MIRROR\"}"));
        OF_LISTINGS.forEach(operation -> shops.grant(operation, QUICK));
        shops.connect();
        shops.awaitQuiet(database);
        OF_LISTINGS.forEach(operation -> shops.grant(operation, 0));
        shops.correct(1);
        shops.awaitQuiet(database);
        shops.correct(-1);
        shops.awaitQuiet(database);
        return shops;
    }

    /** Nobody measures how long Amazon takes to tell what there is; each answer tells the rate, and Kontor keeps to it. */
    private void grant(String operation, double rate) {
        ok(sandbox.control().send("PUT", "/control/amazon/rates/" + operation, "{\"rate\": " + rate + "}"));
    }

    /** Writes to all marketplaces and reads from them, so that Kontor hears of the rates. */
    private void correct(int quantity) {
        var moved = kontor.caller()
                .with("Idempotency-Key", "correct by " + quantity)
                .post(
                        "/api/v1/items/" + skus.getFirst() + "/movements",
                        Map.of("kind", "CORRECTION", "quantity", quantity, "reason", "counted again"));
        assertThat(moved.status()).isEqualTo(201);
    }

    private static Shops stocked(SandboxProcess sandbox, KontorProcess kontor, int skus, int units) throws Exception {
        var allegro = new LinkedHashMap<String, String>();
        var wix = new LinkedHashMap<String, JsonNode>();
        var amazon = new HashSet<String>();
        lines(sandbox, "/control/allegro/offers", offer -> {
            if (offer.path("status").asString("").equals("ACTIVE")) {
                allegro.put(offer.path("sku").asString(""), offer.path("id").asString());
            }
        });
        lines(sandbox, "/control/wix/products", article -> {
            if (article.path("visible").asBoolean() && article.path("tracked").asBoolean()) {
                wix.put(article.path("sku").asString(""), article);
            }
        });
        lines(sandbox, "/control/amazon/listings", listing -> {
            if (listing.path("buyable").asInt() > 0) {
                amazon.add(listing.path("sku").asString());
            }
        });
        var paths = new Paths(allegro, wix);
        var everywhere = allegro.keySet().stream()
                .filter(sku -> sku.matches("[A-Za-z0-9-]+") && wix.containsKey(sku) && amazon.contains(sku))
                .toList();
        assertThat(everywhere.size()).as("goods for sale everywhere").isGreaterThanOrEqualTo(skus);
        eachOf(everywhere, sku -> {
            for (var marketplace : ALL) {
                ok(sandbox.control()
                        .send("PUT", paths.of(marketplace, sku) + "/stock", paths.body(marketplace, sku, units)));
            }
        });
        return new Shops(sandbox, kontor, new LinkedHashMap<>(), List.copyOf(everywhere.subList(0, skus)), paths);
    }

    private static void lines(SandboxProcess sandbox, String path, Consumer<JsonNode> each) {
        sandbox.control().get(path).body().lines().map(JSON::readTree).forEach(each);
    }

    private static void eachOf(List<String> all, Consumer<String> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = new ArrayList<java.util.concurrent.Future<?>>();
            all.forEach(one -> running.add(threads.submit(() -> work.accept(one))));
            for (var it : running) {
                it.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private void connect() {
        var connected = new ThreeAccounts(
                sandbox.control(),
                kontor.caller(),
                await().atMost(Duration.ofHours(1)).pollInterval(Duration.ofSeconds(1)));
        connected.connect();
        connected.answer(ALLEGRO, Map.of("truth", "MARKETPLACE", "mode", "WRITING", "createItems", true));
        connected.answer(WIX, Map.of("truth", "KONTOR", "mode", "WRITING"));
        connected.answer(AMAZON, Map.of("truth", "KONTOR", "mode", "WRITING"));
        ok(kontor.caller()
                .send("PUT", "/api/v1/accounts/" + connected.id(WIX) + "/intervals", "{\"seconds\": {\"feed\": 60}}"));
        ALL.forEach(marketplace ->
                accounts.put(marketplace, connected.id(marketplace).toString()));
    }

    /** Also so long that no sale can be taken for one of before the last reading. */
    private void awaitQuiet(Database database) {
        await().atMost(Duration.ofHours(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> database.number("""
                        select count(*) from inventory.publications p join inventory.listings l on l.id = p.listing
                          join inventory.items i on i.id = l.item
                        where p.expected is not null and p.desired = p.expected and p.command is null
                          and p.reading is not null""") >= 3L * skus.size() && database.number("""
                        select (select count(*) from inventory.publications
                            where work is not null or base_at > now() - interval '6 s')
                          + (select count(*) from inventory.changed_items)""") == 0);
    }

    /** @return how many were bought */
    int buy(String marketplace, String sku, int quantity) {
        return ok(sandbox.control().post(paths.of(marketplace, sku) + "/buy", paths.body(marketplace, sku, quantity)))
                .path("bought")
                .asInt();
    }

    Set<Map.Entry<String, String>> each() {
        return accounts.entrySet();
    }
}
