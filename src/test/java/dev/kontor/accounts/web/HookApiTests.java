package dev.kontor.accounts.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountsTestBeans;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakePush;
import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Subject;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The door that is open to everybody. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@Import(AccountsTestBeans.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HookApiTests {

    private static final String HOOKS = "/hooks/v1/fake";

    @LocalServerPort
    int port;

    @Autowired
    TestMarketplace marketplace;

    @Autowired
    SettableClock clock;

    private HttpCaller manager;
    private HttpCaller nobody;
    private String account;

    @BeforeAll
    void logIn() {
        nobody = HttpCaller.nobody(port);
        manager = nobody.login("administrator", "only-for-this-test");
    }

    @BeforeEach
    void connect() {
        marketplace.open();
        var answer = manager.post(
                "/api/v1/accounts",
                Map.of(
                        "name",
                        "Shop",
                        "marketplace",
                        "fake",
                        "ownerId",
                        UUID.randomUUID(),
                        "credentials",
                        Map.of("apiKey", "key-1", "siteId", "site-1")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        account = answer.text("id");
    }

    private HttpCaller.Answer tell(String path, Hint hint) {
        var request = FakePush.request(marketplace.seller().id(), hint, clock.instant());
        return nobody.with("X-Fake-Proof", request.headers().get("X-Fake-Proof").getFirst())
                .post(path, new String(request.body(), UTF_8));
    }

    private Hint ofOrder(String id) {
        return FakePush.ofOrder(id, "o-" + account, clock.instant());
    }

    private String state(String path) {
        return manager.get(path).json().path("items").path(0).path("state").asString("");
    }

    @Test
    void takesWhatAMarketplaceTells() {
        var order = marketplace.shop().placeSilently(FakeOrder.anOrder("o-" + account, clock.instant()));
        clock.advance(Duration.ofSeconds(1));

        var answer = tell(HOOKS, ofOrder("told-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        await().until(() -> state("/api/v1/hooks?account=" + account).equals("PROCESSED"));
        var shown = manager.get("/api/v1/hooks?state=PROCESSED&account=" + account)
                .json()
                .path("items")
                .path(0);
        assertThat(shown.path("about").asString()).isEqualTo(order.id());
        assertThat(shown.path("subject").asString()).isEqualTo("ORDER");
        assertThat(manager.get("/api/v1/hooks/" + shown.path("id").asString()).text("state"))
                .isEqualTo("PROCESSED");
    }

    @Test
    void takesItAtTheAccountsOwnAddressToo() {
        assertThat(tell(HOOKS + "/" + account, ofOrder("told-1")).status()).isEqualTo(200);
        assertThat(tell(HOOKS + "/" + account.toUpperCase(), ofOrder("told-2")).status())
                .isEqualTo(400);
    }

    @Test
    void measuresHowLongItsAnswersTake() {
        var before = answers("status:200");
        var others = answers("marketplace:fake");

        tell(HOOKS, ofOrder("told-1"));
        tell(HOOKS + "/" + account, ofOrder("told-2"));
        nobody.post(HOOKS, "{}");
        nobody.post("/hooks/v1/atlantis", "{}");

        await().untilAsserted(
                        () -> { // the answer may be here before its time is
                            assertThat(answers("status:200")).isEqualTo(before + 2);
                            assertThat(answers("marketplace:fake")).isEqualTo(others + 3);
                            assertThat(answers("marketplace:atlantis")).isZero();
                        });
    }

    private long answers(String tag) {
        var metric = manager.get("/actuator/metrics/kontor.hooks.answers?tag=" + tag);
        return metric.status() == 404
                ? 0
                : metric.json().at("/measurements/0/value").asLong();
    }

    @Test
    void tellsNobodyWhichAccountsThereAre() {
        var forged = nobody.with("X-Fake-Proof", "guessed");
        var refused = forged.post(HOOKS + "/" + account, "{}");

        assertThat(refused.status()).isEqualTo(400);
        for (var path : new String[] {
            HOOKS,
            HOOKS + "/" + UUID.randomUUID(),
            HOOKS + "/garbage",
            "/hooks/v1/atlantis",
            "/hooks/v1/" + UUID.randomUUID()
        }) {
            var other = forged.post(path, "{}");
            assertThat(other.status()).as(path).isEqualTo(refused.status());
            assertThat(other.text("detail")).as(path).isEqualTo(refused.text("detail"));
            assertThat(other.text("type")).as(path).isEqualTo(refused.text("type"));
        }
        assertThat(tell(HOOKS + "/" + UUID.randomUUID(), ofOrder("told-1")).text("detail"))
                .isEqualTo(refused.text("detail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void isATellingAndNothingElse(String method) {
        assertThat(nobody.send(method, HOOKS, method.equals("GET") ? null : "{}")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void readsNoMoreThanItTakes() {
        assertThat(nobody.post(HOOKS, "x".repeat(256 * 1024)).status()).isEqualTo(400);
        assertThat(nobody.post(HOOKS, "x".repeat(256 * 1024 + 1)).status()).isEqualTo(413);
        assertThat(chunked(300 * 1024)).startsWith("HTTP/1.1 413");
    }

    /** Without a length that is told before. */
    private String chunked(int length) {
        try (var socket = new Socket("localhost", port)) {
            var request = new ByteArrayOutputStream();
            request.write(("POST " + HOOKS + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(US_ASCII));
            request.write(
                    (Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n0\r\n\r\n").getBytes(US_ASCII));
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            var answer = new byte[12];
            return new String(answer, 0, socket.getInputStream().readNBytes(answer, 0, 12), US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPersonMayHaveItTriedAgain() {
        marketplace.shop().failAlways(Operation.ORDER, new Answer.Unavailable<>("503"));
        marketplace.shop().placeSilently(FakeOrder.anOrder("o-" + account, clock.instant()));
        clock.advance(Duration.ofSeconds(1));
        tell(HOOKS, ofOrder("told-1"));
        await().until(() -> state("/api/v1/hooks?account=" + account).equals("FAILED"));
        var id =
                only("/api/v1/hooks?state=FAILED&account=" + account).path("id").asString();
        marketplace.shop().heal();

        assertThat(manager.post("/api/v1/hooks/" + id + "/retry", "").status()).isEqualTo(202);

        await().until(() -> manager.get("/api/v1/hooks/" + id).text("state").equals("PROCESSED"));
        var recorded = only("/api/v1/audit?action=delivery.retried&objectId=" + id);
        assertThat(recorded.path("actor").path("kind").asString()).isEqualTo("PERSON");
        var again = manager.post("/api/v1/hooks/" + id + "/retry", "");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("type")).isEqualTo("urn:kontor:problem:nothing-to-retry");
    }

    @Test
    void nothingIsTriedAgainOfWhichNothingIsLeftToDo() {
        tell(HOOKS, new Hint("told-1", Subject.OTHER, "WEATHER", null, null, clock.instant()));
        var dropped = only("/api/v1/hooks?state=DROPPED&account=" + account);

        assertThat(manager.post("/api/v1/hooks/" + dropped.path("id").asString() + "/retry", "")
                        .status())
                .isEqualTo(409);
        assertThat(manager.post("/api/v1/hooks/" + UUID.randomUUID() + "/retry", "")
                        .status())
                .isEqualTo(404);
    }

    private JsonNode only(String list) {
        var items = manager.get(list).json().path("items");
        assertThat(items.size()).as(list).isOne();
        return items.path(0);
    }

    @Test
    void listsByPagesNewestFirst() {
        for (int number = 0; number < 5; number++) {
            tell(HOOKS, new Hint("told-" + number, Subject.OTHER, "WEATHER-" + number, null, null, clock.instant()));
            clock.advance(Duration.ofSeconds(1));
        }
        var first = manager.get("/api/v1/hooks?limit=3&account=" + account).json();
        var second = manager.get("/api/v1/hooks?limit=3&account=" + account + "&after="
                        + first.path("next").asString())
                .json();

        assertThat(first.path("items")
                        .valueStream()
                        .map(item -> item.path("type").asString()))
                .containsExactly("WEATHER-4", "WEATHER-3", "WEATHER-2");
        assertThat(second.path("items")
                        .valueStream()
                        .map(item -> item.path("type").asString()))
                .containsExactly("WEATHER-1", "WEATHER-0");
        assertThat(second.has("next")).isFalse();
    }
}
