package dev.kontor.marketplaces.allegro;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.Money;

/** Reads a record's fields one by one and says which of them is wrong. */
final class Fields {

    private static final int LONGEST_NUMBER = 40;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final JsonNode node;
    private final @Nullable Fields parent;
    private final String step; // put together to a path only for what is wrong

    private Fields(JsonNode node, @Nullable Fields parent, String step) {
        this.node = node;
        this.parent = parent;
        this.step = step;
    }

    /** @param path of the record itself; empty for a whole answer's record */
    Fields(JsonNode node, String path) {
        this(node, null, path);
    }

    JsonNode node() {
        return node;
    }

    Fields at(String name) {
        return new Fields(node.path(name), this, name);
    }

    Fields at(int index) {
        return new Fields(node.path(index), this, "[" + index + "]");
    }

    private String path() {
        var before = parent == null ? "" : parent.path();
        return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
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

    /** At least one. */
    Duration seconds(Duration longest) {
        var seconds = number();
        if (seconds.compareTo(BigDecimal.ONE) < 0 || seconds.compareTo(BigDecimal.valueOf(longest.toSeconds())) > 0) {
            throw wrong("a sensible number of seconds");
        }
        return Duration.ofSeconds(seconds.longValue());
    }

    Money money() {
        var currency = at("currency").text();
        if (!CURRENCY.matcher(currency).matches()) {
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
        return new UnreadableField(path(), present() ? "is not " + expected : "is missing");
    }
}
