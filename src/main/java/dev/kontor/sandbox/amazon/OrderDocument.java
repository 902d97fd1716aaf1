package dev.kontor.sandbox.amazon;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Goods;
import dev.kontor.sandbox.world.Person;

/** Writes an order as Amazon does: no price and no name as long as it is pending. */
record OrderDocument(AmazonStory story, Purchases purchases, IntFunction<Goods> catalog, IntFunction<Person> people) {

    private static final Map<String, String> COUNTRIES =
            Map.of("A1C3SOZRARQ6R3", "PL", "A1PA6795UKMFR9", "DE", "A1F83G8C2ARO7P", "UK", "ATVPDKIKX0DER", "US");

    /** What is asked for by name, and where it stands in an order. */
    static final Map<String, Set<String>> DATA = Map.ofEntries(
            Map.entry("BUYER", Set.of("buyer")),
            Map.entry("RECIPIENT", Set.of("recipient")),
            Map.entry("PROCEEDS", Set.of("proceeds")),
            Map.entry("EXPENSE", Set.of("expense")),
            Map.entry("PROMOTION", Set.of("promotion")),
            Map.entry("CANCELLATION", Set.of("cancellation")),
            Map.entry("FULFILLMENT", Set.of("fulfillment")),
            Map.entry("PACKAGES", Set.of("packages")),
            Map.entry("TAX", Set.of("tax")),
            Map.entry("PAYMENT", Set.of("payment")),
            Map.entry("FULFILLMENT_ORDERS", Set.of("fulfillmentOrders")));

    static String country(String marketplace) {
        return COUNTRIES.getOrDefault(marketplace, "PL");
    }

    static String currency(String marketplace) {
        return country(marketplace).equals("PL") ? "PLN" : "EUR";
    }

    /** Amazon tells whole seconds. */
    static Instant time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The seller's id of what he sends himself, and of what he has sent to Amazon's warehouses. */
    static String sku(Goods goods, int index, boolean fba) {
        var sku = goods.sku() == null ? "AMZ-" + index : goods.sku();
        return fba ? sku + "-FBA" : sku;
    }

    static String asin(Goods goods) {
        var text = Long.toString(Dice.mix(goods.id().getMostSignificantBits()) >>> 1, 36)
                .toUpperCase(Locale.ROOT);
        return "B0" + "00000000".concat(text).substring(text.length());
    }

    ObjectNode of(Purchase purchase) {
        var order = JsonNodeFactory.instance.objectNode();
        var marketplace = purchase.marketplace();
        var now = purchase.now();
        var told = !now.status().equals(Step.PENDING);
        order.put("orderId", purchases.id(purchase.key()));
        order.putArray("orderAliases");
        order.put("createdTime", time(purchase.createdAt()).toString());
        order.put("lastUpdatedTime", time(now.at()).toString());
        order.putArray("programs");
        order.putArray("associatedOrders");
        order.putObject("salesChannel")
                .put("channelName", "AMAZON")
                .put("marketplaceId", marketplace)
                .put("marketplaceName", "Amazon." + country(marketplace).toLowerCase(Locale.ROOT));
        if (told) {
            person(order, purchase);
            money(order.putObject("proceeds"), "grandTotal", total(purchase), marketplace);
        }
        fulfillment(order.putObject("fulfillment"), purchase);
        var items = order.putArray("orderItems");
        for (var index = 0; index < purchase.parts().size(); index++) {
            item(items.addObject(), purchase, index, told);
        }
        if (!purchase.fba() && now.shipped() > 0) {
            parcel(order.putArray("packages").addObject(), purchase);
        }
        return order;
    }

    private void person(ObjectNode order, Purchase purchase) {
        var index = Dice.of(story.seed(), "amazon buyer", purchase.key()).below(story.buyers());
        var person = people.apply(index);
        var name = person.firstName() + " " + person.lastName();
        var buyer = order.putObject("buyer").put("buyerName", name);
        var address = order.putObject("recipient").putObject("deliveryAddress");
        address.put("city", person.city())
                .put("postalCode", person.zipCode())
                .put("countryCode", country(purchase.marketplace()));
        if (purchase.fba()) {
            return;
        }
        var masked = Long.toString(Dice.hash(story.seed(), "amazon email", index) >>> 1, 36);
        buyer.put("buyerEmail", masked + "@marketplace.amazon.example");
        address.put("name", name).put("addressLine1", person.street()).put("addressType", "RESIDENTIAL");
        if (person.phone() != null) {
            address.put("phone", person.phone());
        }
        if (person.company() != null) {
            buyer.put("buyerCompanyName", person.company());
            address.put("companyName", person.company());
        }
    }

