package dev.kontor.marketplaces.wix;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

/** An order as Wix writes it. */
final class WixOrder {

    /** By which orders are listed: the purchase may be one of another system, imported later. */
    static final String PLACED = "createdDate";

    static final String CHANGED = "updatedDate";

    private WixOrder() {}

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

    private static MarketplaceOrder order(JsonNode json, Instant asOf) {
        if (!(json instanceof ObjectNode document)) {
            throw new UnreadableField("the order", "is not an object");
        }
        var order = new Fields(document, "");
        var id = order.at("id").text();
        var number = order.at("number").optionalText();
        var currency = order.at("currency");
        var status = new WixStatus(
                order.at("status").text(),
                order.at("paymentStatus").optionalText(),
                order.at("fulfillmentStatus").optionalText());
        var lines = new ArrayList<Line>();
        var items = order.at("lineItems").array();
        for (int index = 0; index < items.node().size(); index++) {
            lines.add(line(id, items.at(index), currency));
        }
        if (lines.isEmpty()) {
            throw new UnreadableField("lineItems", "is empty");
        }
        return new MarketplaceOrder(
                id,
                number == null || number.isBlank() ? id : number,
                status.canonical(),
                status.text(),
                order.at(PLACED).time(),
                order.at(CHANGED).time(),
                money(order.at("priceSummary").at("total"), currency),
                lines,
                null,
                asOf,
                buyer(order),
                document);
    }

    /** The currency is told once for the whole order. */
    private static Money money(Fields amount, Fields currency) {
        return amount.at("amount").money(currency);
    }

    /** Ids of lines are numbers within their order. */
    private static Line line(String order, Fields item, Fields currency) {
        var name = item.at("productName").at("original").optionalText();
        var fraction = item.at("decimalQuantity").at("value");
        return new Line(
                order + "/" + item.at("id").text(),
                offer(item.at("catalogReference")),
                item.at("physicalProperties").at("sku").optionalText(),
                name == null ? "" : name,
                (fraction.present() ? fraction : item.at("quantity")).number(),
                money(item.at("price"), currency));
    }

    /** A product, with its variant where one is managed; nothing for a line that is not of any catalog. */
    private static String offer(Fields reference) {
        var product = reference.at("catalogItemId").optionalText();
        var variant = reference.at("options").at("variantId").optionalText();
        return product == null ? "" : VariantId.of(product, variant).text();
    }

    /** Of whom an order tells, even where nothing else can be read. */
    static @Nullable String buyer(JsonNode json) {
        var id = json.path("buyerInfo").path("contactId");
        return id.isString() && !id.stringValue().isBlank() && !DocumentFields.MASK.equals(id.stringValue())
                ? id.stringValue()
                : null;
    }

    private static Buyer buyer(Fields order) {
        var searchable = new LinkedHashSet<String>();
        Stream.of(
                        named(order.at("buyerInfo"), "email"),
                        contact(order.at("billingInfo")),
                        contact(order.at("recipientInfo")),
                        contact(order.at("shippingInfo").at("logistics").at("shippingDestination")))
                .flatMap(List::stream)
                .forEach(searchable::add);
        return new Buyer(buyer(order.node()), List.copyOf(searchable));
    }

    private static List<String> contact(Fields holder) {
        return named(holder.at("contactDetails"), "firstName", "lastName", "company", "phone");
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
