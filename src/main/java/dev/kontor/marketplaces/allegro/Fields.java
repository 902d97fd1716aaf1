package dev.kontor.marketplaces.allegro;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.Money;

/** Reads a record's fields one by one and says which of them is wrong. */
record Fields(JsonNode node, String path) {

    private static final int LONGEST_NUMBER = 40;

    Fields at(String name) {
        return new Fields(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    Fields at(int index) {
        return new Fields(node.path(index), path + "[" + index + "]");
    }

    /** Whether there is anything: Allegro sends null and leaves out as it likes. */
    boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    Fields array() {
        if (!node.isArray()) {
            throw wrong("a list");
        }
        return this;
    }

    String text() {
        var text = optionalText();
        if (text == null || text.isBlank()) {
            throw wrong("a text");
        }
        return text;
    }

    @Nullable
    String optionalText() {
        if (!present()) {
            return null;
        }
        if (!node.isString()) {
            throw wrong("a text");
        }
        return node.stringValue();
    }

    BigDecimal number() {
        try {
            var number = node.isNumber() ? node.decimalValue() : new BigDecimal(text());
            if (Math.abs((long) number.scale()) + number.precision() > LONGEST_NUMBER) {
                throw wrong("a sensible number");
            }
            return number;
        } catch (NumberFormatException e) {
            throw wrong("a number");
        }
    }

    Money money() {
        var currency = at("currency").text();
        if (!currency.matches("[A-Z]{3}")) {
            throw at("currency").wrong("a currency");
        }
        return new Money(at("amount").number(), currency);
    }

    Instant time() {
        try {
            var time = OffsetDateTime.parse(text());
            if (time.getYear() < 1970 || time.getYear() > 2200) {
                throw wrong("a sensible time");
            }
            return time.toInstant();
        } catch (DateTimeException e) {
            throw wrong("a time");
        }
    }

    @Nullable
    Instant optionalTime() {
        return present() ? time() : null;
    }

    private UnreadableField wrong(String expected) {
        return new UnreadableField(path, present() ? "is not " + expected : "is missing");
    }
}
