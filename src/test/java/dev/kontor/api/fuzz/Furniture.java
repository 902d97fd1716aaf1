package dev.kontor.api.fuzz;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.SettableClock;
import dev.kontor.access.Person;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.plans.Holding;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is to be found at addresses with something to fill in: some of each, so that the next request finds what the last one
 * took away. What is found at the same place of two lists belongs together.
 *
 * @param ids by the part of the address that stands before them, or where one address needs others, by it and the variable
 */
record Furniture(Map<String, List<String>> ids) {

    private static final int EACH = 6;
    private static final String SESSION = "/api/v1/users/{id}/sessions/{session}";
    private static final String FACTOR = "/api/v1/users/{id}/second-factor";
    private static final String WEBHOOKS = "/api/v1/webhook-endpoints";
    private static final String WEBHOOK = WEBHOOKS + "/{id}/deliveries/{delivery}";
    private static final String ERASURE = "/api/v1/buyers/{id}/erasure";

    /** What stands in a path of this shape for a variable. */
    List<String> of(String path, String variable) {
        var before = path.substring(0, path.indexOf("/{" + variable + "}"));
        var usual = ids.getOrDefault(before.substring(before.lastIndexOf('/') + 1), List.of());
        return ids.getOrDefault(path + "#" + variable, usual);
    }

    /** What a field of this name may hold. */
    List<String> of(String field) {
        return ids.getOrDefault(field.equals("marketplace") ? "v1" : field + "s", List.of());
    }

    /** A marketplace without loops of its own, and what tests fill Kontor with. */
    @TestConfiguration(proxyBeanMethods = false)
    @Import({Stockroom.class, Offers.class})
    static class Deliverer {

        @Bean
        TestMarketplace testMarketplace() {
            return new TestMarketplace(SettableClock.running());
        }

        @Bean
        @Primary
        Marketplaces testMarketplaces(TestMarketplace marketplace) {
            return Marketplaces.of(marketplace);
        }

        @Bean
        Delivery delivery(
                TestMarketplace marketplace,
                Accounts accounts,
                Archive archive,
                Stockroom stockroom,
                Offers offers,
                Holding holding,
                TransactionTemplate transaction,
                JdbcClient jdbc) {
            return new Delivery(marketplace, accounts, archive, stockroom, offers, holding, transaction, jdbc);
        }
    }

