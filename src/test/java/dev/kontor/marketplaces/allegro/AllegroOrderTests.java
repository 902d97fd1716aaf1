package dev.kontor.marketplaces.allegro;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.OrderStatus;

import static dev.kontor.marketplaces.allegro.AllegroFixtures.aCheckoutForm;
import static org.assertj.core.api.Assertions.assertThat;

/** What the adapter makes of single orders that a simulation would not give on demand. */
class AllegroOrderTests extends StubbedAllegro {

    @Test
    void readsACheckoutForm() {
        stub.on("/order/checkout-forms/one", 200, aCheckoutForm("one", NOON).toString());

        var order = ((OrderReading.Found) ok(allegro.orders().order("one", connection))).order();

        assertThat(order.externalId()).isEqualTo("one");
        assertThat(order.status()).isEqualTo(OrderStatus.READY);
        assertThat(order.marketplaceStatus()).isEqualTo("READY_FOR_PROCESSING/NEW");
        assertThat(order.placedAt()).isEqualTo(NOON);
        assertThat(order.total().amount()).isEqualByComparingTo("46.97");
        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo("SKU-1");
            assertThat(line.quantity()).isEqualByComparingTo("2");
            assertThat(line.unitPrice().amount()).isEqualByComparingTo("17.99");
        });
        assertThat(order.buyer().searchable())
                .containsExactly(
                        "Jan",
                        "Nowak",
                        "x1+abc@allegromail.pl",
                        "+48500000000",
                        "kup_ujacy",
                        "Anna",
                        "+48500000001",
                        "Firma");
        assertThat(allegro.orderFields().unknown(order.document())).isEmpty();
    }

    @Test
    void anOrderIsGoneOnlyWhereAllegroSaysSo() {
        stub.on("/order/checkout-forms/merged", 404, "{\"errors\":[{\"code\":\"CheckoutFormNotFoundException\"}]}")
                .on("/order/checkout-forms/html", 404, "<html>no such page</html>")
                .on("/order/checkout-forms/path", 404, "{\"errors\":[{\"code\":\"ResourceNotFoundException\"}]}")
                .on("/order/checkout-forms/bare", 404, "");

        assertThat(allegro.orders().order("merged", connection)).isEqualTo(new Ok<>(new OrderReading.Gone()));
        for (var id : List.of("html", "path", "bare")) {
            assertThat(allegro.orders().order(id, connection)).as(id).isInstanceOf(Answer.Unavailable.class);
        }
    }

    @Test
    void keepsNoTraceOfTheBuyersNumberInWhatIsOpen() {
        var form = aCheckoutForm("one", NOON);
        stub.on("/order/checkout-forms/one", 200, form.toString());

        var order = ((OrderReading.Found) ok(allegro.orders().order("one", connection))).order();
        var masked = allegro.orderFields().split(order.document()).masked();
        var again = ((OrderReading.Found) allegro.orders().interpret(masked, NOON)).order();

        assertThat(order.buyer().id()).isEqualTo("55000002");
        assertThat(masked.toString()).doesNotContain("55000002");
        assertThat(again.buyer().id()).isNull();
        assertThat(again.buyer().searchable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/lineItems/0, quantity, 1000000000, quantity is out of range",
        "/lineItems/0, quantity, 0.0001, quantity is out of range",
        "/lineItems/0, quantity, -1e30, quantity is out of range",
        "/lineItems/0, boughtAt, 9999-01-01T00:00:00Z, lineItems[0].boughtAt is not a sensible time",
        "/lineItems/0, boughtAt, 0001-01-01T00:00:00Z, lineItems[0].boughtAt is not a sensible time",
        "/lineItems/0/price, amount, 1.00001, unitPrice is out of range",
        "/summary/totalToPay, amount, 1000000000000000, total is out of range",
        "/summary/totalToPay, amount, 1e39, total is out of range"
    })
    void keepsAnOrderBeyondReasonAsUnreadable(String parent, String field, String value, String reason) {
        var form = aCheckoutForm("odd", NOON);
        ((ObjectNode) form.at(parent)).put(field, value);
        stub.on("/order/checkout-forms/odd", 200, form.toString());

        assertThat(ok(allegro.orders().order("odd", connection)))
                .isInstanceOfSatisfying(
                        OrderReading.Unreadable.class,
                        it -> assertThat(it.unreadable().reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"'', updatedAt", "/lineItems/0, boughtAt"})
    void takesNoNumberForATime(String parent, String field) {
        var form = aCheckoutForm("odd", NOON);
        ((ObjectNode) form.at(parent)).put(field, NOON.toEpochMilli());
        stub.on("/order/checkout-forms/odd", 200, form.toString());

        assertThat(ok(allegro.orders().order("odd", connection)))
                .isInstanceOfSatisfying(
                        OrderReading.Unreadable.class,
                        it -> assertThat(it.unreadable().reason()).endsWith(field + " is not a text"));
    }

    @Test
    void keepsTheLargestAndFinestThatIsStillSensible() {
        var form = aCheckoutForm("large", NOON);
        ((ObjectNode) form.at("/lineItems/0")).put("quantity", "999999999.9990000");
        ((ObjectNode) form.at("/summary/totalToPay")).put("amount", "999999999999999.9999");
        stub.on("/order/checkout-forms/large", 200, form.toString());

        assertThat(ok(allegro.orders().order("large", connection))).isInstanceOf(OrderReading.Found.class);
    }

    @Test
    void keepsAnOrderWithSignsThatNoDatabaseStores() {
        var form = aCheckoutForm("signs", NOON).put("messageToSeller", "a\u0000b \ud83d\ude00 ");
        ((ObjectNode) form.at("/lineItems/0/offer")).put("name", "Ku\u0000bek");
        stub.on("/order/checkout-forms/signs", 200, form.toString().replace("Anna", "An\\ud83dna"));

        var order = ((OrderReading.Found) ok(allegro.orders().order("signs", connection))).order();

        assertThat(order.lines().getFirst().name()).isEqualTo("Ku\uFFFDbek");
        assertThat(order.document().path("messageToSeller").stringValue()).isEqualTo("a\uFFFDb \ud83d\ude00 ");
        assertThat(order.document().at("/delivery/address/firstName").stringValue())
                .isEqualTo("An\uFFFDna");
        assertThat(order.document().toString()).doesNotContain("\\u0000");
        assertThat(drift.sightings())
                .extracting("name")
                .contains(
                        "lineItems[].offer.name (signs that cannot be stored)",
                        "messageToSeller (signs that cannot be stored)",
                        "delivery.address.firstName (signs that cannot be stored)");
    }

    @Test
    void keepsAndCountsWhatItDoesNotKnow() {
        var form = aCheckoutForm("odd", NOON).put("status", "TELEPORTED").put("novelty", 1);
        stub.on("/order/checkout-forms/odd", 200, form.toString());

        var order = ((OrderReading.Found) ok(allegro.orders().order("odd", connection))).order();

        assertThat(order.status()).isEqualTo(OrderStatus.UNKNOWN);
        assertThat(order.marketplaceStatus()).isEqualTo("TELEPORTED/NEW");
        assertThat(order.document().path("novelty").intValue()).isEqualTo(1);
        assertThat(drift.sightings()).extracting("name").contains("novelty", "TELEPORTED/NEW");
    }
}
