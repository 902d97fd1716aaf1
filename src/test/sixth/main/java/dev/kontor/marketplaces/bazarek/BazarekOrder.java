package dev.kontor.marketplaces.bazarek;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.MarketplaceOrder.Buyer;
import dev.kontor.marketplaces.MarketplaceOrder.Line;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.UnreadableField;

/** An order as Bazarek writes it. */
final class BazarekOrder {

    static final DocumentFields FIELDS = new DocumentFields(
            Set.of(
                    "id",
                    "placedAt",
                    "changedAt",
                    "version",
                    "status",
                    "currency",
                    "total",
                    "delivery.method",
                    "delivery.country",
                    "lines[].id",
                    "lines[].listing",
                    "lines[].sku",
                    "lines[].name",
                    "lines[].quantity",
                    "lines[].price"),
            Set.of(
                    "note",
                    "buyer.id",
                    "buyer.login",
                    "buyer.name",
                    "buyer.email",
                    "buyer.phone",
                    "delivery.street",
                    "delivery.city",
                    "delivery.zip"));

    private BazarekOrder() {}

    /** @throws UnreadableField when something is missing, or beyond reason, without which an order makes no sense */
    static MarketplaceOrder read(JsonNode json, Instant asOf) {
        if (!(json instanceof ObjectNode document)) {
            throw new UnreadableField("the order", "is not an object");
        }
        try {
            return order(document, new Fields(document, ""), asOf);
        } catch (IllegalArgumentException e) {
            throw new UnreadableField(String.valueOf(e.getMessage()));
        }
    }

    private static MarketplaceOrder order(ObjectNode document, Fields order, Instant asOf) {
        var id = order.at("id").text();
        var status = order.at("status").text();
        var currency = order.at("currency");
        return new MarketplaceOrder(
                id,
                id,
                status(status),
                status,
                order.at("placedAt").time(),
                order.at("changedAt").optionalTime(),
                order.at("total").money(currency),
                lines(order.at("lines").array(), currency),
                order.at("version").number().toPlainString(),
                asOf,
                new Buyer(buyer(document), searchable(order.at("buyer"))),
                document);
    }

    private static OrderStatus status(String status) {
        return switch (status) {
            case "NEW" -> OrderStatus.UNPAID;
            case "PAID" -> OrderStatus.READY;
            case "SENT" -> OrderStatus.SHIPPED;
            case "DELIVERED" -> OrderStatus.DELIVERED;
            case "CANCELLED" -> OrderStatus.CANCELLED;
            default -> OrderStatus.UNKNOWN;
        };
    }

    private static List<Line> lines(Fields lines, Fields currency) {
        var read = new ArrayList<Line>();
        for (var index = 0; index < lines.node().size(); index++) {
            var line = lines.at(index);
            read.add(new Line(
                    line.at("id").text(),
                    line.at("listing").text(),
                    line.at("sku").optionalText(),
                    line.at("name").text(),
                    line.at("quantity").number(),
                    line.at("price").money(currency)));
        }
        return read;
    }

    /** Of whom an order tells, even where nothing else can be read. */
    private static @Nullable String buyer(JsonNode order) {
        var id = order.path("buyer").path("id").asString("");
        return id.isEmpty() || id.equals(DocumentFields.MASK) ? null : id;
    }

    private static List<String> searchable(Fields buyer) {
        return Stream.of("login", "name", "email", "phone")
                .map(name -> buyer.at(name).optionalText())
                .flatMap(Stream::ofNullable)
                .filter(text -> !text.isBlank() && !text.equals(DocumentFields.MASK))
                .toList();
    }

    static UnreadableRecord unreadable(JsonNode order, UnreadableField field) {
        var id = order.path("id").asString("");
        return new UnreadableRecord("order", id.isEmpty() ? null : id, field.reason(), order.toString(), buyer(order));
    }
}