    private static void fulfillment(ObjectNode fulfillment, Purchase purchase) {
        fulfillment
                .put("fulfillmentStatus", purchase.now().status())
                .put("fulfilledBy", purchase.fba() ? "AMAZON" : "MERCHANT")
                .put("fulfillmentServiceLevel", "STANDARD");
        var begin = time(purchase.createdAt());
        fulfillment
                .putObject("shipByWindow")
                .put("earliestDateTime", begin.toString())
                .put("latestDateTime", begin.plus(2, ChronoUnit.DAYS).toString());
    }

    private void item(ObjectNode item, Purchase purchase, int index, boolean told) {
        var part = purchase.parts().get(index);
        var goods = catalog.apply(part.goods());
        var cancelled = purchase.now().status().equals(Step.CANCELLED);
        var shipped = shipped(purchase, index);
        item.put("orderItemId", itemId(purchase, index));
        item.put("quantityOrdered", part.quantity());
        var product = item.putObject("product")
                .put("asin", asin(goods))
                .put("title", goods.name())
                .put("sellerSku", sku(goods, part.goods(), purchase.fba()));
        product.putObject("condition").put("conditionType", "NEW").put("conditionSubtype", "NEW");
        if (told) {
            money(
                    product.putObject("price"),
                    "unitPrice",
                    price(goods, purchase.marketplace()),
                    purchase.marketplace());
            money(
                    item.putObject("proceeds"),
                    "proceedsTotal",
                    price(goods, purchase.marketplace()) * part.quantity(),
                    purchase.marketplace());
        }
        if (cancelled) {
            item.putObject("cancellation")
                    .putObject("cancellationExecution")
                    .put("cancelledBy", "BUYER")
                    .put("cancelReason", "Ordered by mistake");
        }
        item.putObject("fulfillment")
                .put("quantityFulfilled", shipped)
                .put("quantityUnfulfilled", cancelled ? 0 : part.quantity() - shipped);
    }

    /** What a notification tells of an order's goods. */
    void announce(ArrayNode items, Purchase purchase) {
        for (var index = 0; index < purchase.parts().size(); index++) {
            var part = purchase.parts().get(index);
            items.addObject()
                    .put("OrderItemId", itemId(purchase, index))
                    .put("SellerSKU", sku(catalog.apply(part.goods()), part.goods(), purchase.fba()))
                    .putNull("SupplySourceId")
                    .put("Quantity", part.quantity())
                    .put("QuantityShipped", shipped(purchase, index));
        }
    }

    private void parcel(ObjectNode parcel, Purchase purchase) {
        var step = purchase.now();
        parcel.put("packageReferenceId", "1").put("carrier", "InPost").put("shippingService", "Standard");
        parcel.put("shipTime", time(shippedAt(purchase)).toString());
        parcel.put("trackingNumber", Long.toString(Dice.hash(story.seed(), "amazon parcel", purchase.key()) >>> 1));
        parcel.putObject("packageStatus").put("status", step.delivered() ? "DELIVERED" : "IN_TRANSIT");
        var items = parcel.putArray("packageItems");
        for (var index = 0; index < purchase.parts().size(); index++) {
            if (shipped(purchase, index) > 0) {
                items.addObject().put("orderItemId", itemId(purchase, index)).put("quantity", shipped(purchase, index));
            }
        }
    }

    private static long shippedAt(Purchase purchase) {
        return purchase.steps().stream()
                .filter(step -> step.shipped() > 0)
                .findFirst()
                .orElse(purchase.now())
                .at();
    }

    private static int shipped(Purchase purchase, int index) {
        var now = purchase.now();
        if (index == 0) {
            return now.shipped();
        }
        return now.status().equals(Step.SHIPPED) ? purchase.parts().get(index).quantity() : 0;
    }

    private String itemId(Purchase purchase, int index) {
        return "%014d"
                .formatted(Math.floorMod(
                        Dice.hash(story.seed(), "amazon item " + index, purchase.key()), 100_000_000_000_000L));
    }

    private long total(Purchase purchase) {
        return purchase.parts().stream()
                .mapToLong(part -> price(catalog.apply(part.goods()), purchase.marketplace()) * part.quantity())
                .sum();
    }

    /** What costs four zloty costs a euro. */
    private static long price(Goods goods, String marketplace) {
        return currency(marketplace).equals("PLN") ? goods.price() : Math.max(1, goods.price() / 4);
    }

    private static void money(ObjectNode parent, String name, long hundredths, String marketplace) {
        parent.putObject(name)
                .put("amount", BigDecimal.valueOf(hundredths, 2).toPlainString())
                .put("currencyCode", currency(marketplace));
    }

    /** Leaves out what was not asked for. */
    static ObjectNode only(ObjectNode order, Set<String> data) {
        DATA.forEach((name, fields) -> {
            if (!data.contains(name)) {
                order.remove(fields);
                order.withArray("orderItems").forEach(item -> item.asObject().remove(fields));
            }
        });
        return order;
    }
}
