package dev.kontor.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;
import dev.kontor.TestDatabase;
import dev.kontor.accounts.AccountId;
import dev.kontor.orders.loops.LoopSchedule;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.wix.TrueSale;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** A shop at Wix that tells Kontor of its sales, or fails to. */
class WixHookStoryTests {

    private final Sandbox sandbox = SandboxInitializer.start(
            "orders=1",
            "wix.orders=40",
            "wix.live-orders-per-minute=0",
            "live-pace=100000",
            "limits=off"); // what the shop's past costs is not to be measured
    private final Map<String, String> entries = sandbox.wix().entries();
    private ConfigurableApplicationContext kontor;
    private HttpCaller manager;
    private UUID account;

    @TempDir
    java.nio.file.Path directory;

    @BeforeEach
    void connectTheShop() {
        kontor = Kontors.start(
                sandbox.baseUrl(),
                TestDatabase.create(),
                "kontor.data=" + directory,
                "kontor.wix.api-url=" + sandbox.baseUrl() + "/wix",
                "kontor.wix.app-id=" + sandbox.scenario().wix().appId(),
                "kontor.wix.app-secret=" + sandbox.scenario().wix().appSecret(),
                "kontor.wix.webhook.key=" + entries.get("webhookKey"),
                "kontor.exchange.limits.wix.site.burst=200",
                "kontor.exchange.limits.wix.site.per-minute=6000");
        manager = Seller.administrator(Kontors.port(kontor));
        var answer = manager.post(
                "/api/v1/accounts",
                Map.of(
                        "name",
                        "Shop",
                        "marketplace",
                        "wix",
                        "ownerId",
                        UUID.randomUUID(),
                        "credentials",
                        Map.of("instanceId", entries.get("instanceId"))));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        account = UUID.fromString(answer.text("id"));
        Seller.waiting()
                .until(() ->
                        manager.get("/api/v1/accounts/" + account + "/feed").status() == 200);
        Seller.waiting().until(() -> archived().size() >= truth().size());
        feedOnlyWhenAsked();
        tellKontor();
    }

    /** What is in the archive from then on did not come by the feed, unless the test asks for it. */
    private void feedOnlyWhenAsked() {
        var seconds = Map.of("seconds", Map.of("feed", 86_400));
        assertThat(manager.send(
                                "PUT",
                                "/api/v1/accounts/" + account + "/intervals",
                                JsonMapper.shared().writeValueAsString(seconds))
                        .status())
                .isEqualTo(200);
        var turns = feedTurns();
        Seller.waiting().until(() -> feedTurns() > turns);
    }

    private int feedTurns() {
        return items("/api/v1/sync-runs?limit=500&kind=feed&account=" + account).size();
    }

    private void tellKontor() {
        sandbox.wix().tell(java.net.URI.create("http://localhost:" + Kontors.port(kontor) + "/hooks/v1/wix"));
    }

    @AfterEach
    void stop() {
        kontor.close();
        sandbox.close();
    }

    private Set<String> truth() {
        return sandbox.wix().orders().map(TrueSale::id).collect(Collectors.toSet());
    }

    private List<JsonNode> items(String path) {
        var answer = manager.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").valueStream().toList();
    }

    private Map<String, String> archived() {
        return items("/api/v1/orders?limit=500&account=" + account).stream()
                .collect(Collectors.toMap(
                        order -> order.path("externalId").asString(),
                        order -> order.path("marketplaceStatus").asString()));
    }

    private List<JsonNode> deliveries() {
        return items("/api/v1/hooks?limit=500&account=" + account).stream()
                .filter(delivery -> !delivery.path("subject").asString().equals("STOCK"))
                .toList();
    }

    private void sold(List<String> ids) {
        sandbox.advance(Duration.ofSeconds(5)); // until all of it has come to its end
        assertThat(truth()).containsAll(ids);
    }

    private void holdsTheTruth() {
        var truth = sandbox.wix()
                .orders()
                .collect(Collectors.toMap(
                        TrueSale::id,
                        sale -> sale.status() + "/" + sale.paymentStatus() + "/" + sale.fulfillmentStatus()));
        assertThat(archived()).isEqualTo(truth);
    }

    @Test
    @Tag("speed")
    void aSaleIsInTheArchiveWithinTwoSeconds() {
        var ids = sandbox.wix().buy(5);
        sold(ids);

        Seller.waiting().atMost(Duration.ofSeconds(2)).untilAsserted(this::holdsTheTruth);

        Seller.waiting()
                .untilAsserted(() -> assertThat(deliveries())
                        .isNotEmpty()
                        .allSatisfy(delivery ->
                                assertThat(delivery.path("state").asString()).isIn("PROCESSED", "DROPPED")));
        assertThat(archivedBy(ids)).containsOnly("HOOK");
        assertThat(storedText()).doesNotContain("example.org", "firstName");
    }

    @Test
    void theFeedFindsWhatNobodyToldOf() {
        sandbox.allegro().faults(Map.of(Fault.LOST_EVENT, 1.0));
        sandbox.advance(Duration.ofMillis(5));
        var ids = sandbox.wix().buy(5);
        sold(ids);
        assertThat(deliveries()).isEmpty();

        kontor.getBean(LoopSchedule.class).runNow("feed", new AccountId(account));

        Seller.waiting().untilAsserted(this::holdsTheTruth);
        assertThat(archivedBy(ids)).containsOnly("FEED");
        assertThat(deliveries()).isEmpty();
    }

    @Test
    void isNotMisledByWhatIsToldTwiceLateOrInTheWrongOrder() {
        sandbox.allegro().faults(Map.of(Fault.DUPLICATE_EVENT, 0.5, Fault.REORDERED_EVENT, 0.3, Fault.LATE_EVENT, 0.3));
        sandbox.advance(Duration.ofMillis(5));
        sold(sandbox.wix().buy(10));
        sandbox.allegro().faults(Map.of());
        sandbox.advance(Duration.ofMinutes(40));

        Seller.waiting().untilAsserted(this::holdsTheTruth);

        Seller.waiting().untilAsserted(() -> {
            assertThat(sandbox.wix().webhooks().get("waiting")).isEqualTo(0);
            assertThat(deliveries().size())
                    .as("told twice, kept once")
                    .isLessThan(((Number) sandbox.wix().webhooks().get("taken")).intValue());
            assertThat(deliveries())
                    .noneSatisfy(delivery ->
                            assertThat(delivery.path("state").asString()).isEqualTo("RECEIVED"));
        });
        assertThat(deliveries())
                .extracting(
                        delivery -> delivery.path("type").asString(),
                        delivery -> delivery.path("about").asString(),
                        delivery -> delivery.path("occurredAt").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void anAppThatIsRemovedIsAnAccountThatIsAsleep() {
        sandbox.wix().revoke();

        Seller.waiting()
                .until(() ->
                        manager.get("/api/v1/accounts/" + account).text("state").equals("DEACTIVATED"));
    }

    private List<String> archivedBy(List<String> ids) {
        return kontor.getBean(JdbcClient.class)
                .sql("select archived_by from orders.orders where account = :account and external_id = any(:ids)")
                .param("account", account)
                .param("ids", ids.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    private String storedText() {
        return String.join(
                "\n",
                kontor.getBean(JdbcClient.class)
                        .sql("select row_to_json(d)::text from accounts.deliveries d")
                        .query(String.class)
                        .list());
    }
}
