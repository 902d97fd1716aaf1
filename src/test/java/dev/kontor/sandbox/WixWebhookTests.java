package dev.kontor.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.sandbox.wix.TrueArticle;
import dev.kontor.sandbox.world.Fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The simulated Wix tells of what happens as the real one does: signed, in three layers, as badly as it may be. */
class WixWebhookTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Sandbox sandbox = Sandbox.start(Scenario.of(
            "orders=10",
            "live-orders-per-minute=0",
            "list-delay=0s",
            "live-pace=100000",
            "speed=0",
            "wix.orders=20",
            "wix.live-orders-per-minute=0"));
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger failing = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();
    private final Semaphore open = new Semaphore(0);
    private HttpServer listener;

    /** @param event the innermost layer */
    private record Told(String type, String instance, JsonNode event) {}

    @BeforeEach
    void listen() throws IOException {
        listener = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        listener.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listener.createContext("/", exchange -> {
            if (slow.getAndDecrement() > 0) {
                open.acquireUninterruptibly();
            }
            heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(failing.getAndDecrement() > 0 ? 500 : 200, -1);
            exchange.close();
        });
        listener.start();
        sandbox.wix()
                .tell(URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/hooks"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
        listener.stop(0);
    }

    private List<Told> told() {
        return heard.stream().map(this::opened).toList();
    }

    private List<Told> told(String type) {
        return told().stream().filter(it -> it.type().equals(type)).toList();
    }

    private Told opened(String token) {
        var parts = token.split("\\.");
        assertThat(JSON.readTree(decoded(parts[0])).path("alg").asString()).isEqualTo("RS256");
        assertThat(verified(parts)).isTrue();
        var claims = JSON.readTree(decoded(parts[1]));
        assertThat(claims.path("iss").asString()).isEqualTo("wix.com");
        assertThat(claims.path("aud").asString())
                .isEqualTo(sandbox.scenario().wix().appId());
        var envelope = JSON.readTree(claims.path("data").asString());
        return new Told(
                envelope.path("eventType").asString(),
                envelope.path("instanceId").asString(),
                JSON.readTree(envelope.path("data").asString()));
    }

    private boolean verified(String[] parts) {
        try {
            var pem = sandbox.wix().entries().get("webhookKey").replaceAll("-----[A-Z ]+-----|\\s", "");
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            return signature.verify(decoded(parts[2]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private List<String> sell(int count) {
        var ids = sandbox.wix().buy(count);
        sandbox.advance(Duration.ofSeconds(10));
        return ids;
    }

    private void fault(Fault fault) {
        sandbox.allegro().faults(Map.of(fault, 1.0));
        sandbox.advance(Duration.ofMillis(5));
    }

    /** Until everything that happened was looked at. */
    private void awaitLook() {
        var now = sandbox.now();
        await().until(() -> !Instant.parse(
                        sandbox.wix().webhooks().get("lookedAt").toString())
                .isBefore(now));
    }

    /** Until all of it that was sent has arrived, too. */
    private void awaitQuiet() {
        awaitLook();
        await().until(() -> {
            var state = sandbox.wix().webhooks();
            return state.get("waiting").equals(0) && state.get("sent").equals((long) heard.size());
        });
    }

    @Test
    void tellsOfAnOrdersLifeInSeveralEventsThatAreNumbered() {
        var id = sell(1).getFirst();
        awaitQuiet();

        var events = told().stream()
                .filter(it -> it.event().path("entityId").asString().equals(id))
                .toList();
        assertThat(events).extracting(Told::type).contains("wix.ecom.v1.order_created", "wix.ecom.v1.order_updated");
        assertThat(events)
                .extracting(it -> it.event().path("entityEventSequence").asString())
                .doesNotHaveDuplicates();
        assertThat(events).extracting(it -> it.event().path("id").asString()).doesNotHaveDuplicates();
        assertThat(events)
                .extracting(Told::instance)
                .containsOnly(sandbox.wix().entries().get("instanceId"));
        assertThat(told("wix.ecom.v1.order_created")
                        .getFirst()
                        .event()
                        .at("/createdEvent/entity/id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void tellsOfTheStockThatASaleTakes() {
        sell(1);
        awaitQuiet();

        assertThat(told("wix.stores.catalog.v3.inventory_item_updated"))
                .isNotEmpty()
                .allSatisfy(it -> {
                    var item = it.event().at("/updatedEvent/currentEntity");
                    assertThat(sandbox.wix().articles()).anySatisfy(article -> {
                        assertThat(article.product())
                                .isEqualTo(item.path("productId").asString());
                        assertThat(article.variant())
                                .isEqualTo(item.path("variantId").asString());
                    });
                });
    }

    @Test
    void tellsOfStockFlatlyWhereTheOlderCatalogRuns() {
        sandbox.wix().moveCatalog("V1_CATALOG");
        TrueArticle article = sandbox.wix().articles().findFirst().orElseThrow();

        sandbox.wix().show(article.product(), article.variant(), 3);
        awaitQuiet();

        assertThat(told("com.wix.ecommerce.inventory.api.v1.InventoryVariantsChanged"))
                .isNotEmpty()
                .allSatisfy(it -> {
                    assertThat(it.event().path("productId").asString()).isEqualTo(article.product());
                    assertThat(it.event().has("entityEventSequence")).isFalse();
                });
    }

    @Test
    void tellsAgainUntilItIsTaken() {
        failing.set(3);
        sell(1);

        await().untilAsserted(() -> {
            assertThat(heard).hasSizeGreaterThan(3);
            assertThat(distinct()).isEqualTo(heard.size() - 3);
            assertThat(sandbox.wix().webhooks().get("taken")).isEqualTo(distinct());
        });
    }

    @Test
    void tellsAllAgainToWhoeverWasSlow() {
        slow.set(60);
        sell(40);
        await().atMost(Duration.ofSeconds(30)).until(() -> slow.get() <= 0);

        open.release(60);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(sandbox.wix().webhooks().get("waiting")).isEqualTo(0);
            assertThat(distinct()).isGreaterThan(80);
            assertThat(sandbox.wix().webhooks().get("taken")).isEqualTo(distinct());
        });
    }

    private long distinct() {
        return told().stream()
                .map(it -> it.event().path("id").asString())
                .distinct()
                .count();
    }

    @Test
    void tellsTwice() {
        fault(Fault.DUPLICATE_EVENT);
        sell(1);
        awaitQuiet();

        assertThat(told().stream()
                        .collect(Collectors.groupingBy(
                                it -> it.event().path("id").asString(), Collectors.counting())))
                .isNotEmpty()
                .allSatisfy((id, times) -> assertThat(times).isGreaterThanOrEqualTo(2));
    }

    @Test
    void tellsNothing() {
        fault(Fault.LOST_EVENT);
        sell(1);
        awaitQuiet();

        assertThat(heard).isEmpty();
    }

    @Test
    void tellsLate() {
        fault(Fault.LATE_EVENT);
        sell(1);
        awaitLook();
        assertThat(heard).isEmpty();

        sandbox.advance(Duration.ofMinutes(31));
        awaitQuiet();

        assertThat(heard).isNotEmpty();
    }

    @Test
    void tellsThatTheAppWasRemoved() {
        var instance = sandbox.wix().entries().get("instanceId");
        sandbox.wix().revoke();
        awaitQuiet();

        assertThat(told("AppRemoved"))
                .singleElement()
                .satisfies(it -> assertThat(it.instance()).isEqualTo(instance));
    }

    @Test
    void tellsOnlyWhileThereIsAnAddress() {
        sandbox.wix().tell(null);
        sell(2);
        assertThat(heard).isEmpty();

        sandbox.wix()
                .tell(URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/hooks"));
        var id = sell(1).getFirst();
        awaitQuiet();

        assertThat(told())
                .filteredOn(it -> it.type().startsWith("wix.ecom"))
                .extracting(it -> it.event().path("entityId").asString())
                .containsOnly(id);
    }
}
