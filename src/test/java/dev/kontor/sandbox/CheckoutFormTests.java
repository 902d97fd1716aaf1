package dev.kontor.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

class CheckoutFormTests {

    private static final Sandbox sandbox = Sandbox.start(
            Scenario.of("orders=3000", "live-orders-per-minute=0", "decision=wait", "list-delay=0s", "speed=0"));
    private static final AllegroClient client = AllegroClient.connected(sandbox);
    private static final List<JsonNode> everything = all("");

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static List<JsonNode> all(String filter) {
        var all = new ArrayList<JsonNode>();
        JsonNode page;
        do {
            page = client.ok("/order/checkout-forms?offset=" + all.size() + filter);
            all.addAll(AllegroClient.all(page.path("checkoutForms")));
            assertThat(page.path("count").asInt())
                    .isEqualTo(page.path("checkoutForms").size());
        } while (all.size() < page.path("totalCount").asInt());
        return all;
    }

    private static String boughtAt(JsonNode form) {
        return AllegroClient.all(form.path("lineItems")).stream()
                .map(it -> it.path("boughtAt").asString())
                .max(String::compareTo)
                .orElseThrow();
    }

    private static String text(JsonNode form, String path) {
        var node = form;
        for (var name : path.split("\\.")) {
            node = node.path(name);
        }
        return node.asString("");
    }

    @Test
    void listsEachOrderOnceNewestFirst() {
        assertThat(everything).extracting(it -> text(it, "id")).doesNotHaveDuplicates();
        assertThat(everything.stream().map(it -> text(it, "id")).collect(toSet()))
                .isEqualTo(sandbox.allegro().orders(0, false).map(it -> it.id()).collect(toSet()));
        assertThat(everything.reversed())
                .extracting(CheckoutFormTests::boughtAt)
                .isSorted();
    }

    @Test
    void sortsAsAsked() {
        assertThat(all("&sort=lineItems.boughtAt")).isEqualTo(everything.reversed());
        assertThat(all("&sort=updatedAt"))
                .extracting(it -> text(it, "updatedAt"))
                .isSorted();
        assertThat(all("&sort=-updatedAt").reversed())
                .extracting(it -> text(it, "updatedAt"))
                .isSorted();
    }

    @Test
    void theListAndTheSingleOrderTellTheSame() {
        for (var i = 0; i < everything.size(); i += 97) {
            var form = everything.get(i);
            assertThat(client.ok("/order/checkout-forms/" + text(form, "id"))).isEqualTo(form);
        }
    }

    @Test
    void windowsIncludeBothEnds() {
        var from = boughtAt(everything.get(40));
        var to = boughtAt(everything.get(20));

        var window = all("&lineItems.boughtAt.gte=" + from + "&lineItems.boughtAt.lte=" + to);

        assertThat(window).isEqualTo(everything.subList(20, 41));
        var withOffset = "&lineItems.boughtAt.gte=" + AllegroClient.encoded(from.replace("Z", "+00:00"))
                + "&lineItems.boughtAt.lte=" + to;
        assertThat(all(withOffset)).isEqualTo(window);
    }

