package dev.kontor.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import dev.kontor.sandbox.world.Fault;

import static java.time.Duration.ofDays;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

class EventLogTests {

    private Sandbox sandbox = Sandbox.start(Scenario.of(
            "orders=400", "live-orders-per-minute=0", "decision=wait", "speed=0", "access-token-life=100d"));
    private AllegroClient client = AllegroClient.connected(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void with(String... settings) {
        sandbox.close();
        sandbox = Sandbox.start(Scenario.of(settings));
        client = AllegroClient.connected(sandbox);
    }

    private static String id(JsonNode event) {
        return event.path("id").asString();
    }

    private static String form(JsonNode event) {
        return event.path("order").path("checkoutForm").path("id").asString();
    }

    private List<JsonNode> all(int limit, String more) {
        var all = new ArrayList<JsonNode>();
        var page = AllegroClient.all(
                client.ok("/order/events?limit=" + limit + more).path("events"));
        while (!page.isEmpty()) {
            all.addAll(page);
            page = AllegroClient.all(client.ok("/order/events?limit=" + limit + more + "&from=" + id(page.getLast()))
                    .path("events"));
        }
        return all;
    }

    @Test
    void readsOldestFirstFromAnExclusiveId() {
        var all = all(1000, "");
        assertThat(all(37, "")).isEqualTo(all);
        assertThat(all).extracting(it -> Long.parseLong(id(it))).isSorted().doesNotHaveDuplicates();
        assertThat(all)
                .extracting(EventLogTests::id)
                .isEqualTo(sandbox.allegro()
                        .events(0)
                        .map(it -> it.id())
                        .toList()
                        .subList((int) sandbox.allegro().events(0).count() - all.size(), (int)
                                sandbox.allegro().events(0).count()));

        var third = client.ok("/order/events?limit=1&from=" + id(all.get(1)))
                .path("events")
                .path(0);
        assertThat(third).isEqualTo(all.get(2));
        assertThat(client.ok("/order/events").path("events")).hasSize(100);
    }

    @Test
    void keepsSixtyDays() {
        var oldest = Instant.parse(client.ok("/order/events?limit=1")
                .path("events")
                .path(0)
                .path("occurredAt")
                .asString());

        assertThat(oldest)
                .isBetween(sandbox.now().minus(ofDays(60)), sandbox.now().minus(ofDays(55)));
        sandbox.advance(ofDays(70));
        assertThat(client.ok("/order/events").path("events")).isEmpty();
    }

    @Test
    void mayKeepLess() {
        with("orders=400", "log-retention=2d", "decision=wait");
        var oldest = Instant.parse(client.ok("/order/events?limit=1")
                .path("events")
                .path(0)
                .path("occurredAt")
                .asString());

        assertThat(oldest).isAfter(sandbox.now().minus(ofDays(2)));
    }

    @Test
    void filtersByRepeatedType() {
        var both = all(1000, "&type=BOUGHT&type=FILLED_IN");

        assertThat(both.stream().map(it -> it.path("type").asString()).collect(toSet()))
                .isEqualTo(Set.of("BOUGHT", "FILLED_IN"));
        assertThat(both)
                .hasSize(all(1000, "&type=BOUGHT").size()
                        + all(1000, "&type=FILLED_IN").size());
    }

    @Test
    void tellsEveryKindOfEvent() {
        with("orders=3000", "decision=wait");

        assertThat(all(1000, "").stream().map(it -> it.path("type").asString()).collect(toSet()))
                .containsExactlyInAnyOrder(
                        "BOUGHT",
                        "FILLED_IN",
                        "READY_FOR_PROCESSING",
                        "BUYER_CANCELLED",
                        "AUTO_CANCELLED",
                        "FULFILLMENT_STATUS_CHANGED",
                        "BUYER_MODIFIED");
    }

    @Test
    void statsNameTheNewestEvent() {
        var all = all(1000, "");

        assertThat(client.ok("/order/event-stats")
                        .path("latestEvent")
                        .path("id")
                        .asString())
                .isEqualTo(id(all.getLast()));
    }

    @Test
    void newPurchasesAppearAtTheEnd() {
        var last =
                client.ok("/order/event-stats").path("latestEvent").path("id").asString();

        var ids = sandbox.allegro().buy(0, 3);

        var fresh = AllegroClient.all(client.ok("/order/events?from=" + last).path("events"));
        assertThat(fresh).extracting(EventLogTests::form).containsExactlyElementsOf(ids);
        assertThat(fresh).allSatisfy(it -> {
            assertThat(it.path("type").asString()).isEqualTo("BOUGHT");
            assertThat(it.path("order").path("seller").path("id").asString()).isEqualTo("44000001");
            assertThat(it.path("order").path("lineItems")).isNotEmpty();
            assertThat(it.path("order").path("buyer").path("login").asString()).isNotEmpty();
            assertThat(it.path("order").path("checkoutForm").path("revision").asString())
                    .hasSize(8);
        });
    }

    @Test
    void losesEventsOfOrdersThatExist() {
        with("orders=500", "speed=0", "days=30", "faults.lost-event=0.2", "decision=wait", "live-orders-per-minute=0");
        var told = all(1000, "&type=BOUGHT").size();

        assertThat(told).isBetween(300, 470);
        assertThat(sandbox.allegro().orders(0, false).count()).isGreaterThan(470);
    }

    @Test
    void tellsNothingWhileItIsFrozenAndStillSaysWhereItEnds() {
        with("orders=500", "speed=0", "days=30", "decision=wait", "live-orders-per-minute=0");
        var end = client.ok("/order/event-stats");
        assertThat(all(1000, "")).isNotEmpty();

        sandbox.allegro().faults(Map.of(Fault.FROZEN_LOG, 1.0));

        assertThat(all(1000, "")).isEmpty();
        assertThat(client.ok("/order/event-stats")).isEqualTo(end);
        sandbox.allegro().faults(Map.of());
        assertThat(all(1000, "")).isNotEmpty();
    }

    @Test
    void repeatsEventsUnderTheSameAndUnderNewIds() {
        with("orders=500", "speed=0", "days=30", "faults.duplicate-event=0.3", "merges=0", "decision=wait");
        var bought = all(1000, "&type=BOUGHT");
        var orders = bought.stream().map(EventLogTests::form).collect(toSet());
        var ids = bought.stream().map(EventLogTests::id).collect(toSet());

        assertThat(ids.size()).isLessThan(bought.size());
        assertThat(orders.size()).isLessThan(ids.size());
    }

    @Test
    void logsSomeEventsAfterTheirSuccessors() {
        with("orders=500", "speed=0", "days=30", "faults.reordered-event=0.3", "decision=wait");

        assertThat(all(1000, ""))
                .extracting(it -> it.path("occurredAt").asString())
                .isNotEqualTo(all(1000, "").stream()
                        .map(it -> it.path("occurredAt").asString())
                        .sorted()
                        .toList());
    }

    @Test
    void logsSomeEventsLate() {
        with("orders=10", "live-orders-per-minute=0", "faults.late-event=1", "decision=wait");
        sandbox.allegro().buy(0, 1);
        var last = client.ok("/order/event-stats")
                .path("latestEvent")
                .path("occurredAt")
                .asString();
        assertThat(Instant.parse(last)).isBefore(sandbox.now().minusSeconds(60));

        sandbox.advance(java.time.Duration.ofMinutes(31));

        assertThat(all(1000, "&type=BOUGHT").stream()
                        .filter(it -> Instant.parse(it.path("occurredAt").asString())
                                .isAfter(sandbox.now().minusSeconds(33 * 60))))
                .hasSize(1);
    }
}
