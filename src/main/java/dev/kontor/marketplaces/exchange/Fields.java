package dev.kontor.marketplaces.exchange;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.Money;

/** Reads a record's fields one by one and says which of them is wrong. */
public final class Fields {

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
    public Fields(JsonNode node, String path) {
        this(node, null, path);
    }

    /** For what is of use where it can be read, and costs nothing where it cannot: null then. */
    public static <T> @Nullable T ifReadable(Supplier<@Nullable T> reading) {
        try {
            return reading.get();
        } catch (UnreadableField | IllegalArgumentException e) {
            return null;
        }
    }

    public JsonNode node() {
        return node;
    }

    public Fields at(String name) {
        return new Fields(node.path(name), this, name);
    }

    public Fields at(int index) {
        return new Fields(node.path(index), this, "[" + index + "]");
    }

    private String path() {
        var before = parent == null ? "" : parent.path();
        return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
    }

    /** Whether there is anything: marketplaces send null and leave out as they like. */
    public boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    public Fields array() {
        if (!node.isArray()) {
            throw wrong("a list");
        }
        return this;
    }

    public String text() {
        var text = optionalText();
        if (text == null || text.isBlank()) {
            throw wrong("a text");
        }
        return text;
    }

    public @Nullable String optionalText() {
        if (!present()) {
            return null;
        }
        if (!node.isString()) {
            throw wrong("a text");
        }
        return node.stringValue();
    }

    public BigDecimal number() {
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
    public Duration seconds(Duration longest) {
        var seconds = number();
        if (seconds.compareTo(BigDecimal.ONE) < 0 || seconds.compareTo(BigDecimal.valueOf(longest.toSeconds())) > 0) {
            throw wrong("a sensible number of seconds");
        }
        return Duration.ofSeconds(seconds.longValue());
    }

    /** An amount beside its currency. */
    public Money money() {
        return at("amount").money(at("currency"));
    }

    /** An amount whose currency is told elsewhere. */
    public Money money(Fields currency) {
        var code = currency.text();
        if (!CURRENCY.matcher(code).matches()) {
            throw currency.wrong("a currency");
        }
        return new Money(number(), code);
    }

    public Instant time() {
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

    public @Nullable Instant optionalTime() {
        return present() ? time() : null;
    }

    private UnreadableField wrong(String expected) {
        return new UnreadableField(path(), present() ? "is not " + expected : "is missing");
    }
}
