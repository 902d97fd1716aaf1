package dev.kontor.marketplaces;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An order of {@link FakeMarketplace}, in its own document format.
 *
 * @param status a name of {@link OrderStatus}; any other text is a status that Kontor does not know
 * @param extra further fields of the document, which Kontor does not know
 */
public record FakeOrder(
        String id,
        String status,
        Instant placedAt,
        Instant updatedAt,
        int revision,
        FakeBuyer buyer,
        List<FakeLine> lines,
        Map<String, String> extra) {

    public record FakeBuyer(String id, String name, String email, String phone, String login) {}

    public record FakeLine(String id, String offer, String sku, String name, int quantity, String price) {}

    static final DocumentFields FIELDS = new DocumentFields(
            Set.of(
                    "id",
                    "status",
                    "placedAt",
                    "updatedAt",
                    "revision",
                    "total.amount",
                    "total.currency",
                    "buyer.id",
                    "lines[].id",
                    "lines[].offer",
                    "lines[].sku",
                    "lines[].name",
                    "lines[].quantity",
                    "lines[].price"),
            Set.of("buyer.name", "buyer.email", "buyer.phone", "buyer.login"));

    public FakeOrder {
        lines = List.copyOf(lines);
        extra = Map.copyOf(extra);
    }

    /** An order of two mugs by Anna Nowak, ready to be packed. */
    public static FakeOrder anOrder(String id, Instant placedAt) {
        return new FakeOrder(
                id,
                "READY",
                placedAt,
                placedAt,
                1,
                new FakeBuyer("buyer-" + id, "Anna Nowak", "anna." + id + "@example.com", "+48500600700", "anna_" + id),
                List.of(new FakeLine("line-" + id, "offer-1", "SKU-1", "Mug", 2, "19.99")),
                Map.of());
    }

    public FakeOrder withStatus(String newStatus) {
        return new FakeOrder(id, newStatus, placedAt, updatedAt, revision, buyer, lines, extra);
    }

    public FakeOrder withBuyer(FakeBuyer newBuyer) {
        return new FakeOrder(id, status, placedAt, updatedAt, revision, newBuyer, lines, extra);
    }

    public FakeOrder withLines(FakeLine... newLines) {
        return new FakeOrder(id, status, placedAt, updatedAt, revision, buyer, List.of(newLines), extra);
    }

    public FakeOrder withField(String name, String value) {
        var fields = new TreeMap<>(extra);
        fields.put(name, value);
        return new FakeOrder(id, status, placedAt, updatedAt, revision, buyer, lines, fields);
    }

    public FakeOrder withPlacedAt(Instant instant) {
        return new FakeOrder(id, status, instant, updatedAt, revision, buyer, lines, extra);
    }

    FakeOrder revised(Instant at) {
        return new FakeOrder(id, status, placedAt, at, revision + 1, buyer, lines, extra);
    }

    public Money total() {
        var sum = lines.stream()
                .map(line -> new BigDecimal(line.price()).multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Money(sum, "PLN");
    }

    /** What Kontor is to make of the order. */
    public MarketplaceOrder read(Instant asOf) {
        return new MarketplaceOrder(
                id,
                id,
                canonicalStatus(),
                status,
                placedAt,
                updatedAt,
                total(),
                lines.stream().map(FakeOrder::read).toList(),
                String.valueOf(revision),
                asOf,
                new MarketplaceOrder.Buyer(
                        buyer.id(), List.of(buyer.name(), buyer.email(), buyer.phone(), buyer.login())),
                document());
    }

    private OrderStatus canonicalStatus() {
        try {
            return OrderStatus.valueOf(status);
        } catch (IllegalArgumentException e) {
            return OrderStatus.UNKNOWN;
        }
    }

    private static MarketplaceOrder.Line read(FakeLine line) {
        return new MarketplaceOrder.Line(
                line.id(),
                line.offer(),
                line.sku(),
                line.name(),
                BigDecimal.valueOf(line.quantity()),
                new Money(new BigDecimal(line.price()), "PLN"));
    }

    /** The order that {@link #document} came from. */
    static FakeOrder of(ObjectNode document) {
        var buyer = document.get("buyer");
        return new FakeOrder(
                document.get("id").asString(),
                document.get("status").asString(),
                Instant.parse(document.get("placedAt").asString()),
                Instant.parse(document.get("updatedAt").asString()),
                document.get("revision").asInt(),
                new FakeBuyer(
                        buyer.get("id").asString(),
                        buyer.get("name").asString(),
                        buyer.get("email").asString(),
                        buyer.get("phone").asString(),
                        buyer.get("login").asString()),
                document.get("lines")
                        .valueStream()
                        .map(line -> new FakeLine(
                                line.get("id").asString(),
                                line.get("offer").asString(),
                                line.get("sku").asString(),
                                line.get("name").asString(),
                                line.get("quantity").asInt(),
                                line.get("price").asString()))
                        .toList(),
                Map.of());
    }

    public ObjectNode document() {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("id", id);
        document.put("status", status);
        document.put("placedAt", placedAt.toString());
        document.put("updatedAt", updatedAt.toString());
        document.put("revision", revision);
        document.putObject("total")
                .put("amount", total().amount().toPlainString())
                .put("currency", "PLN");
        document.putObject("buyer")
                .put("id", buyer.id())
                .put("name", buyer.name())
                .put("email", buyer.email())
                .put("phone", buyer.phone())
                .put("login", buyer.login());
        var array = document.putArray("lines");
        for (var line : lines) {
            array.addObject()
                    .put("id", line.id())
                    .put("offer", line.offer())
                    .put("sku", line.sku())
                    .put("name", line.name())
                    .put("quantity", line.quantity())
                    .put("price", line.price());
        }
        new TreeMap<>(extra).forEach(document::put);
        return document;
    }
}
