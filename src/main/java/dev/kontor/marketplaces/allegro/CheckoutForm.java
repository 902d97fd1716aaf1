package dev.kontor.marketplaces.allegro;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.FirstSign;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.MarketplaceOrder.Buyer;
import dev.kontor.marketplaces.MarketplaceOrder.Line;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.UnreadableField;

/** What Allegro calls an order. */
final class CheckoutForm {

    private CheckoutForm() {}

    /** @throws UnreadableField when something is missing, or beyond reason, without which an order makes no sense */
    static MarketplaceOrder read(JsonNode json, Instant asOf) {
        try {
            return order(json, asOf);
        } catch (IllegalArgumentException e) {
            throw new UnreadableField(String.valueOf(e.getMessage()));
        }
    }

    private static MarketplaceOrder order(JsonNode json, Instant asOf) {
        if (!(json instanceof ObjectNode document)) {
            throw new UnreadableField("the order", "is not an object");
        }
        var form = new Fields(document, "");
        var id = form.at("id").text();
        var status = status(form);
        var lines = new ArrayList<Line>();
        var placedAt = Instant.MIN;
        var items = form.at("lineItems").array();
        for (int index = 0; index < items.node().size(); index++) {
            var item = items.at(index);
            lines.add(line(item));
            var boughtAt = item.at("boughtAt").time();
            placedAt = boughtAt.isAfter(placedAt) ? boughtAt : placedAt; // Allegro, too, lists it by its latest
        }
        if (lines.isEmpty()) {
            throw new UnreadableField("lineItems", "is empty");
        }
        return new MarketplaceOrder(
                id,
                id,
                status.canonical(),
                status.text(),
                placedAt,
                form.at("updatedAt").optionalTime(),
                form.at("summary").at("totalToPay").money(),
                lines,
                form.at("revision").optionalText(),
                asOf,
                buyer(form),
                document);
    }

    /** Of what an event says of an order; null where that is too little, which costs the time that a reading takes. */
    static @Nullable FirstSign sign(Fields order) {
        return Fields.ifReadable(() -> {
            var lines = new ArrayList<Line>();
            var placedAt = Instant.MIN;
            var items = order.at("lineItems").array();
            for (int index = 0; index < items.node().size(); index++) {
                var item = items.at(index);
                lines.add(line(item));
                var boughtAt = item.at("boughtAt").time();
                placedAt = boughtAt.isAfter(placedAt) ? boughtAt : placedAt;
            }
            return lines.isEmpty() ? null : new FirstSign(placedAt, lines);
        });
    }

    /** When an order that cannot be read was bought, as far as that can be told. */
    static Optional<Instant> boughtAt(JsonNode json) {
        return json.path("lineItems")
                .valueStream()
                .flatMap(item -> {
                    try {
                        return Stream.of(new Fields(item.path("boughtAt"), "boughtAt").time());
                    } catch (UnreadableField e) {
                        return Stream.empty();
                    }
                })
                .max(Instant::compareTo);
    }

    /** Of whom an order tells, or what an event says of it, even where nothing else can be read. */
    static @Nullable String buyer(JsonNode json) {
        var id = json.path("buyer").path("id");
        return id.isString() && !id.stringValue().isBlank() && !DocumentFields.MASK.equals(id.stringValue())
                ? id.stringValue()
                : null;
    }

    private static AllegroStatus status(Fields form) {
        return new AllegroStatus(
                form.at("status").text(), form.at("fulfillment").at("status").optionalText());
    }

    private static Line line(Fields item) {
        var offer = item.at("offer");
        var name = offer.at("name").optionalText();
        return new Line(
                item.at("id").text(),
                offer.at("id").text(),
                offer.at("external").at("id").optionalText(),
                name == null ? "" : name,
                item.at("quantity").number(),
                item.at("price").money());
    }

    private static Buyer buyer(Fields form) {
        var buyer = form.at("buyer");
        var delivery = form.at("delivery").at("address");
        var invoice = form.at("invoice").at("address");
        var searchable = new LinkedHashSet<String>();
        Stream.of(
                        named(buyer, "firstName", "lastName", "companyName", "email", "phoneNumber", "login"),
                        named(delivery, "firstName", "lastName", "companyName", "phoneNumber"),
                        named(invoice.at("naturalPerson"), "firstName", "lastName"),
                        named(invoice.at("company"), "name"))
                .flatMap(List::stream)
                .forEach(searchable::add);
        var id = buyer.at("id").optionalText();
        return new Buyer(DocumentFields.MASK.equals(id) ? null : id, List.copyOf(searchable));
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
