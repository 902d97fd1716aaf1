package dev.kontor.sandbox.bazarek;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Fault;

/** Something that the shop sells. */
record Offer(int number) {

    String id() {
        return "L-%04d".formatted(number);
    }

    String sku() {
        return "SKU-" + number;
    }

    String title() {
        return "Cup no. " + number;
    }

    BigDecimal price() {
        return BigDecimal.valueOf(1999 + number, 2);
    }

    /** Every fifth is odd while anything is. */
    boolean mayBeOdd() {
        return number % 5 == 0;
    }

    Map<String, Object> document(int available, @Nullable Fault oddity) {
        var document = new LinkedHashMap<String, Object>();
        document.put("id", id());
        document.put("sku", sku());
        document.put("ean", "590%09d0".formatted(number));
        document.put("title", title());
        document.put("price", price().toPlainString());
        document.put("available", oddity == Fault.MALFORMED ? "many" : available);
        document.put("state", oddity == Fault.UNKNOWN_STATUS ? "LEVITATING" : "OPEN");
        if (oddity == Fault.UNKNOWN_FIELD) {
            document.put("mood", "new");
        }
        return document;
    }
}
