package dev.kontor.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Orders that fail to come, for one reason or another. The feed asks every second, the canary every other. */
@WholeKontor
@TestPropertySource(properties = "kontor.operations.silence.interval=2s")
class SilenceTests {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** A look may begin so much later than it is due. */
    private static final Duration LATE = Duration.ofSeconds(2);

    @LocalServerPort
    int port;

    @Autowired
    Sandbox sandbox;

    private HttpCaller kontor;
    private Seller seller;

    @BeforeEach
    void connect() {
        kontor = Seller.administrator(port);
        seller = Seller.connected(sandbox, kontor).awaitFeed().awaitTruth().awaitFirstCertificate();
        awaitVerdict("FLOWING");
    }

    @AfterEach
    void calm() {
        sandbox.allegro().faults(Map.of());
        sandbox.down(List.of());
        seller.disconnect();
    }

    private JsonNode silence() {
        return kontor.get("/api/v1/silence?account=" + seller.account()).json().at("/items/0");
    }

    private void awaitVerdict(String verdict) {
        Seller.waiting()
                .untilAsserted(
                        () -> assertThat(silence().path("verdict").asString()).isEqualTo(verdict));
    }

    private List<JsonNode> alerts(String kind) {
        return seller.items("/api/v1/alerts?kind=" + kind + "&account=" + seller.account());
    }

    private void awaitAlert(String state) {
        Seller.waiting()
                .untilAsserted(() -> assertThat(alerts("ORDERS_UNHEARD"))
                        .extracting(alert -> alert.path("state").asString())
                        .containsExactly(state));
    }

    @Test
    @Tag("speed")
    void aFeedThatReadsNothingThoughTheLogGoesOnIsFoundWithinTwoIntervals() {
        sandbox.allegro().faults(Map.of(Fault.FROZEN_LOG, 1.0));
        sandbox.advance(Duration.ofSeconds(1));
        sandbox.allegro().buy(seller.number(), 3);
        var bought = Instant.now();

        awaitVerdict("PIPE_BROKEN");

        var found = Instant.parse(silence().path("since").asString());
        assertThat(Duration.between(bought, found))
                .isLessThan(INTERVAL.plus(LATE).multipliedBy(2));
        assertThat(silence().at("/canary/found").asString()).isEqualTo("FROZEN");
        assertThat(seller.runs("feed").getFirst().path("status").asString()).isEqualTo("SUCCESS");
        awaitAlert("OPEN");
        assertThat(alerts("ORDERS_UNHEARD").getFirst().path("severity").asString())
                .isEqualTo("CRITICAL");

        sandbox.allegro().faults(Map.of());
        seller.awaitTruth();
        awaitVerdict("FLOWING");
        awaitAlert("RESOLVED");
    }

    @Test
    void aMarketplaceThatIsAwayIsNotTakenForABrokenPipe() {
        sandbox.down(List.of("allegro"));

        awaitVerdict("MARKETPLACE_DOWN");

        assertThat(silence().at("/canary/error").asString()).startsWith("unavailable");
        assertThat(alerts("ORDERS_UNHEARD")).isEmpty();
        sandbox.down(List.of());
        awaitVerdict("FLOWING");
    }

    @Test
    void whereNobodyBuysNothingIsTold() {
        var asked = silence().at("/canary/at").asString();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> Duration.between(
                                        Instant.parse(asked),
                                        Instant.parse(silence().at("/canary/at").asString()))
                                .compareTo(INTERVAL.multipliedBy(3))
                        > 0);

        assertThat(silence().path("verdict").asString()).isEqualTo("FLOWING");
        assertThat(silence().at("/canary/found").asString()).isEqualTo("NOTHING_NEW");
        assertThat(alerts("ORDERS_UNHEARD")).isEmpty();
        assertThat(alerts("ORDERS_SILENT")).isEmpty();
    }
}
