package dev.kontor.faults;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.allegro.TrueEvent;
import dev.kontor.sandbox.allegro.TrueOrder;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

@WholeKontor
class StoryFaultTests {

    /** Of a live order, from its purchase to its last event. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(95);

    @LocalServerPort
    int port;

    @Autowired
    Sandbox sandbox;

    @Autowired
    JdbcClient jdbc;

    private HttpCaller kontor;
    private Seller seller;

    @BeforeEach
    void connect() {
        kontor = Seller.administrator(port);
        seller = Seller.connected(sandbox, kontor).awaitFeed().awaitTruth().awaitFirstCertificate();
        awaitCertificateAtRest();
    }

    @AfterEach
    void calm() {
        sandbox.allegro().faults(Map.of());
        sandbox.allegro().repairAll(seller.number());
        sandbox.advance(Duration.ofSeconds(1));
        seller.disconnect();
    }

    /**
     * The fault lasts a moment only: it would meet what others buy meanwhile, and orders that merge later stay broken for
     * whichever test gets their seller.
     */
    private Set<String> buy(int count, Fault... faults) {
        sandbox.allegro()
                .faults(java.util.Arrays.stream(faults).collect(Collectors.toMap(fault -> fault, fault -> 1.0)));
        sandbox.advance(Duration.ofMillis(1));
        var ids = Set.copyOf(sandbox.allegro().buy(seller.number(), count));
        sandbox.allegro().faults(Map.of());
        sandbox.advance(Duration.ofSeconds(1));
        return ids;
    }

    @Test
    void storesNinetyNineOrdersAndPutsTheOneMalformedAside() {
        var good = buy(99);
        var bad = buy(1, Fault.MALFORMED).iterator().next();

        Seller.waiting().untilAsserted(() -> {
            assertThat(seller.archive().keySet()).containsAll(good).doesNotContain(bad);
            assertThat(seller.quarantine())
                    .extracting(entry -> entry.path("externalId").asString())
                    .containsExactly(bad);
        });

        sandbox.allegro().repair(seller.number(), bad);
        var entry = seller.quarantine().getFirst().path("id").asString();
        assertThat(kontor.post("/api/v1/quarantine/" + entry + "/retry", "").status())
                .isEqualTo(202);

        seller.awaitTruth();
        Seller.waiting().untilAsserted(() -> assertThat(seller.quarantine()).isEmpty());
    }

    @Test
    void takesAnOrderOutOfQuarantineWhenTheCertificateCouldReadIt() {
        var bad = buy(1, Fault.MALFORMED).iterator().next();
        Seller.waiting().until(() -> !seller.quarantine().isEmpty());
        sandbox.allegro().repair(seller.number(), bad);

        certify();

        seller.awaitTruth();
        Seller.waiting().untilAsserted(() -> assertThat(seller.quarantine()).isEmpty());
    }

    @Test
    void storesAnOrderWithAStatusNobodyKnowsAndCountsIt() {
        var strange = buy(1, Fault.UNKNOWN_STATUS).iterator().next();

        Seller.waiting().until(() -> seller.archive().containsKey(strange));

        var order = order(strange);
        assertThat(order.path("status").asString()).isEqualTo("UNKNOWN");
        assertThat(order.path("marketplaceStatus").asString()).startsWith("WAITING_FOR_DRONE");
        assertThat(drift()).contains("WAITING_FOR_DRONE");
    }

    @Test
    void keepsAFieldNobodyKnowsInTheVaultAndCountsIt() {
        var strange = buy(1, Fault.UNKNOWN_FIELD).iterator().next();
        Seller.waiting().until(() -> seller.archive().containsKey(strange));
        var id = order(strange).path("id").asString();
        var viewer = HttpCaller.nobody(port)
                .withKey(kontor.post(
                                "/api/v1/api-keys", Map.of("name", "viewer " + id, "scopes", List.of("orders:read")))
                        .text("key"));

        var whole = kontor.get("/api/v1/orders/" + id + "/document").json();
        var masked = viewer.get("/api/v1/orders/" + id + "/document").json();

        assertThat(whole.path("carbonFootprint").path("grams").asInt()).isEqualTo(412);
        assertThat(masked.path("carbonFootprint").toString()).contains("***").doesNotContain("412");
        assertThat(jdbc.sql("select document ->> 'carbonFootprint' from orders.orders where id = ?::uuid")
                        .param(id)
                        .query(String.class)
                        .single())
                .contains("***")
                .doesNotContain("412");
        assertThat(drift()).contains("carbonFootprint");
    }