    /** Brings it. */
    record Delivery(
            TestMarketplace marketplace,
            Accounts accounts,
            Archive archive,
            Stockroom stockroom,
            Offers offers,
            Holding holding,
            TransactionTemplate transaction,
            JdbcClient jdbc) {

        Furniture to(HttpCaller administrator) {
            Map<String, List<String>> ids = new HashMap<>();
            ids.put("v1", List.of("fake"));
            people(administrator, ids);
            shops(administrator, ids);
            alerts(administrator, ids);
            webhooks(administrator, ids);
            chats(administrator, ids);
            addresses(administrator, ids);
            return new Furniture(ids);
        }

        private void people(HttpCaller administrator, Map<String, List<String>> ids) {
            for (int number = 0; number < EACH; number++) {
                put(
                        ids,
                        "users",
                        id(Person.invited(administrator, "Somebody", "VIEWER").loggedIn()));
                var watched =
                        Person.invited(administrator, "Somebody", "VIEWER").loggedIn();
                put(ids, SESSION + "#id", id(watched));
                put(
                        ids,
                        SESSION + "#session",
                        watched.get("/api/v1/auth/sessions").json().at("/0/id"));
                put(ids, FACTOR + "#id", id(withSecondFactor(administrator)));
                put(
                        ids,
                        "api-keys",
                        administrator
                                .post("/api/v1/api-keys", Map.of("name", "key", "scopes", List.of("orders:read")))
                                .text("id"));
                HttpCaller.nobody(administrator.port()).login("administrator", "only-for-this-test");
            }
            administrator
                    .get("/api/v1/auth/sessions")
                    .json()
                    .valueStream()
                    .filter(session -> !session.path("present").asBoolean())
                    .forEach(session -> put(ids, "sessions", session.path("id")));
            put(
                    ids,
                    "keys",
                    administrator.get("/api/v1/key-sets/credentials").json().at("/keys/0/id"));
            put(
                    ids,
                    "trees",
                    administrator.get("/api/v1/key-sets/buyers").json().at("/trees/0/number"));
        }

        private static HttpCaller withSecondFactor(HttpCaller administrator) {
            var person = Person.invited(administrator, "Somebody", "VIEWER").loggedIn();
            var secret = person.post("/api/v1/auth/second-factor", Map.of("password", Person.PASSWORD))
                    .text("secret");
            var confirmed = person.post(
                    "/api/v1/auth/second-factor/confirmation", Map.of("code", Person.code(secret, Instant.now())));
            assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
            return person;
        }

        private static String id(HttpCaller person) {
            return person.get("/api/v1/auth/me").text("id");
        }

        private void shops(HttpCaller administrator, Map<String, List<String>> ids) {
            for (int number = 0; number < EACH; number++) {
                marketplace.open();
                var connected = administrator.post(
                        "/api/v1/accounts",
                        Map.of(
                                "name",
                                "Shop " + number,
                                "marketplace",
                                "fake",
                                "ownerId",
                                UUID.randomUUID(),
                                "credentials",
                                Map.of("apiKey", "key-1", "siteId", "site-1")));
                assertThat(connected.status()).as(connected.body()).isEqualTo(201);
                var account = new AccountId(UUID.fromString(connected.text("id")));
                put(ids, "accounts", account.toString());
                orders(account, ids);
                var erased = buyerOf(order(account, "erased"));
                assertThat(administrator.delete("/api/v1/buyers/" + erased).status() / 100)
                        .isEqualTo(2);
                put(ids, ERASURE + "#id", erased);
                goods(administrator, account, ids);
            }
        }

        /** To addresses where nobody is. */
        private static void webhooks(HttpCaller administrator, Map<String, List<String>> ids) {
            for (int number = 0; number < EACH; number++) {
                put(ids, "webhook-endpoints", webhook(administrator));
                var pinged = webhook(administrator);
                put(ids, WEBHOOK + "#id", pinged);
                administrator.send("POST", WEBHOOKS + "/" + pinged + "/ping", null);
                put(
                        ids,
                        WEBHOOK + "#delivery",
                        administrator
                                .get(WEBHOOKS + "/" + pinged + "/deliveries")
                                .json()
                                .at("/items/0/id"));
            }
        }

        private static String webhook(HttpCaller administrator) {
            var url = "https://192.0.43.8/" + UUID.randomUUID();
            return administrator
                    .post(WEBHOOKS, Map.of("url", url, "kinds", List.of("plan.opened")))
                    .text("id");
        }

        /** Of what was oversold. */
        private static void alerts(HttpCaller administrator, Map<String, List<String>> ids) {
            var raised = await().until(
                            () -> administrator
                                    .get("/api/v1/alerts?kind=OVERSELL&state=OPEN")
                                    .json()
                                    .path("items"),
                            alerts -> alerts.size() >= EACH);
            raised.forEach(alert -> put(ids, "alerts", alert.path("id")));
        }

        private void chats(HttpCaller administrator, Map<String, List<String>> ids) {
            var me = UUID.fromString(administrator.get("/api/v1/auth/me").text("id"));
            for (int number = 0; number < EACH; number++) {
                var chat = UUID.randomUUID();
                jdbc.sql("""
                                insert into notifications.telegram_chats (id, chat, user_id, telegram_user, many, language, paired_at)
                                values (?, ?, ?, 1, false, 'en', now())""").params(chat, number, me).update();
                put(ids, "chats", chat.toString());
            }
        }

        private void addresses(HttpCaller administrator, Map<String, List<String>> ids) {
            var me = UUID.fromString(administrator.get("/api/v1/auth/me").text("id"));
            for (int number = 0; number < EACH; number++) {
                var id = UUID.randomUUID();
                jdbc.sql("""
                                insert into notifications.mail_subscriptions (id, user_id, address, token, language, zone,
                                  verified_at, created_at)
                                values (?, ?, ?, ?, 'en', 'UTC', now(), now())""")
                        .params(id, me, id + "@shop.example", "token-" + id)
                        .update();
                put(ids, "subscriptions", id.toString());
            }
            put(ids, "unsubscriptions", "a-token");
        }

        private void orders(AccountId account, Map<String, List<String>> ids) {
            var order = order(account, "kept");
            put(ids, "orders", order);
            put(ids, "buyers", buyerOf(order));
            var day = LocalDate.now(ZoneOffset.UTC).minusDays(2);
            put(ids, "certificates", day.toString());
            jdbc.sql("""
                            insert into orders.certificates values (?, ?, now(), true, 'WHOLE', 1, 1, 0, 0, 0, 0, 'x')""").params(account.value(), day).update();
            jdbc.sql("""
                            insert into orders.backfills (account, state, from_at, to_at, reached_at, read, active_millis,
                              started_at, version)
                            values (?, 'RUNNING', now() - interval '1 day', now(), now(), 0, 0, now(), 1)
                            on conflict do nothing""").param(account.value()).update();
            var record = UUID.randomUUID();
            put(ids, "quarantine", record.toString());
            jdbc.sql("""
                            insert into orders.quarantine (id, account, kind, external_id, fingerprint, reason, source,
                              first_seen_at, last_tried_at, tries)
                            values (?, ?, 'ORDER', 'x-1', sha256('x'), 'unreadable', 'FEED', now(), now(), 3)""").params(record, account.value()).update();
            var delivery = UUID.randomUUID();
            put(ids, "hooks", delivery.toString());
            jdbc.sql("""
                            insert into accounts.deliveries (id, account_id, hint, subject, type, about, occurred_at,
                              received_at, state, attempts)
                            values (?, ?, 'told', 'ORDER', 'PLACED', 'x-1', now(), now(), 'FAILED', 9)""").params(delivery, account.value()).update();
        }

        private String order(AccountId account, String name) {
            var view = accounts.find(account).orElseThrow();
            var id = name + "-" + account;
            var buyer = new FakeBuyer("b-" + id, "Zofia Fuzz", id + "@example.org", "+48 601 555 888", "zofia-" + id);
            var order = FakeOrder.anOrder(id, Instant.now()).withBuyer(buyer);
            transaction.executeWithoutResult(
                    _ -> archive.store(view, List.of(order.read(Instant.now())), Source.BACKFILL));
            return one("select id from orders.orders where external_id = ?", id);
        }

        private String buyerOf(String order) {
            return one("select buyer from orders.orders where id = ?::uuid", order);
        }

        private void goods(HttpCaller administrator, AccountId account, Map<String, List<String>> ids) {
            var item = stockroom.anItemWith(5);
            put(ids, "items", item.sku());
            put(ids, "listings", offers.selling(account, item).value().toString());
            put(
                    ids,
                    "warehouses",
                    administrator
                            .post("/api/v1/warehouses", Map.of("name", "Attic " + account))
                            .text("id"));
            var sold = stockroom.anItemWith(1);
            stockroom.post(UUID.randomUUID().toString(), sold, MovementKind.RESERVATION, new Change.By(0, 3));
            put(
                    ids,
                    "oversells",
                    administrator
                            .get("/api/v1/oversells?item=" + sold.sku())
                            .json()
                            .at("/items/0/id"));
            var proposal = UUID.randomUUID();
            put(ids, "listing-proposals", proposal.toString());
            var unlinked = offers.selling(account, stockroom.anItem()).value();
            jdbc.sql("update inventory.listings set item = null, units = null, linked_by = null where id = ?")
                    .param(unlinked)
                    .update();
            jdbc.sql("""
                            insert into inventory.listing_proposals (id, listing, item, evidence, state, proposed_at)
                            values (?, ?, ?, 'the same name', 'OPEN', now())""").params(proposal, unlinked, item.id().value()).update();
            var emptied = IntStream.range(0, 25)
                    .mapToObj(_ -> offers.selling(account, stockroom.anItem()))
                    .map(listing -> new Holding.Change(listing, account, 3, 0, null, false, null))
                    .toList();
            var held = transaction.execute(_ -> holding.examine(emptied));
            put(ids, "plans", List.copyOf(held.values()).getFirst().toString());
        }

        private String one(String sql, String id) {
            return jdbc.sql(sql).param(id).query(UUID.class).single().toString();
        }

        private static void put(Map<String, List<String>> ids, String name, JsonNode id) {
            assertThat(id.isMissingNode()).as(name).isFalse();
            put(ids, name, id.asString());
        }

        private static void put(Map<String, List<String>> ids, String name, String id) {
            assertThat(id).as(name).isNotBlank();
            ids.computeIfAbsent(name, _ -> new ArrayList<>()).add(id);
        }
    }
}
