package dev.kontor.sandbox.allegro;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static dev.kontor.sandbox.allegro.Json.array;
import static dev.kontor.sandbox.allegro.Json.money;
import static dev.kontor.sandbox.allegro.Json.object;

/** Renders line items: short ones for events, full ones for checkout forms. */
final class LineDocument {

    private final String currency;

    LineDocument(String currency) {
        this.currency = currency;
    }

    ObjectNode brief(Line line) {
        return object().put("id", line.id().toString())
                .set("offer", offer(line))
                .put("quantity", line.quantity())
                .set("originalPrice", money(line.originalPrice(), currency))
                .set("price", money(line.price(), currency))
                .put("boughtAt", Json.time(line.boughtAt()));
    }

    ObjectNode full(Line line) {
        var node = brief(line);
        node.withObject("offer").set("productSet", productSet(line)).putNull("hsNumber");
        var unitDeposit = line.depositPrice();
        node.set("deposit", unitDeposit == 0 ? null : object().set("price", money(unitDeposit, currency)));
        node.set("reconciliation", line.walletValue() == 0 ? null : reconciliation(line));
        node.set("selectedAdditionalServices", services(line));
        node.set("vouchers", vouchers(line));
        node.set("tax", line.special() == Line.Special.NO_TAX ? null : tax(line));
        node.set("discounts", discounts(line));
        node.set("serialNumbers", serialNumbers(line));
        return node;
    }

    private static ObjectNode offer(Line line) {
        var product = line.product();
        var offer = object().put("id", product.offerId()).put("name", product.name());
        offer.set("external", product.sku() == null ? null : Json.id(product.sku()));
        return offer;
    }

    private static ObjectNode productSet(Line line) {
        var product = Json.id(line.product().productId().toString()).put("quantity", 1);
        return object().set("products", array().add(product));
    }

    private ObjectNode reconciliation(Line line) {
        return object().set("value", money(line.walletValue(), currency))
                .put("type", "WALLET")
                .put("quantity", line.quantity());
    }

    private JsonNode services(Line line) {
        var services = array();
        if (line.servicePrice() > 0) {
            services.add(object().put("definitionId", "GIFT_WRAP")
                    .put("name", "Pakowanie na prezent")
                    .set("price", money(line.servicePrice(), currency))
                    .put("quantity", 1));
        }
        return services;
    }

    private JsonNode vouchers(Line line) {
        var vouchers = array();
        if (line.voucherValue() > 0) {
            vouchers.add(object().put("code", "NDN-" + line.id().toString().substring(0, 8))
                    .put("type", "NOTEBOOKS_FOR_TEACHERS")
                    .put("status", "ACTIVE")
                    .put("externalTransactionId", line.id().toString().substring(9, 23))
                    .set("value", money(line.voucherValue(), currency)));
        }
        return vouchers;
    }

    private static ObjectNode tax(Line line) {
        return object().put("rate", line.product().taxRate())
                .put("subject", "GOODS")
                .putNull("exemption");
    }

    private static JsonNode discounts(Line line) {
        var discounts = array();
        if (line.price() < line.originalPrice()) {
            discounts.add(object().put("type", line.quantity() > 4 ? "WHOLESALE_PRICE_LIST" : "COUPON"));
        }
        return discounts;
    }

    private static ObjectNode serialNumbers(Line line) {
        var expected = line.special() == Line.Special.SERIAL_NUMBERS;
        var entries = array();
        if (expected) {
            entries.add(object().put("value", "SN00" + line.product().offerId()).put("returned", false));
        }
        return object().put("expected", expected).set("entries", entries);
    }
}
