package dev.kontor.marketplaces.allegro;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Period;

import static dev.kontor.marketplaces.allegro.AllegroFixtures.aCheckoutForm;
import static dev.kontor.marketplaces.allegro.AllegroFixtures.aList;
import static dev.kontor.marketplaces.allegro.AllegroFixtures.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

/** What the adapter makes of pages of orders and events, and where it goes on. */
class AllegroPageTests extends StubbedAllegro {

    private static final Period DAY = new Period(NOON, NOON.plus(Duration.ofDays(1)));

    @Test
    void oneBrokenOrderCostsOnlyItself() {
        var broken = aCheckoutForm("broken", NOON.plusSeconds(1));
        ((ObjectNode) broken.at("/summary/totalToPay")).put("amount", "a lot");
        stub.on(
                "/order/checkout-forms",
                200,
                aList(3, List.of(aCheckoutForm("a", NOON), broken, aCheckoutForm("c", NOON.plusSeconds(2)))));

        var page = ok(allegro.orders().placedWithin(DAY, null, connection));

        assertThat(page.orders()).extracting("externalId").containsExactly("a", "c");
        assertThat(page.unreadable()).singleElement().satisfies(record -> {
            assertThat(record.externalId()).isEqualTo("broken");
            assertThat(record.reason()).isEqualTo("summary.totalToPay.amount is not a number");
            assertThat(record.raw()).contains("a lot");
            assertThat(record.buyer()).isEqualTo("55000002");
            assertThat(record).asString().doesNotContain("55000002");
        });
    }

    @Test
    void goesOnWhereTheLastPageEndedAndNotAtARowNumber() {
        stub.on("/order/checkout-forms", 200, aList(10, forms("a", NOON, NOON.plusMillis(1), NOON.plusMillis(2))))
                .on(
                        "/order/checkout-forms",
                        200,
                        aList(8, forms("b", NOON.plusMillis(2), NOON.plusMillis(2), NOON.plusMillis(2))))
                .on("/order/checkout-forms", 200, aList(8, forms("c", NOON.plusMillis(2), NOON.plusMillis(3))));

        var first = ok(allegro.orders().placedWithin(DAY, null, connection));
        var second = ok(allegro.orders().placedWithin(DAY, first.next(), connection));
        ok(allegro.orders().placedWithin(DAY, second.next(), connection));

        assertThat(first.total()).isEqualTo(10);
        assertThat(second.total()).isNull();
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("lineItems.boughtAt.gte"))
                .containsExactly("2026-11-02T12:00:00.000Z", "2026-11-02T12:00:00.002Z", "2026-11-02T12:00:00.002Z");
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("offset"))
                .containsExactly("0", "0", "3");
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("lineItems.boughtAt.lte"))
                .containsOnly("2026-11-03T11:59:59.999Z");
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("sort"))
                .containsOnly("lineItems.boughtAt");
    }

    @Test
    void ordersThatCannotBeReadMoveTheListOn() {
        stub.on("/order/checkout-forms", 200, aList(9, broken(forms("a", NOON, NOON, NOON.plusMillis(4)))))
                .on("/order/checkout-forms", 200, aList(7, broken(forms("b", NOON.plusMillis(4), DAY.to(), DAY.to()))));

        var first = ok(allegro.orders().placedWithin(DAY, null, connection));
        var second = ok(allegro.orders().placedWithin(DAY, first.next(), connection));

        assertThat(first.unreadable()).hasSize(3);
        assertThat(first.next()).isEqualTo(new Cursor("2026-11-02T12:00:00.004Z|0"));
        assertThat(second.next()).isEqualTo(new Cursor("2026-11-02T12:00:00.004Z|3")); // what lies outside is no guide
    }

    @Test
    void believesABrokenOrdersTimeOnlyWhereNoOtherLeadsOn() {
        var forms = forms("a", NOON, NOON.plusMillis(1), NOON.plusSeconds(60));
        broken(forms.subList(2, 3));
        stub.on("/order/checkout-forms", 200, aList(9, forms));

        var page = ok(allegro.orders().placedWithin(DAY, null, connection));

        assertThat(page.next()).isEqualTo(new Cursor("2026-11-02T12:00:00.001Z|0"));
    }

    @Test
    void neverAsksBeyondAllegrosHighestOffset() {
        var forms = broken(forms("a", NOON, NOON, NOON));
        forms.forEach(form -> ((ObjectNode) form.at("/lineItems/0")).put("boughtAt", "yesterday"));
        stub.on("/order/checkout-forms", 200, aList(20_000, forms));

        var late = new Cursor("2026-11-02T12:00:00.000Z|9996");
        var last = ok(allegro.orders().placedWithin(DAY, late, connection));
        ok(allegro.orders().placedWithin(DAY, new Cursor("2026-11-02T12:00:00.000Z|10000"), connection));
        var end = ok(allegro.orders().placedWithin(DAY, new Cursor("2026-11-03T11:59:59.999Z|9996"), connection));

        assertThat(last.next()).isEqualTo(new Cursor("2026-11-02T12:00:00.001Z|0"));
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("offset"))
                .containsExactly("9996", "0", "9996");
        assertThat(end.next()).isNull();
    }

    @Test
    void oneBrokenEventCostsOnlyItself() {
        stub.on(
                "/order/events",
                200,
                "{\"events\":[%s,{\"id\":\"2\",\"type\":\"BOUGHT\"},%s]}"
                        .formatted(anEvent("1", "one", NOON), anEvent("3", "three", NOON)));

        var page = ok(allegro.orders().changesSince(new Cursor("0"), connection));

        assertThat(page.changes()).extracting("order").containsExactly("one", "three");
        assertThat(page.unreadable())
                .singleElement()
                .satisfies(record -> assertThat(record.reason()).isEqualTo("order.checkoutForm.id is missing"));
        assertThat(page.next()).isEqualTo(new Cursor("3"));
        assertThat(page.more()).isFalse();
        assertThat(stub.asked().getFirst().parameters())
                .containsEntry("from", "0")
                .containsEntry("limit", "1000");
    }

    private static List<ObjectNode> forms(String prefix, Instant... boughtAt) {
        return IntStream.range(0, boughtAt.length)
                .mapToObj(index -> aCheckoutForm(prefix + index, boughtAt[index]))
                .toList();
    }

    private static List<ObjectNode> broken(List<ObjectNode> forms) {
        forms.forEach(form -> form.remove("status"));
        return forms;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"latestEvent\":null}", "{\"latestEvent\":{\"id\":null}}"})
    void aSellerWhoNeverSoldHasAnEmptyLog(String statistics) {
        stub.on("/order/event-stats", 200, statistics);

        assertThat(ok(allegro.orders().end(connection)).position()).isNull();
    }
}
