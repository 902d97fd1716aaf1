package dev.kontor.sandbox.wix;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Person;

/** Writes an order as Wix does. */
record OrderDocument(SiteStory story, Sales sales, List<Article> articles, IntFunction<Person> people) {

    private static final String STORES = "215238eb-22a5-4c36-9e7b-e7c08025e04e";
    private static final String CURRENCY = "PLN";
    private static final BigDecimal TAX = new BigDecimal("0.23");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    /** @param catalog that the site ran when the order was made */
    ObjectNode of(Sale sale, String catalog) {
        var key = sale.key();
        var dice = Dice.of(story.seed(), "wix order", key);
        var buyer = dice.below(story.buyers());
        var person = people.apply(buyer);
        var order = object();
        order.put("id", sales.id(key).toString());
        order.put("number", number(key));
        order.put("createdDate", time(sale.createdAt()));
        order.put("updatedDate", time(sale.now().at()));
        order.put("purchasedDate", time(sale.createdAt()));
        order.put("status", sale.now().status());
        order.put("paymentStatus", sale.now().payment());
        order.put("fulfillmentStatus", sale.now().fulfillment());
        order.put("archived", false).put("imported", false).put("currency", CURRENCY);
        order.put("taxIncludedInPrices", true).put("weightUnit", "KG");
        order.put("buyerLanguage", "pl").put("siteLanguage", "pl").put("seenByAHuman", false);
        order.put("checkoutId", Dice.uuid(story.seed(), "wix checkout", key).toString());
        order.putObject("channelInfo").put("type", dice.chance(0.97) ? "WEB" : "POS");
        order.putObject("buyerInfo")
                .put("contactId", contact(buyer).toString())
                .put("visitorId", Dice.uuid(story.seed(), "wix visitor", key).toString())
                .put("email", email(person, buyer));
        if (dice.chance(0.1)) {
            order.put("buyerNote", "Proszę zadzwonić: " + person.firstName());
        }
        var total = lines(order, sale, catalog.equals("V1_CATALOG"));
        total(order, total, sale);
        contact(order.putObject("billingInfo"), person);
        contact(order.putObject("recipientInfo"), person);
        shipping(order.putObject("shippingInfo"), person);
        order.putArray("appliedDiscounts");
        order.putArray("additionalFees");
        order.putArray("customFields");
        var activities = order.putArray("activities");
        for (var stage : sale.stages()) {
            activities
                    .addObject()
                    .put("id", Dice.uuid(stage.at(), stage.activity(), key).toString())
                    .put("createdDate", time(stage.at()))
                    .put("activityType", stage.activity());
        }
        return order;
    }

    /** Shown to people; goes up with time as far as the story is concerned. */
    String number(int key) {
        return Integer.toString(key >= Sales.EXTRA ? 500_001 + key - Sales.EXTRA : 10_001 + key);
    }

    private long lines(ObjectNode order, Sale sale, boolean older) {
        var lines = order.putArray("lineItems");
        var restocked = sale.now().cancelled() && sales.restocks(sale.key());
        var index = 0;
        long total = 0;
        for (var taken : sales.basket(sale.key())) {
            var article = articles.get(taken.article());
            var goods = article.goods();
            var quantity = taken.quantity();
            var sum = goods.price() * quantity;
            total += sum;
            var line = lines.addObject();
            line.put("id", "00000000-0000-0000-0000-%012d".formatted(++index));
            line.putObject("productName").put("original", article.name()).put("translated", article.name());
            var reference = line.putObject("catalogReference")
                    .put("catalogItemId", article.productId())
                    .put("appId", STORES);
            if (!older || article.managed()) {
                reference
                        .putObject("options")
                        .put("variantId", article.variant().toString());
            }
            line.put("quantity", quantity).put("refundQuantity", 0).put("restockQuantity", restocked ? quantity : 0);
            line.putObject("itemType").put("preset", "PHYSICAL");
            var physical = line.putObject("physicalProperties").put("shippable", true);
            if (goods.sku() != null) {
                physical.put("sku", goods.sku());
            }
            line.put("paymentOption", "FULL_PAYMENT_ONLINE");
            money(line, "price", goods.price());
            money(line, "priceBeforeDiscounts", goods.price());
            money(line, "totalDiscount", 0);
            money(line, "totalPriceBeforeTax", sum - tax(sum));
            money(line, "totalPriceAfterTax", sum);
            money(line, "lineItemPrice", sum);
            var tax = line.putObject("taxInfo").put("taxRate", TAX.toPlainString());
            money(tax, "taxAmount", tax(sum));
            money(tax, "taxableAmount", sum - tax(sum));
        }
        return total;
    }

    private static void total(ObjectNode order, long goods, Sale sale) {
        var shipping = 1_200;
        var all = goods + shipping;
        var summary = order.putObject("priceSummary");
        money(summary, "subtotal", goods);
        money(summary, "shipping", shipping);
        money(summary, "tax", tax(goods));
        money(summary, "discount", 0);
        money(summary, "totalAdditionalFees", 0);
        money(summary, "total", all);
        var paid = sale.now().payment().equals("NOT_PAID") ? 0 : all;
        var balance = order.putObject("balanceSummary");
        money(balance, "balance", all - paid);
        money(balance, "paid", paid);
        money(balance, "refunded", sale.now().payment().equals("FULLY_REFUNDED") ? all : 0);
    }

    private static void contact(ObjectNode holder, Person person) {
        address(holder.putObject("address"), person);
        var details = holder.putObject("contactDetails")
                .put("firstName", person.firstName())
                .put("lastName", person.lastName());
        if (person.phone() != null) {
            details.put("phone", person.phone());
        }
        if (person.company() != null) {
            details.put("company", person.company());
            details.putObject("vatId").put("id", person.taxId()).put("type", "UNSPECIFIED");
        }
    }

    private static void address(ObjectNode address, Person person) {
        address.put("country", person.country())
                .put("city", person.city())
                .put("postalCode", person.zipCode())
                .put("addressLine", person.street());
    }

    private static void shipping(ObjectNode shipping, Person person) {
        shipping.put("code", "std").put("title", "Kurier");
        var logistics = shipping.putObject("logistics").put("deliveryTime", "2 dni");
        contact(logistics.putObject("shippingDestination"), person);
        money(shipping.putObject("cost"), "price", 1_200);
    }

    private static long tax(long gross) {
        return BigDecimal.valueOf(gross)
                .multiply(TAX)
                .divide(BigDecimal.ONE.add(TAX), 0, RoundingMode.HALF_UP)
                .longValue();
    }

    private static void money(ObjectNode parent, String name, long hundredths) {
        var amount = BigDecimal.valueOf(hundredths, 2).toPlainString();
        parent.putObject(name).put("amount", amount).put("formattedAmount", amount.replace('.', ',') + " zł");
    }

    private UUID contact(int buyer) {
        return Dice.uuid(story.seed(), "wix contact", buyer);
    }

    private static String email(Person person, int buyer) {
        return Integer.toUnsignedString(person.lastName().hashCode(), 36) + buyer + "@example.org";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
