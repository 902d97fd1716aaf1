package dev.kontor.notifications.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import com.standardwebhooks.Webhook;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.access.Person;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.notifications.webhooks.MessageType;
import dev.kontor.notifications.webhooks.Receiver;
import dev.kontor.notifications.webhooks.Receiver.Received;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Endpoints over HTTP, and a receiver that is told what truly happens. */
@InventoryTest
@TestPropertySource(properties = "kontor.notifications.webhooks.permitted=http://localhost")
class WebhookApiTests {

    private static final String ENDPOINTS = "/api/v1/webhook-endpoints";

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

    @Autowired
    JdbcClient jdbc;

    private final List<String> created = new ArrayList<>();
    private HttpCaller administrator;
    private Receiver receiver;

    @BeforeAll
    void logIn() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @BeforeEach
    void open() {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
        created.forEach(administrator::delete);
        created.clear();
    }

    private Answer create(String url, Object... kinds) {
        var answer = administrator.post(ENDPOINTS, Map.of("url", url, "description", "A test", "kinds", kinds));
        if (answer.status() == 201) {
            created.add(path(answer));
        }
        return answer;
    }

    private static String path(Answer created) {
        return ENDPOINTS + "/" + created.text("id");
    }

    private String anAddress() {
        return "https://192.0.43.8/" + UUID.randomUUID();
    }

    @Test
    void theSecretIsShownOnceAndTheRestAsOftenAsAnybodyAsks() {
        var url = anAddress();
        var made = create(url, "order.updated", "order.placed", "order.placed");

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.text("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(made.header("Location")).endsWith(path(made));
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        var shown = administrator.get(path(made));
        assertThat(shown.body()).doesNotContain("whsec_", made.text("secret").substring(6));
        assertThat(shown.text("url")).isEqualTo(url);
        assertThat(shown.json().path("kinds").toString()).isEqualTo("[\"order.placed\",\"order.updated\"]");
        assertThat(shown.json().path("enabled").asBoolean()).isTrue();
        assertThat(shown.json().path("secrets").size()).isEqualTo(1);
        assertThat(administrator.get(ENDPOINTS).body()).contains(url).doesNotContain("whsec_");

        var again = create(url, "order.gone");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("type")).isEqualTo("urn:kontor:problem:webhook-endpoint-exists");
    }

