package dev.kontor.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.access.Person;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.plans.Holding;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route that is no GET is taken once, and leaves an entry that says who took it; or it is told here why not. */
@InventoryTest
@Import(Offers.class)
@TestPropertySource(properties = "kontor.inventory.publishing=false") // nobody else looks at these listings
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangingRouteTests {

    /** The only place where a route may be excused. */
    private static final Map<String, String> EXCUSED = Map.of(
            "ANY /error", "tells of errors, whatever the method was",
            "POST /api/v1/auth/refresh", "continues a login that is on record; the session tells when it was used last",
            "POST /api/v1/audit/verification", "reads only",
            "DELETE /api/v1/key-sets/credentials/keys/{id}",
                    "refused for a quarter of an hour after a rotation; leaves key-set.key-removed",
            "POST /api/v1/inventory/proof", "reads only",
            "POST /api/v1/policies/preview", "reads only",
            "POST /hooks/v1/{marketplace}",
                    "a marketplace tells of what it did; kept as a delivery, and never believed",
            "POST /hooks/v1/{marketplace}/{account}", "the same");

    private static final FakeBuyer BUYER =
            new FakeBuyer("b-seed", "Zbigniew Seedowski", "z.seedowski@example.org", "+48 601 555 777", "zseed_login");
    private static final String PASSWORD = "seedling orbit eleven kettle";
    private static final String MARKETPLACE_KEY = "seeded-marketplace-secret";
    private static final String WORDS = "ask Zbigniew Seedowski at +48 601 555 777";
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Archive archive;

    @Autowired
    Shops shops;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Offers offers;

    @Autowired
    Holding holding;

    @Autowired
    TransactionTemplate transaction;

    /** Takes a route as the caller it is given. */
    private record Example(String action, String actorKind, Function<HttpCaller, Answer> taken) {}

    private final Map<String, Example> examples = new LinkedHashMap<>();
    private final Set<String> secrets = new HashSet<>(List.of(
            BUYER.name(),
            "Seedowski",
            BUYER.email(),
            BUYER.phone(),
            "601 555 777",
            BUYER.login(),
            PASSWORD,
            MARKETPLACE_KEY));

    private HttpCaller administrator;
    private AccountView shop;
    private FakeOrder order;
    private UUID orderId;

    @BeforeAll
    void setUp() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        secrets.add(administrator.headers().get("Authorization").substring(7));
        shop = shops.open(new FakeMarketplace());
        order = FakeOrder.anOrder("seeded", NOON).withBuyer(BUYER);
        transaction.executeWithoutResult(_ -> archive.store(shop, List.of(order.read(Instant.now())), Source.BACKFILL));
        orderId = jdbc.sql("select id from orders.orders where account = ?")
                .param(shop.id().value())
                .query(UUID.class)
                .single();
        people();
        keys();
        accounts();
        orders();
        inventory();
    }

    private void example(String route, String action, Function<HttpCaller, Answer> taken) {
        examples.put(route, new Example(action, "PERSON", taken));
    }

    // access

    private UUID aUser() {
        var invitation = administrator.post(
                "/api/v1/users", Map.of("name", "x.seed-" + UUID.randomUUID() + "@example.org", "role", "VIEWER"));
        secrets.add(invitation.text("secret"));
        return UUID.fromString(invitation.json().at("/user/id").asString());
    }

    /** Somebody who is called by an e-mail address, logged in. */
    private HttpCaller someone() {
        var name = "seed-" + UUID.randomUUID() + "@example.org";
        var invitation = administrator.post("/api/v1/users", Map.of("name", name, "role", "VIEWER"));
        HttpCaller.nobody(port)
                .post("/api/v1/auth/password-links", Map.of("secret", invitation.text("secret"), "password", PASSWORD));
        secrets.addAll(List.of(name, invitation.text("secret")));
        var tokens = HttpCaller.nobody(port).post("/api/v1/auth/login", Map.of("username", name, "password", PASSWORD));
        secrets.addAll(List.of(tokens.text("accessToken"), tokens.text("refreshToken")));
        return HttpCaller.nobody(port).withToken(tokens.text("accessToken"));
    }

    /** The same with the correlation of the caller that is tried. */
    private static HttpCaller as(HttpCaller someone, HttpCaller tried) {
        return someone.with("X-Correlation-Id", tried.headers().get("X-Correlation-Id"));
    }

    private static UUID idOf(HttpCaller caller) {
        return UUID.fromString(caller.get("/api/v1/auth/me").text("id"));
    }

    private static String session(HttpCaller caller) {
        return caller.get("/api/v1/auth/sessions").json().path(0).path("id").asString();
    }

    /** @return its recovery codes */
    private List<String> secondFactor(HttpCaller someone) {
        var begun = someone.post("/api/v1/auth/second-factor", Map.of("password", PASSWORD));
        var confirmed = someone.post(
                "/api/v1/auth/second-factor/confirmation",
                Map.of("code", Person.code(begun.text("secret"), Instant.now())));
        var codes = confirmed
                .json()
                .path("recoveryCodes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        secrets.add(begun.text("secret"));
        secrets.addAll(codes);
        return codes;
    }

    private void people() {
        example("POST /api/v1/users", "user.invited", caller -> {
            var name = "i.seed-" + UUID.randomUUID() + "@example.org";
            secrets.add(name);
            return caller.post("/api/v1/users", Map.of("name", name, "role", "MANAGER"));
        });
        example(
                "PATCH /api/v1/users/{id}",
                "user.changed",
                caller -> caller.with("If-Match", "*")
                        .send("PATCH", "/api/v1/users/" + aUser(), "{\"role\": \"MANAGER\"}"));
        example(
                "POST /api/v1/users/{id}/password-links",
                "password-link.made",
                caller -> caller.send("POST", "/api/v1/users/" + aUser() + "/password-links", null));
        example("DELETE /api/v1/users/{id}/sessions/{session}", "session.ended", caller -> {
            var someone = someone();
            return caller.delete("/api/v1/users/" + idOf(someone) + "/sessions/" + session(someone));
        });
        example(
                "DELETE /api/v1/users/{id}/sessions",
                "sessions.ended",
                caller -> caller.delete("/api/v1/users/" + idOf(someone()) + "/sessions"));
        example("DELETE /api/v1/users/{id}/second-factor", "second-factor.removed", caller -> {
            var someone = someone();
            secondFactor(someone);
            return caller.delete("/api/v1/users/" + idOf(someone) + "/second-factor");
        });
        example(
                "POST /api/v1/auth/login",
                "session.opened",
                caller -> HttpCaller.nobody(port)
                        .with("X-Correlation-Id", caller.headers().get("X-Correlation-Id"))
                        .post(
                                "/api/v1/auth/login",
                                Map.of("username", "administrator", "password", "only-for-this-test")));
        example(
                "POST /api/v1/auth/logout",
                "session.ended",
                caller -> as(someone(), caller).send("POST", "/api/v1/auth/logout", null));
        example("DELETE /api/v1/auth/sessions/{id}", "session.ended", caller -> {
            var someone = someone();
            return as(someone, caller).delete("/api/v1/auth/sessions/" + session(someone));
        });
        example(
                "POST /api/v1/auth/password",
                "password.changed",
                caller -> as(someone(), caller)
                        .post(
                                "/api/v1/auth/password",
                                Map.of("currentPassword", PASSWORD, "newPassword", PASSWORD + " again")));
        example("POST /api/v1/auth/password-links", "password.set", caller -> {
            var invitation = administrator.post(
                    "/api/v1/users", Map.of("name", "Linked " + UUID.randomUUID(), "role", "VIEWER"));
            return HttpCaller.nobody(port)
                    .with("X-Correlation-Id", caller.headers().get("X-Correlation-Id"))
                    .post(
                            "/api/v1/auth/password-links",
                            Map.of("secret", invitation.text("secret"), "password", PASSWORD));
        });
        example(
                "POST /api/v1/auth/second-factor",
                "second-factor.begun",
                caller -> as(someone(), caller).post("/api/v1/auth/second-factor", Map.of("password", PASSWORD)));
        example("POST /api/v1/auth/second-factor/confirmation", "second-factor.confirmed", caller -> {
            var someone = someone();
            var begun = someone.post("/api/v1/auth/second-factor", Map.of("password", PASSWORD));
            return as(someone, caller)
                    .post(
                            "/api/v1/auth/second-factor/confirmation",
                            Map.of("code", Person.code(begun.text("secret"), Instant.now())));
        });
        example("POST /api/v1/auth/second-factor/recovery-codes", "second-factor.recovery-codes-made", caller -> {
            var someone = someone();
            return as(someone, caller)
                    .post(
                            "/api/v1/auth/second-factor/recovery-codes",
                            Map.of("code", secondFactor(someone).getFirst()));
        });
        example("POST /api/v1/auth/second-factor/removal", "second-factor.removed", caller -> {
            var someone = someone();
            return as(someone, caller)
                    .post(
                            "/api/v1/auth/second-factor/removal",
                            Map.of("code", secondFactor(someone).getLast()));
        });
    }

    private String aKey() {
        return administrator
                .post("/api/v1/api-keys", Map.of("name", "seed", "scopes", List.of("orders:read")))
                .text("id");
    }

    private void keys() {
        example("POST /api/v1/api-keys", "api-key.created", caller -> {
            var made = caller.post("/api/v1/api-keys", Map.of("name", "seed", "scopes", List.of("orders:read")));
            secrets.add(made.text("key"));
            return made;
        });
        example(
                "PATCH /api/v1/api-keys/{id}",
                "api-key.changed",
                caller -> caller.with("If-Match", "*")
                        .send("PATCH", "/api/v1/api-keys/" + aKey(), "{\"scopes\": [\"orders:write\"]}"));
        example("POST /api/v1/api-keys/{id}/rotate", "api-key.rotated", caller -> {
            var rotated = caller.send("POST", "/api/v1/api-keys/" + aKey() + "/rotate", null);
            secrets.add(rotated.text("key"));
            return rotated;
        });
        example(
                "DELETE /api/v1/api-keys/{id}",
                "api-key.deleted",
                caller -> caller.delete("/api/v1/api-keys/" + aKey()));
        example(
                "POST /api/v1/key-sets/access-tokens/rotations",
                "signing-key.made",
                caller -> caller.send("POST", "/api/v1/key-sets/access-tokens/rotations", null));
        example(
                "POST /api/v1/key-sets/credentials/rotations",
                "key-set.rotated",
                caller -> caller.send("POST", "/api/v1/key-sets/credentials/rotations", null));
        example(
                "DELETE /api/v1/buyers/{id}",
                "buyer.erased",
                caller -> caller.delete("/api/v1/buyers/"
                        + jdbc.sql("select buyer from orders.orders where id = ?")
                                .param(orderId)
                                .query(UUID.class)
                                .single()));
    }

    // accounts

    private String waiting() {
        return administrator
                .post("/api/v1/accounts", Map.of("name", "Waits", "marketplace", "fake", "ownerId", UUID.randomUUID()))
                .text("id");
    }

    private String connected = "";

    private void accounts() {
        var key = Map.of("apiKey", MARKETPLACE_KEY, "siteId", "site-1");
        example("POST /api/v1/accounts", "account.connected", caller -> {
            var answer = caller.post(
                    "/api/v1/accounts",
                    Map.of("name", "Shop", "marketplace", "fake", "ownerId", UUID.randomUUID(), "credentials", key));
            connected = "/api/v1/accounts/" + answer.text("id");
            return answer;
        });
        example(
                "PATCH /api/v1/accounts/{id}",
                "account.renamed",
                caller -> caller.with("If-Match", "*").send("PATCH", connected, "{\"name\": \"My shop\"}"));
        example(
                "POST /api/v1/accounts/{id}/pause",
                "account.paused",
                caller -> caller.send("POST", connected + "/pause", null));
        example(
                "POST /api/v1/accounts/{id}/resume",
                "account.resumed",
                caller -> caller.send("POST", connected + "/resume", null));
        example(
                "POST /api/v1/accounts/{id}/reauthorize",
                "account.connected",
                caller -> caller.post(connected + "/reauthorize", Map.of("credentials", key)));
        example(
                "DELETE /api/v1/accounts/{id}",
                "account.disconnected",
                caller -> caller.delete("/api/v1/accounts/" + waiting()));
        example("POST /api/v1/hooks/{id}/retry", "delivery.retried", caller -> {
            var id = UUID.randomUUID();
            jdbc.sql("""
                            insert into accounts.deliveries (id, account_id, hint, subject, type, about, occurred_at, received_at,
                              state, attempts)
                            values (?, ?::uuid, 'told', 'ORDER', 'PLACED', 'x-1', now(), now(), 'FAILED', 9)""").params(id, waiting()).update();
            return caller.send("POST", "/api/v1/hooks/" + id + "/retry", null);
        });
    }

    // orders

    private void orders() {
        var account = "/api/v1/accounts/" + shop.id();
        example(
                "PUT /api/v1/accounts/{id}/intervals",
                "intervals.set",
                caller ->
                        caller.send("PUT", account + "/intervals", "{\"seconds\": {\"feed\": 77, \"listings\": 99}}"));
        example("POST /api/v1/accounts/{id}/backfill/pause", "backfill.paused", caller -> {
            jdbc.sql("""
                            insert into orders.backfills (account, state, from_at, to_at, reached_at, read, active_millis,
                              started_at, version) values (?, 'RUNNING', now() - interval '1 day', now(), now(), 0, 0, now(), 1)""").param(shop.id().value()).update();
            return caller.send("POST", account + "/backfill/pause", null);
        });
        example(
                "POST /api/v1/accounts/{id}/backfill/resume",
                "backfill.resumed",
                caller -> caller.send("POST", account + "/backfill/resume", null));
        example(
                "POST /api/v1/accounts/{id}/rebuild",
                "orders.rebuilt",
                caller -> caller.send("POST", account + "/rebuild", null));
        example(
                "POST /api/v1/accounts/{id}/certificates/check",
                "certificate.asked-for",
                caller -> caller.send("POST", account + "/certificates/check", null));
        example("POST /api/v1/quarantine/{id}/retry", "quarantined-record.retried", caller -> {
            var id = UUID.randomUUID();
            jdbc.sql("""
                            insert into orders.quarantine (id, account, kind, external_id, fingerprint, reason, source,
                              first_seen_at, last_tried_at, tries)
                            values (?, ?, 'ORDER', 'x-1', sha256('x'), 'unreadable', 'FEED', now(), now(), 3)""").params(id, shop.id().value()).update();
            return caller.send("POST", "/api/v1/quarantine/" + id + "/retry", null);
        });
    }

    // inventory

    private UUID aProposal(Item item) {
        var listing = offers.selling(shop.id(), stockroom.anItem()).value();
        jdbc.sql("update inventory.listings set item = null, units = null, linked_by = null where id = ?")
                .param(listing)
                .update();
        var id = UUID.randomUUID();
        jdbc.sql("""
                        insert into inventory.listing_proposals (id, listing, item, evidence, state, proposed_at)
                        values (?, ?, ?, 'the same name', 'OPEN', now())""").params(id, listing, item.id().value()).update();
        return id;
    }

    private String aPlan() {
        var account = shops.open(new FakeMarketplace()).id();
        var changes = IntStream.range(0, 25)
                .mapToObj(_ -> offers.selling(account, stockroom.anItem()))
                .map(listing -> new Holding.Change(listing, account, 3, 0, false, null))
                .toList();
        Map<ListingId, PlanId> held = new HashMap<>(transaction.execute(_ -> holding.examine(changes)));
        return "/api/v1/plans/" + List.copyOf(held.values()).getFirst();
    }

    private void inventory() {
        var note = "{\"note\": \"" + WORDS + "\"}";
        example(
                "POST /api/v1/items",
                "item.added",
                caller ->
                        caller.post("/api/v1/items", Map.of("sku", Stockroom.aSku(), "name", "Cup", "type", "SIMPLE")));
        example(
                "PATCH /api/v1/items/{sku}",
                "item.changed",
                caller -> caller.with("If-Match", "*")
                        .send("PATCH", "/api/v1/items/" + stockroom.anItem().sku(), "{\"name\": \"Large cup\"}"));
        example(
                "POST /api/v1/items/import",
                "items.imported",
                caller -> caller.with("Content-Type", "text/csv")
                        .send("POST", "/api/v1/items/import", "sku,name,type\n" + Stockroom.aSku() + ",Cup,\n"));
        example(
                "POST /api/v1/items/{sku}/movements",
                "stock.moved",
                caller -> caller.with("Idempotency-Key", UUID.randomUUID().toString())
                        .post(
                                "/api/v1/items/" + stockroom.anItem().sku() + "/movements",
                                Map.of("kind", "RECEIPT", "quantity", 5, "reason", WORDS)));
        example(
                "POST /api/v1/warehouses",
                "warehouse.added",
                caller -> caller.post("/api/v1/warehouses", Map.of("name", "Attic " + UUID.randomUUID())));
        example("PATCH /api/v1/warehouses/{id}", "warehouse.changed", caller -> {
            var id = administrator
                    .post("/api/v1/warehouses", Map.of("name", "Cellar " + UUID.randomUUID()))
                    .text("id");
            return caller.with("If-Match", "*")
                    .send("PATCH", "/api/v1/warehouses/" + id, "{\"name\": \"Barn " + id + "\"}");
        });
        example(
                "POST /api/v1/listings",
                "listing.added",
                caller -> caller.post(
                        "/api/v1/listings",
                        Map.of("account", shop.id().value(), "externalId", "told by hand", "name", "Cup")));
        var listing = offers.selling(shop.id(), stockroom.anItem()).value();
        example(
                "PUT /api/v1/listings/{id}/link",
                "listing.linked",
                caller -> caller.send(
                        "PUT",
                        "/api/v1/listings/" + listing + "/link",
                        "{\"item\": \"" + stockroom.anItem().sku() + "\"}"));
        example(
                "DELETE /api/v1/listings/{id}/link",
                "listing.unlinked",
                caller -> caller.delete("/api/v1/listings/" + listing + "/link"));
        example(
                "POST /api/v1/accounts/{id}/listings/read",
                "listings.reading-asked-for",
                caller -> caller.send("POST", "/api/v1/accounts/" + shop.id() + "/listings/read", null));
        var proposal = "/api/v1/listing-proposals/" + aProposal(stockroom.anItem());
        example(
                "POST /api/v1/listing-proposals/{id}/accept",
                "listing.linked",
                caller -> caller.send("POST", proposal + "/accept", null));
        example(
                "POST /api/v1/listing-proposals/{id}/undo",
                "proposal.reopened",
                caller -> caller.send("POST", proposal + "/undo", null));
        example(
                "POST /api/v1/listing-proposals/{id}/reject",
                "proposal.rejected",
                caller -> caller.send("POST", proposal + "/reject", null));
        var item = stockroom.anItem();
        Map.of(
                        "default", "default",
                        "accounts/{id}", "accounts/" + shop.id(),
                        "items/{sku}", "items/" + item.sku(),
                        "listings/{id}", "listings/" + listing)
                .forEach((route, path) -> {
                    example(
                            "PUT /api/v1/policies/" + route,
                            "policy.set",
                            caller -> caller.send(
                                    "PUT", "/api/v1/policies/" + path, "{\"strategy\": \"ESCROW\", \"buffer\": 2}"));
                    example(
                            "DELETE /api/v1/policies/" + route,
                            "policy.taken-back",
                            caller -> caller.delete("/api/v1/policies/" + path));
                });
        example("POST /api/v1/plans/{id}/approve", "plan.decided", caller -> caller.post(aPlan() + "/approve", note));
        example("POST /api/v1/plans/{id}/reject", "plan.decided", caller -> caller.post(aPlan() + "/reject", note));
        example("POST /api/v1/oversells/{id}/acknowledge", "oversell.acknowledged", caller -> {
            var sold = stockroom.anItemWith(1);
            stockroom.post(UUID.randomUUID().toString(), sold, MovementKind.RESERVATION, new Change.By(0, 3));
            var oversell = administrator
                    .get("/api/v1/oversells?item=" + sold.sku())
                    .json()
                    .at("/items/0/id")
                    .asString();
            return caller.post("/api/v1/oversells/" + oversell + "/acknowledge", note);
        });
        example(
                "PUT /api/v1/accounts/{id}/inventory",
                "stock-truth.said",
                caller -> caller.send(
                        "PUT",
                        "/api/v1/accounts/" + shops.open(new FakeMarketplace()).id() + "/inventory",
                        "{\"truth\": \"KONTOR\", \"mode\": \"OBSERVING\"}"));
    }

    // What is promised

    /** As Spring has them, {@code ANY} where a mapping takes each method. */
    private Set<String> changingRoutes() {
        return requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream().flatMap(path -> {
                    var methods = mapping.getMethodsCondition().getMethods();
                    return methods.isEmpty()
                            ? Stream.of("ANY " + path)
                            : methods.stream().map(method -> method + " " + path);
                }))
                .filter(route -> !route.startsWith("GET ") && !route.startsWith("HEAD "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Order(1)
    void everyRouteThatIsNoGetIsTriedHereOrExcused() {
        var known = new TreeSet<>(examples.keySet());
        known.addAll(EXCUSED.keySet());
        assertThat(changingRoutes()).hasSizeGreaterThan(50).isEqualTo(known);
        assertThat(examples.keySet()).doesNotContainAnyElementsOf(EXCUSED.keySet());
        assertThat(EXCUSED.values()).noneMatch(String::isBlank);
    }

    @Test
    @Order(2)
    void eachThatSucceedsLeavesAnEntryOfWhoDidWhatFromWhere() {
        var wrong = new ArrayList<String>();
        examples.forEach((route, example) -> {
            var correlation = "try-" + UUID.randomUUID();
            var answer = example.taken().apply(administrator.with("X-Correlation-Id", correlation));
            var entries = administrator
                    .get("/api/v1/audit?correlation=" + correlation)
                    .json()
                    .path("items");
            if (answer.status() / 100 != 2) {
                wrong.add(route + " is not taken: " + answer.status() + " " + answer.body());
            } else if (entries.valueStream().noneMatch(it -> isRight(it, example))) {
                wrong.add(route + " leaves " + entries);
            } else if (!answer.header("X-Correlation-Id").equals(correlation)) {
                wrong.add(route + " is not told of the correlation");
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static boolean isRight(JsonNode entry, Example example) {
        return entry.path("action").asString().equals(example.action())
                && entry.at("/actor/kind").asString().equals(example.actorKind())
                && entry.at("/actor/id").asString().length() == 36
                && !entry.at("/object/id").asString().isEmpty()
                && entry.path("address").asString().matches("127\\.0\\.0\\.1|0:0:0:0:0:0:0:1")
                && Duration.between(Instant.parse(entry.path("at").asString()), Instant.now())
                                .compareTo(Duration.ofMinutes(5))
                        < 0;
    }

    /** After each route was taken, with names, addresses, numbers, passwords and tokens in what was sent. */
    @Test
    @Order(3)
    void nothingPersonalAndNoSecretIsInAnyEntry() {
        var rows = jdbc.sql("select entries::text from audit.entries")
                .query(String.class)
                .list();
        assertThat(rows).hasSizeGreaterThan(60);
        var all = String.join("\n", rows);
        var table = administrator.with("Accept", "text/csv").get("/api/v1/audit");
        assertThat(table.status()).isEqualTo(200);
        assertThat(table.body().lines()).hasSizeGreaterThan(60);
        assertThat(secrets).hasSizeGreaterThan(30).allSatisfy(secret -> {
            assertThat(secret).isNotBlank();
            assertThat(all).doesNotContainIgnoringCase(secret);
            assertThat(table.body()).doesNotContainIgnoringCase(secret);
        });
        assertThat(all).as("masked, and there").contains("***");
    }
}
