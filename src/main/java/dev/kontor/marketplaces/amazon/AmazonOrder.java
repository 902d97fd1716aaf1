package dev.kontor.marketplaces.amazon;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.FirstSign;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.MarketplaceOrder.Buyer;
import dev.kontor.marketplaces.MarketplaceOrder.Line;
import dev.kontor.marketplaces.Money;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.UnreadableField;

/** An order as Amazon writes it. */
final class AmazonOrder {

    static final String PLACED = "createdTime";
    static final String CHANGED = "lastUpdatedTime";

    /** What an amount is in that an order does not tell yet. */
    private static final Map<String, String> CURRENCIES = Map.ofEntries(
            Map.entry("A1PA6795UKMFR9", "EUR"), // Germany
            Map.entry("A13V1IB3VIYZZH", "EUR"), // France
            Map.entry("A1RKKUPIHCS9HS", "EUR"), // Spain
            Map.entry("APJ6JRA9NG5V4", "EUR"), // Italy
            Map.entry("A1805IZSGTT6HS", "EUR"), // the Netherlands
            Map.entry("AMEN7PMS3EDWL", "EUR"), // Belgium
            Map.entry("A1C3SOZRARQ6R3", "PLN"),
            Map.entry("A2NODRKZP88ZB9", "SEK"),
            Map.entry("A1F83G8C2ARO7P", "GBP"),
            Map.entry("ATVPDKIKX0DER", "USD"),
            Map.entry("A2EUQ1WTGCTBG2", "CAD"),
            Map.entry("A1AM78C64UM0Y8", "MXN"),
            Map.entry("A1VC38T7YXB528", "JPY"));

    private static final String NO_CURRENCY = "XXX";

    /** What is not told counts as nothing. */
    static final Money UNTOLD = new Money(BigDecimal.ZERO, NO_CURRENCY);

    private AmazonOrder() {}

    /** @throws UnreadableField when something is missing, or beyond reason, without which an order makes no sense */
    static MarketplaceOrder read(JsonNode json, Instant asOf) {
        try {
            return order(json, asOf);
        } catch (IllegalArgumentException e) {
            throw new UnreadableField(String.valueOf(e.getMessage()));
        }
    }

    /** Null where it cannot be read, which costs the time that a reading takes. */
    static @Nullable FirstSign sign(JsonNode json) {
        return Fields.ifReadable(() -> FirstSign.of(order(json, Instant.EPOCH)));
    }

    /** The account's name of an order's line. */
    static String line(String order, String item) {
        return order + "/" + item;
    }

    private static MarketplaceOrder order(JsonNode json, Instant asOf) {
        if (!(json instanceof ObjectNode document)) {
            throw new UnreadableField("the order", "is not an object");
        }
        var order = new Fields(document, "");
        var id = order.at("orderId").text();
        var fulfillment = order.at("fulfillment");
        var status = new AmazonStatus(fulfillment.at("fulfillmentStatus").optionalText(), delivered(order));
        var currency = currency(order);
        var byAmazon = "AMAZON".equals(fulfillment.at("fulfilledBy").optionalText());
        var lines = new ArrayList<Line>();
        var items = order.at("orderItems").array();
        for (int index = 0; index < items.node().size(); index++) {
            lines.add(line(id, items.at(index), currency, byAmazon));
        }
        if (lines.isEmpty()) {
            throw new UnreadableField("orderItems", "is empty");
        }
        return new MarketplaceOrder(
                id,
                id,
                status.canonical(),
                status.text(),
                order.at(PLACED).time(),
                order.at(CHANGED).time(),
                money(order.at("proceeds").at("grandTotal"), currency),
                lines,
                null,
                asOf,
                new Buyer(null, searchable(order)),
                document);
    }

    private static boolean delivered(Fields order) {
        var packages = order.at("packages").node();
        return !packages.isEmpty()
                && packages.valueStream()
                        .allMatch(parcel -> parcel.path("packageStatus")
                                .path("status")
                                .asString("")
                                .equals("DELIVERED"));
    }

    /** While an order is pending no price is told, and it counts as nothing until there is one. */
    private static Money money(Fields amount, String currency) {
        return amount.present()
                ? amount.at("amount").money(amount.at("currencyCode"))
                : new Money(BigDecimal.ZERO, currency);
    }

    private static String currency(Fields order) {
        var marketplace = order.at("salesChannel").at("marketplaceId").optionalText();
        return marketplace == null ? NO_CURRENCY : CURRENCIES.getOrDefault(marketplace, NO_CURRENCY);
    }

    /** By the SKU the seller's listing is known in the whole region. */
    private static Line line(String order, Fields item, String currency, boolean byAmazon) {
        var product = item.at("product");
        var sku = product.at("sellerSku").optionalText();
        var title = product.at("title").optionalText();
        return new Line(
                line(order, item.at("orderItemId").text()),
                sku == null ? "" : sku,
                sku,
                title == null ? "" : title,
                quantity(item),
                money(product.at("price").at("unitPrice"), currency),
                byAmazon);
    }

    /** What was cancelled is not to be shipped any more, whatever was ordered. */
    private static BigDecimal quantity(Fields item) {
        var fulfilled = item.at("fulfillment").at("quantityFulfilled");
        var cancelled = item.at("cancellation").at("cancellationExecution").present();
        return cancelled && fulfilled.present()
                ? fulfilled.number()
                : item.at("quantityOrdered").number();
    }

    private static List<String> searchable(Fields order) {
        var words = new LinkedHashSet<String>();
        Stream.of(
                        named(order.at("buyer"), "buyerName", "buyerEmail", "buyerCompanyName"),
                        named(order.at("recipient").at("deliveryAddress"), "name", "companyName", "phone"))
                .flatMap(List::stream)
                .forEach(words::add);
        return List.copyOf(words);
    }

    /** Only words to search by: one in an odd form is left out, and does not cost the order. */
    private static List<String> named(Fields parent, String... names) {
        return Stream.of(names)
                .map(name -> parent.at(name).node())
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isBlank() && !text.equals(DocumentFields.MASK))
                .toList();
    }
}
