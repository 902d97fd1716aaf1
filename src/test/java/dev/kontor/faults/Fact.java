package dev.kontor.faults;

import java.math.BigDecimal;

import tools.jackson.databind.JsonNode;

import dev.kontor.sandbox.allegro.TrueOrder;

/** What must be the same in the archive as it is in truth. */
record Fact(String status, BigDecimal total, String currency, int lines) {

    static Fact of(TrueOrder order) {
        return new Fact(
                order.status() + "/" + order.fulfillment(),
                new BigDecimal(order.total()).stripTrailingZeros(),
                order.currency(),
                order.lines());
    }

    static Fact of(JsonNode order) {
        var total = order.path("total");
        return new Fact(
                order.path("marketplaceStatus").asString(),
                new BigDecimal(total.path("amount").asString()).stripTrailingZeros(),
                total.path("currency").asString(),
                order.path("lines").size());
    }
}