    @Test
    void keepsDocumentsExactlyAsTheMarketplaceTellsThem() {
        var hashes = sandbox.allegro()
                .orders(seller.number(), true)
                .collect(Collectors.toMap(TrueOrder::id, TrueOrder::sha256));

        assertThat(seller.orders()).hasSizeGreaterThan(100);
        for (var order : seller.orders().subList(0, 60)) {
            var whole = kontor.get("/api/v1/orders/" + order.path("id").asString() + "/document")
                    .json();
            assertThat(Canonical.sha256(whole))
                    .isEqualTo(hashes.get(order.path("externalId").asString()));
        }
    }

    @Test
    void isNotMisledByEventsThatRepeatOvertakeOrComeLate() {
        var before = new TrueEvents(sandbox, seller.number());
        sandbox.allegro().faults(Map.of(Fault.DUPLICATE_EVENT, 0.3, Fault.REORDERED_EVENT, 0.2, Fault.LATE_EVENT, 0.2));
        for (int step = 0; step < 4; step++) {
            sandbox.advance(Duration.ofMinutes(20));
            Seller.waiting().until(() -> seller.runs("feed").size(), runs -> runs > 0); // a look at the log in between
        }
        sandbox.allegro().faults(Map.of());
        sandbox.advance(Duration.ofMinutes(31)); // by then the latest is there

        seller.awaitTruth();
        before.awaitInArchive(jdbc, seller.account());
    }

    @Test
    void findsAndRepairsByCertificateWhatLostEventsHid() {
        sandbox.allegro().faults(Map.of(Fault.LOST_EVENT, 0.01));
        sandbox.advance(Duration.ofMinutes(100));
        sandbox.allegro().faults(Map.of(Fault.LOST_EVENT, 1.0));
        sandbox.advance(Duration.ofSeconds(1));
        var silent = sandbox.allegro().buy(seller.number(), 5);
        sandbox.advance(LONGEST_LIFE); // or a later event, such as the shipment, would be heard after all
        sandbox.allegro().faults(Map.of()); // or one of what happens after the certificate would be lost
        sandbox.advance(Duration.ofMinutes(10));
        awaitEverythingHeard();
        var missing = new HashSet<>(seller.truth().keySet());
        missing.removeAll(seller.archive().keySet());
        assertThat(missing).containsAll(silent);
        var repaired = repaired();

        certify();

        seller.awaitTruth();
        assertThat(repaired() - repaired).isEqualTo(missing.size());
    }

    /** Until the feed has been through the log: every order of which any event tells is there. */
    private void awaitEverythingHeard() {
        var heard =
                sandbox.allegro().events(seller.number()).map(TrueEvent::order).collect(Collectors.toSet());
        heard.retainAll(seller.truth().keySet());
        Seller.waiting()
                .untilAsserted(() -> assertThat(seller.archive().keySet()).containsAll(heard));
    }

    private int repaired() {
        return seller.certificates().stream()
                .mapToInt(day -> day.path("repaired").asInt())
                .sum();
    }

    /**
     * Days are not checked again within two minutes, and older ones not within thirty days; to the archive it seems that
     * they have passed.
     */
    private void certify() {
        jdbc.sql("""
                        update orders.certificates set checked_at = checked_at
                          - case when day > current_date - 7 then interval '31 days' else interval '1 hour' end
                        where account = ?""").param(seller.account()).update();
        seller.certify();
    }

    /** The first check of a year takes more than one turn. */
    private void awaitCertificateAtRest() {
        Seller.waiting()
                .until(() -> jdbc.sql("""
                        select not picked and execution_time > now() + interval '10 minutes' from scheduled_tasks
                        where task_name = 'orders-certificate' and task_instance = ?""")
                        .param(seller.account().toString())
                        .query(Boolean.class)
                        .single());
    }

    private JsonNode order(String externalId) {
        return seller.orders().stream()
                .filter(order -> order.path("externalId").asString().equals(externalId))
                .findAny()
                .orElseThrow();
    }

    private String drift() {
        return kontor.get("/api/v1/marketplaces").body();
    }
}