    @Test
    void changesNeedTheVersionThatWasSeen() {
        var made = create(anAddress(), "stock.changed");
        var path = path(made);
        assertThat(administrator.send("PATCH", path, "{\"enabled\": false}").status())
                .isEqualTo(428);
        var seen = administrator.with("If-Match", "\"1\"");
        var changed = seen.send("PATCH", path, "{\"enabled\": false, \"kinds\": [\"alert.raised\"]}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.text("disabledReason")).isEqualTo("PERSON");
        assertThat(changed.json().path("kinds").toString()).isEqualTo("[\"alert.raised\"]");
        assertThat(seen.send("PATCH", path, "{\"enabled\": true}").status()).isEqualTo(412);

        var refused = administrator.send("POST", path + "/ping", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("type")).isEqualTo("urn:kontor:problem:webhook-endpoint-disabled");
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        assertThat(administrator.get(path).status()).isEqualTo(404);
        assertThat(administrator.delete(path).status()).isEqualTo(404);
    }

    @Test
    void threeSecretsSignAtOnceAtMost() {
        var path = path(create(anAddress(), "stock.changed"));
        for (int count = 2; count <= 3; count++) {
            var rotated = administrator.send("POST", path + "/rotate", null);
            assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
            assertThat(rotated.json().path("secrets").size()).isEqualTo(count);
        }
        assertThat(administrator.send("POST", path + "/rotate", null).text("type"))
                .isEqualTo("urn:kontor:problem:webhook-secrets-overlap");
        var alone = administrator.post(path + "/rotate", Map.of("overlapHours", 0));
        assertThat(alone.json().path("secrets").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/hook",
                "https://10.0.0.1/hook",
                "https://127.0.0.1/hook",
                "http://127.0.0.1/hook",
                "https://169.254.169.254/latest",
                "https://me@shop.example/",
                "https://shop.example/#part",
                "ftp://shop.example/",
                "https:///hook",
                "no address at all",
                "/hook",
                "   "
            })
    void refusesAddressesThatNobodyMayCall(String url) {
        var refused = create(url, "stock.changed");
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("url");
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        for (var kinds : List.of(new Object[] {}, new Object[] {"webhook.ping"}, new Object[] {"nonsense"})) {
            var refused = create(anAddress(), kinds);
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/field").asString()).startsWith("kinds");
        }
        var path = path(create(anAddress(), "stock.changed"));
        for (var since : List.of("2999-01-01T00:00:00Z", "yesterday", "")) {
            var refused = administrator.post(path + "/replay", Map.of("since", since));
            assertThat(refused.status()).as(since).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("since");
        }
        assertThat(administrator
                        .post(path + "/rotate", Map.of("overlapHours", 999))
                        .status())
                .isEqualTo(400);
        assertThat(administrator.get(path + "/deliveries?state=NONSENSE").status())
                .isEqualTo(400);
        assertThat(administrator.get(path + "/deliveries/1").status()).isEqualTo(404);
        assertThat(administrator
                        .get(ENDPOINTS + "/" + UUID.randomUUID() + "/deliveries")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aReceiverHearsWhatHappensAndVerifiesIt() throws Exception {
        var made = create(receiver.url("/hook"), "stock.changed");
        var path = path(made);
        var begun = Instant.now().minusSeconds(5);
        var ping = administrator.send("POST", path + "/ping", null);
        assertThat(ping.status()).isEqualTo(202);
        var mug = stockroom.anItemWith(7);
        await().untilAsserted(() -> assertThat(receiver.taken().stream().map(Received::body))
                .anyMatch(it -> it.contains("webhook.ping"))
                .anyMatch(it -> it.contains(mug.id().toString())));
        for (var came : receiver.taken()) {
            new Webhook(made.text("secret")).verify(came.body(), came.headers());
        }

        var delivered = path + "/deliveries?state=DELIVERED";
        await().untilAsserted(() -> assertThat(administrator
                        .get(delivered)
                        .json()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("message").asString()))
                .contains(ping.text("message")));
        var log = administrator.get(delivered).json();
        var one = administrator
                .get(path + "/deliveries/" + log.at("/items/0/id").asLong())
                .json();
        assertThat(one.at("/log/0/status").asInt()).isEqualTo(204);
        assertThat(one.at("/log/0/result").asString()).isEqualTo("TAKEN");

        int before = receiver.taken().size();
        var replayed = administrator.post(path + "/replay", Map.of("since", begun.toString()));
        assertThat(replayed.status()).as(replayed.body()).isEqualTo(202);
        int messages = replayed.json().path("messages").asInt();
        assertThat(messages).isPositive();
        await().untilAsserted(() -> assertThat(receiver.taken()).hasSizeGreaterThanOrEqualTo(before + messages));
    }

    private void store(AccountView shop, FakeOrder order) {
        transaction.executeWithoutResult(_ -> archive.store(shop, List.of(order.read(Instant.now())), Source.BACKFILL));
    }

    private Received message(String type, String orderId) {
        return receiver.taken().stream()
                .filter(it -> it.type().equals(type))
                .filter(it -> it.json().at("/data/externalId").asString().equals(orderId))
                .reduce((_, last) -> last)
                .orElse(null);
    }

    @Test
    void buyersDataAreToldToWhomThatWasGrantedAndKeptNowhere() throws Exception {
        var buyer = new FakeBuyer(
                "b-hook", "Zdzislawa Hookowska", "z.hookowska@example.org", "+48 601 555 999", "zhook_login");
        var made = create(receiver.url("/granted"), "order.placed", "order.updated", "order.gone");
        var path = path(made);
        assertThat(made.json().path("personalData").asBoolean()).isFalse();
        var shop = shops.open(new FakeMarketplace());
        store(shop, FakeOrder.anOrder("ungranted", Instant.now()).withBuyer(buyer));
        await().until(() -> message("order.placed", "ungranted") != null);
        assertThat(message("order.placed", "ungranted").body()).doesNotContain("buyer", "Hookowska");

        var manager = Person.invited(administrator, "Boris", "MANAGER").loggedIn();
        assertThat(manager.with("If-Match", "*")
                        .send("PATCH", path, "{\"personalData\": true}")
                        .status())
                .isEqualTo(403);
        var granted = administrator
                .with("If-Match", "*")
                .with("X-Correlation-Id", "the-grant")
                .send("PATCH", path, "{\"personalData\": true}");
        assertThat(granted.json().path("personalData").asBoolean())
                .as(granted.body())
                .isTrue();
        assertThat(administrator
                        .get("/api/v1/audit?correlation=the-grant")
                        .json()
                        .at("/items/0/after/personalData")
                        .asBoolean())
                .isTrue();
        store(shop, FakeOrder.anOrder("granted", Instant.now()).withBuyer(buyer));
        await().until(() -> message("order.placed", "granted") != null);
        var told = message("order.placed", "granted");
        assertThat(told.json().at("/data/buyer").valueStream().map(JsonNode::asString))
                .contains("Zdzislawa Hookowska", "z.hookowska@example.org");
        assertThat(told.body()).isNotEmpty();
        new Webhook(made.text("secret")).verify(told.body(), told.headers());
        var order = told.json().at("/data/order").asString();
        var reading =
                administrator.get("/api/v1/audit?objectId=" + order).json().at("/items/0");
        assertThat(reading.path("action").asString()).isEqualTo("personal-data.read");
        assertThat(reading.at("/after/reader").asString()).isEqualTo(made.text("id"));
        for (var table : List.of("notifications.webhook_messages", "notifications.webhook_attempts", "audit.entries")) {
            assertThat(jdbc.sql("select count(*) from " + table + " t where t::text like '%ookowska%'")
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }

        var id = administrator.get("/api/v1/orders/" + order).text("buyer");
        assertThat(administrator.delete("/api/v1/buyers/" + id).status()).isEqualTo(200);
        int before = receiver.taken().size();
        administrator.post(
                path + "/replay",
                Map.of("since", Instant.now().minusSeconds(600).toString()));
        await().until(() -> receiver.taken().size() > before && message("order.placed", "granted") != told);
        assertThat(message("order.placed", "granted").body()).as("erased").doesNotContain("buyer", "Hookowska");

        var moved = administrator
                .with("If-Match", "*")
                .send("PATCH", path, "{\"url\": \"" + receiver.url("/elsewhere") + "\"}");
        assertThat(moved.json().path("personalData").asBoolean())
                .as("another address has to be granted it anew")
                .isFalse();
    }

    @Test
    void theDescriptionOfTheInterfaceTellsWhatIsSent() {
        var document = administrator.get("/v3/api-docs").json();
        assertThat(document.path("webhooks").propertyNames())
                .containsExactlyInAnyOrderElementsOf(List.of(MessageType.values()).stream()
                        .map(MessageType::text)
                        .toList());
        var order = document.at("/webhooks/order.updated/post");
        assertThat(order.path("parameters").size()).isEqualTo(3);
        var envelope = order.at("/requestBody/content/application~1json/schema");
        assertThat(envelope.at("/properties/type/enum/0").asString()).isEqualTo("order.updated");
        assertThat(envelope.at("/properties/schemaVersion/enum/0").asInt()).isEqualTo(1);
        assertThat(envelope.at("/properties/data/$ref").asString()).isEqualTo("#/components/schemas/WebhookOrder");
        assertThat(order.at("/requestBody/content/application~1json/example/data/order")
                        .asString())
                .hasSize(36);
        assertThat(document.at("/components/schemas/WebhookOrder/properties").propertyNames())
                .contains("order", "account", "version", "buyer");
    }
}
