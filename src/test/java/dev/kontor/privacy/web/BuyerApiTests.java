package dev.kontor.privacy.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;
import dev.kontor.orders.quarantine.Quarantine;

import static org.assertj.core.api.Assertions.assertThat;

/** What a buyer may ask of a seller: everything about him, and that it is erased. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@Import(Shops.class)
class BuyerApiTests {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final FakeBuyer ZOFIA =
            new FakeBuyer("b-z", "Zofia Wichura", "zofia.w@example.com", "+48511522533", "zofia_w");

    @LocalServerPort
    int port;

    @Autowired
    Archive archive;

    @Autowired
    Quarantine quarantine;

    @Autowired
    Shops shops;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    /** Which part of the export tells what a table has of a buyer. */
    private static final Map<String, String> TOLD = Map.ofEntries(
            Map.entry("privacy.buyers", "buyer"),
            Map.entry("privacy.deposits", "personalData"),
            Map.entry("orders.orders", "orders"),
            Map.entry("orders.lines", "orders"),
            Map.entry("orders.revisions", "formerVersions"),
            Map.entry("orders.order_events", "history"),
            Map.entry("orders.first_signs", "firstSigns"),
            Map.entry("orders.quarantine", "quarantine"),
            Map.entry("orders.words", "searchWords"),
            Map.entry("inventory.claims", "stockClaims"));

    /** Tables that name an order or a line of it and say nothing of the buyer that the parts above do not. */
    private static final Set<String> OF_THE_SELLERS_STOCK_AND_WORK = Set.of(
            "accounts.deliveries",
            "audit.entries",
            "inventory.modes",
            "inventory.movements",
            "inventory.oversells",
            "inventory.sold_lines",
            "inventory.told_orders",
            "inventory.unmatched_lines",
            "marketplaces.exchange_log",
            "privacy.erasures",
            "public.event_publication",
            "public.scheduled_tasks");

    private static final Set<String> OF_NO_BUYER = Set.of(
            "access.api_key_reminders",
            "access.api_key_secrets",
            "access.api_keys",
            "access.failures",
            "access.known_places",
            "access.password_links",
            "access.recovery_codes",
            "access.refresh_tokens",
            "access.second_factors",
            "access.sessions",
            "access.signing_keys",
            "access.users",
            "audit.links",
            "accounts.accounts",
            "accounts.application_secrets",
            "accounts.authorizations",
            "accounts.credentials",
            "accounts.leases",
            "accounts.rotation_reminders",
            "inventory.activations",
            "inventory.bundle_parts",
            "inventory.changed_items",
            "inventory.decisions",
            "inventory.forgotten_sales",
            "inventory.fulfilled_stock",
            "inventory.hinted_listings",
            "inventory.items",
            "inventory.listing_contents",
            "inventory.listing_intervals",
            "inventory.listing_proposals",
            "inventory.listing_readings",
            "inventory.listing_rounds",
            "inventory.listings",
            "inventory.plan_listings",
            "inventory.plans",
            "inventory.policies",
            "inventory.positions",
            "inventory.publications",
            "inventory.sightings",
            "inventory.statements",
            "inventory.takeovers",
            "inventory.unreadable_listings",
            "inventory.warehouses",
            "inventory.writes",
            "inventory.zeroings",
            "marketplaces.drift",
            "marketplaces.instances",
            "marketplaces.tokens",
            "notifications.activations",
            "notifications.alert_history",
            "notifications.alert_settings",
            "notifications.alerts",
            "notifications.loop_runs",
            "notifications.mail_codes",
            "notifications.mail_outbox",
            "notifications.mail_subscriptions",
            "notifications.occurrences",
            "notifications.telegram_buttons",
            "notifications.telegram_bundles",
            "notifications.telegram_cards",
            "notifications.telegram_chats",
            "notifications.telegram_choices",
            "notifications.telegram_connecting",
            "notifications.telegram_news",
            "notifications.telegram_outbox",
            "notifications.telegram_pairings",
            "notifications.telegram_polling",
            "notifications.telegram_strangers",
            "notifications.telegram_updates",
            "notifications.webhook_attempts",
            "notifications.webhook_deliveries",
            "notifications.webhook_endpoints",
            "notifications.webhook_messages",
            "notifications.webhook_secrets",
            "notifications.webhook_subjects",
            "notifications.watch",
            "operations.order_hours",
            "operations.silences",
            "operations.sync_runs",
            "orders.backfills",
            "orders.certificate_rounds",
            "orders.certificates",
            "orders.feeds",
            "orders.loop_intervals",
            "orders.loop_wishes",
            "privacy.accounts",
            "privacy.key_checks");

    private HttpCaller administrator;
    private AccountView account;

    @BeforeEach
    void aShopWithOneBuyer() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        account = shops.open(new FakeMarketplace());
        store(FakeOrder.anOrder("z-1", NOON).withBuyer(ZOFIA));
        store(FakeOrder.anOrder("z-2", NOON).withBuyer(ZOFIA));
        store(FakeOrder.anOrder("other", NOON));
        store(FakeOrder.anOrder("z-1", NOON)
                .withStatus("SHIPPED")
                .withBuyer(new FakeBuyer("b-z", "Zofia Wichura", "neu@example.org", "+48599000111", "zofia_w")));
        transaction.executeWithoutResult(_ -> quarantine.take(
                account.id(),
                List.of(new UnreadableRecord("order", "z-3", "no amount", "{\"for\": \"Zofia W., Łódź\"}", "b-z")),
                Source.FEED));
    }

    private void store(FakeOrder order) {
        transaction.executeWithoutResult(
                _ -> archive.store(account, List.of(order.read(Instant.now())), Source.BACKFILL));
    }

    private String buyer() {
        return jdbc.sql("select buyer from orders.orders where account = ? and external_id = 'z-1'")
                .param(account.id().value())
                .query(UUID.class)
                .single()
                .toString();
    }

    private HttpCaller program(String... scopes) {
        var key = administrator.post("/api/v1/api-keys", Map.of("name", "program", "scopes", scopes));
        return HttpCaller.nobody(port).withKey(key.text("key"));
    }

    @Test
    void tellsABuyerEverythingInTheClearAndNothingOfOthers() {
        var answer = administrator.get("/api/v1/buyers/" + buyer() + "/export");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Content-Disposition")).startsWith("attachment");
        var file = answer.json();
        assertThat(file.at("/orders")
                        .valueStream()
                        .map(it -> it.at("/order/externalId").asString()))
                .containsExactlyInAnyOrder("z-1", "z-2");
        assertThat(file.at("/orders")
                        .valueStream()
                        .map(it -> it.at("/document/buyer/email").asString()))
                .containsExactlyInAnyOrder("neu@example.org", "zofia.w@example.com");
        assertThat(file.at("/formerVersions/0/document/buyer/phone").asString())
                .as("as it was before it changed")
                .isEqualTo("+48511522533");
        assertThat(file.at("/quarantine/0/externalId").asString()).isEqualTo("z-3");
        assertThat(file.at("/personalData").toString()).contains("Zofia W., Łódź", "+48599000111", "+48511522533");
        assertThat(file.at("/personalData")).hasSize(4);
        assertThat(file.at("/history").toString()).contains("ARCHIVED", "CHANGED");
        assertThat(file.at("/searchWords").asInt()).isPositive();
        assertThat(answer.body()).doesNotContain("anna");
    }

    /** A new table makes it fail, until somebody has said what it has of a buyer. */
    @Test
    void theExportHasAPartForEveryTableThatTellsOfABuyer() {
        var tables = jdbc.sql("""
                        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.relkind in ('r', 'p') and not c.relispartition
                          and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
                          and c.relname not like 'flyway%'""").query(String.class).list();
        var known = new TreeSet<>(TOLD.keySet());
        known.addAll(OF_THE_SELLERS_STOCK_AND_WORK);
        known.addAll(OF_NO_BUYER);
        assertThat(new TreeSet<>(tables)).isEqualTo(known);

        var export = administrator.get("/api/v1/buyers/" + buyer() + "/export").json();
        assertThat(export.propertyNames()).containsAll(TOLD.values());
        var order = jdbc.sql("select id from orders.orders where account = ? and external_id = 'z-1'")
                .param(account.id().value())
                .query(UUID.class)
                .single()
                .toString();
        for (var table : tables) {
            for (var sign : List.of(buyer(), order)) {
                var rows = jdbc.sql("select count(*) from " + table + " t where t::text like ?")
                        .param("%" + sign + "%")
                        .query(Integer.class)
                        .single();
                assertThat(rows == 0 || !OF_NO_BUYER.contains(table))
                        .as("%s tells of %s", table, sign)
                        .isTrue();
            }
        }
    }

    @Test
    void givesTheExportToNobodyWhoMayNotReadPersonalData() {
        var path = "/api/v1/buyers/" + buyer() + "/export";
        for (var caller : List.of(program("privacy:read"), program("orders:read", "personal-data:read"))) {
            var answer = caller.get(path);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("Zofia");
        }
        assertThat(program("privacy:read", "personal-data:read").get(path).status())
                .isEqualTo(200);
        assertThat(administrator
                        .get("/api/v1/buyers/" + UUID.randomUUID() + "/export")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void provesAnErasureWithTheSameProofHoweverOftenItIsAskedFor() {
        var path = "/api/v1/buyers/" + buyer();
        assertThat(administrator.get(path + "/erasure").status()).isEqualTo(404);
        var words =
                administrator.get(path + "/export").json().at("/searchWords").asInt();
        var program = program("privacy:write");

        var answer = program.delete(path);

        assertThat(answer.status()).isEqualTo(200);
        var proof = answer.json().path("proof");
        assertThat(proof.path("cause").asString()).isEqualTo("REQUEST");
        assertThat(proof.path("askedBy").asString())
                .isEqualTo(jdbc.sql("select id from access.api_keys order by created_at desc limit 1")
                        .query(UUID.class)
                        .single()
                        .toString());
        assertThat(proof.path("documents").asInt()).isEqualTo(3);
        assertThat(proof.path("deposits").asInt()).isEqualTo(4);
        assertThat(proof.path("words").asInt()).isEqualTo(words);
        assertThat(proof.path("keyGeneration").asInt()).isPositive();
        assertThat(proof.has("completedAt")).isTrue();
        assertThat(answer.json().at("/check/keyDestroyed").asBoolean()).isTrue();
        assertThat(answer.json().at("/check/depositsLeft").asInt()).isZero();
        assertThat(answer.json().at("/check/wordsLeft").asInt()).isZero();
        assertThat(answer.json().at("/check/documentsClosed").asInt()).isEqualTo(3);
        assertThat(administrator.delete(path).json().path("proof")).isEqualTo(proof);
        assertThat(administrator.get(path + "/erasure").json().path("proof")).isEqualTo(proof);
        assertThat(administrator.delete("/api/v1/buyers/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsToldOfAnErasedBuyerLaterDoesNotBringHimBack() {
        var path = "/api/v1/buyers/" + buyer();
        administrator.delete(path);

        store(FakeOrder.anOrder("z-1", NOON).withStatus("CANCELLED").withBuyer(ZOFIA));
        transaction.executeWithoutResult(_ -> quarantine.take(
                account.id(),
                List.of(new UnreadableRecord("order", "z-1", "no amount", "{\"for\": \"Zofia W., Łódź\"}", "b-z")),
                Source.FEED));

        var export = administrator.get(path + "/export");
        assertThat(export.body()).doesNotContain("Zofia", "Łódź", "48511522533", "example.com", "zofia_w");
        assertThat(export.json()
                        .at("/orders")
                        .valueStream()
                        .map(it -> it.at("/order/status").asString()))
                .as("the order itself stays and goes on")
                .contains("CANCELLED");
        assertThat(export.json().at("/personalData")).isEmpty();
        var check = administrator.get(path + "/erasure").json().path("check");
        assertThat(check.path("depositsLeft").asInt() + check.path("wordsLeft").asInt())
                .isZero();
        assertThat(administrator
                        .get("/api/v1/orders?q=wichura&account=" + account.id())
                        .json()
                        .path("items"))
                .isEmpty();
    }
}