    @Test
    void filtersByUpdate() {
        var from = sandbox.now().minusSeconds(20 * 86_400).toString();
        var expected = everything.stream()
                .filter(it -> text(it, "updatedAt").compareTo(from) >= 0)
                .toList();

        assertThat(all("&updatedAt.gte=" + from)).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void filtersByWhatAnOrderSays() {
        var sample = everything.stream()
                .filter(it -> !it.path("surcharges").isEmpty())
                .findFirst()
                .orElseThrow();
        for (var path : List.of(
                "status",
                "fulfillment.status",
                "fulfillment.provider.id",
                "fulfillment.shipmentSummary.lineItemsSent",
                "payment.id",
                "delivery.method.id",
                "buyer.login",
                "marketplace.id")) {
            var value = text(sample, path);
            var expected = everything.stream()
                    .filter(it -> text(it, path).equals(value))
                    .toList();
            assertThat(all("&" + path + "=" + AllegroClient.encoded(value)))
                    .as(path)
                    .isEqualTo(expected)
                    .isNotEmpty();
        }
        assertThat(all("&surcharges.id=" + text(sample.path("surcharges").path(0), "id")))
                .containsExactly(sample);
        assertThat(all("&status=FILLED_IN&status=CANCELLED").stream()
                        .map(it -> text(it, "status"))
                        .collect(toSet()))
                .isEqualTo(Set.of("FILLED_IN", "CANCELLED"));
    }

    @Test
    void everyOrderHasWhatTheDescriptionRequires() {
        for (var form : everything) {
            assertThat(form.propertyNames())
                    .contains(
                            "id",
                            "revision",
                            "updatedAt",
                            "status",
                            "messageToSeller",
                            "note",
                            "marketplace",
                            "buyer",
                            "payment",
                            "surcharges",
                            "codBookedPayments",
                            "fulfillment",
                            "delivery",
                            "invoice",
                            "lineItems",
                            "summary");
            assertThat(text(form, "status")).isIn("BOUGHT", "FILLED_IN", "READY_FOR_PROCESSING", "CANCELLED");
            assertThat(text(form, "fulfillment.status")).isIn("NEW", "PROCESSING", "SENT", "PICKED_UP");
            assertThat(form.path("payment").isNull())
                    .isEqualTo(form.path("delivery").isNull());
            if (!form.path("payment").isNull()) {
                assertThat(text(form, "payment.type")).isIn("CASH_ON_DELIVERY", "ONLINE");
                assertThat(text(form, "payment.provider")).isIn("PAYU", "P24", "OFFLINE");
            }
            for (var line : AllegroClient.all(form.path("lineItems"))) {
                assertThat(line.path("quantity").isNumber()).isTrue();
                assertThat(text(line, "price.amount")).matches("\\d+\\.\\d\\d");
                assertThat(text(line, "boughtAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            }
        }
    }

    @Test
    void theSumIsTheSumOfItsParts() {
        for (var form : everything) {
            var sum = new BigDecimal(form.path("delivery").isNull() ? "0" : text(form, "delivery.cost.amount"));
            for (var line : AllegroClient.all(form.path("lineItems"))) {
                var unit = new BigDecimal(text(line, "price.amount"));
                if (!line.path("deposit").isNull()) {
                    unit = unit.add(new BigDecimal(text(line, "deposit.price.amount")));
                }
                sum = sum.add(
                        unit.multiply(BigDecimal.valueOf(line.path("quantity").asInt())));
                for (var service : AllegroClient.all(line.path("selectedAdditionalServices"))) {
                    sum = sum.add(new BigDecimal(text(service, "price.amount")));
                }
                for (var voucher : AllegroClient.all(line.path("vouchers"))) {
                    sum = sum.subtract(new BigDecimal(text(voucher, "value.amount")));
                }
            }
            assertThat(new BigDecimal(text(form, "summary.totalToPay.amount"))).isEqualByComparingTo(sum);
        }
    }

    @Test
    void ordersAreOfEveryKind() {
        var seen = new HashSet<String>();
        for (var form : everything) {
            see(seen, "guest", form.path("buyer").path("guest").asBoolean());
            see(
                    seen,
                    "company with tax id",
                    text(form, "invoice.address.company.ids").isEmpty()
                            && form.path("invoice")
                                            .path("address")
                                            .path("company")
                                            .path("ids")
                                            .size()
                                    > 0);
            see(
                    seen,
                    "person with invoice",
                    form.path("invoice").path("address").path("naturalPerson").isObject());
            see(seen, "pickup point", form.path("delivery").path("pickupPoint").isObject());
            see(seen, "cash", text(form, "payment.type").equals("CASH_ON_DELIVERY"));
            see(seen, "booked cash", !form.path("codBookedPayments").isEmpty());
            see(seen, "no payment yet", form.path("payment").isNull());
            see(seen, "surcharge", !form.path("surcharges").isEmpty());
            see(seen, "many lines", form.path("lineItems").size() > 2);
            see(
                    seen,
                    "diacritics",
                    text(form, "buyer.lastName").contains("ź")
                            || text(form, "buyer.lastName").contains("ą"));
            see(
                    seen,
                    "other currency",
                    !text(form, "summary.totalToPay.currency").equals("PLN"));
            see(seen, "message", !text(form, "messageToSeller").isEmpty());
            see(seen, "cancelled", form.path("delivery").path("cancellation").isObject());
            see(
                    seen,
                    "changed address",
                    !text(form, "delivery.address.modifiedAt").isEmpty());
            for (var line : AllegroClient.all(form.path("lineItems"))) {
                see(seen, "voucher", !line.path("vouchers").isEmpty());
                see(seen, "service", !line.path("selectedAdditionalServices").isEmpty());
                see(seen, "deposit", line.path("deposit").isObject());
                see(seen, "no tax", line.path("tax").isNull());
                see(seen, "no SKU", line.path("offer").path("external").isNull());
                see(seen, "leading zero", text(line, "offer.external.id").startsWith("00"));
                see(seen, "quote", text(line, "offer.name").contains("\""));
                see(seen, "semicolon", text(line, "offer.name").contains(";"));
                see(seen, "formula", text(line, "offer.name").contains("="));
                see(seen, "discount", !line.path("discounts").isEmpty());
                see(seen, "large quantity", line.path("quantity").asInt() > 9);
            }
        }
        assertThat(seen).hasSize(25);
    }

    private static void see(Set<String> seen, String what, boolean there) {
        if (there) {
            seen.add(what);
        }
    }
}
