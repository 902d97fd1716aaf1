package dev.kontor.sandbox.bazarek;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Fault;

/** One order of one buyer; a broken one stays so. */
record Sale(
        int number,
        Instant placedAt,
        Offer offer,
        int quantity,
        @Nullable Fault broken) {

    String id() {
        return "B-%06d".formatted(number);
    }

    Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("id", id());
        document.put("placedAt", placedAt.toString());
        document.put("changedAt", placedAt.toString());
        document.put("version", 1);
        document.put("status", broken == Fault.UNKNOWN_STATUS ? "TELEPORTED" : "PAID");
        document.put("currency", "PLN");
        document.put(
                "total", offer.price().multiply(BigDecimal.valueOf(quantity)).toPlainString());
        document.put("note", "ring twice, flat " + number);
        document.put("buyer", buyer());
        document.put(
                "delivery",
                Map.of(
                        "method",
                        "COURIER",
                        "street",
                        "Prosta " + number,
                        "city",
                        "Miasto " + number,
                        "zip",
                        "60-%03d".formatted(number % 1000),
                        "country",
                        "PL"));
        document.put("lines", broken == Fault.MALFORMED ? "none" : lines());
        if (broken == Fault.UNKNOWN_FIELD) {
            document.put("gift", Map.of("ribbon", "red"));
        }
        return document;
    }

    private Map<String, String> buyer() {
        return Map.of(
                "id", "buyer-" + number,
                "login", "kupuje" + number,
                "name", "Ola Nowak-" + number,
                "email", "ola" + number + "@example.org",
                "phone", "+48500%06d".formatted(number));
    }

    private List<Map<String, Object>> lines() {
        return new ArrayList<>(List.of(Map.of(
                "id", id() + "-1",
                "listing", offer.id(),
                "sku", offer.sku(),
                "name", offer.title(),
                "quantity", quantity,
                "price", offer.price().toPlainString())));
    }
}
