package dev.kontor.api.fuzz;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Invents values after a schema: valid ones, nearly valid ones, and what somebody sends who means harm. */
final class Inventor {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "'; drop table orders.orders; --",
            "' or '1'='1",
            "\" or 1=1 --",
            "%27%20or%201=1",
            "../../../../etc/passwd",
            "..%2f..%2f",
            "%00",
            "%",
            "_",
            "\\",
            "${jndi:ldap://localhost/a}",
            "#{T(java.lang.Runtime)}",
            "{{7*7}}",
            "<script>alert(1)</script>",
            "=cmd|' /C calc'!A0",
            "\uD800",
            "\uDFFF\uD800",
            "\uFEFF",
            "\u202Etxet",
            "Zażółć gęślą jaźń 🛒👩‍👩‍👧",
            "İıſK",
            "a\r\nX-Injected: yes",
            "null",
            "true",
            "[]",
            "{}",
            "NaN",
            "Infinity",
            "-1",
            "0",
            "00000000-0000-0000-0000-000000000000",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "2147483648",
            "1e308",
            "1e999999999",
            "0.1",
            "0x10",
            "٣",
            "9999-12-31T23:59:59Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "0000-00-00",
            "2026-02-30T00:00:00Z",
            "2026-11-30T12:00:00+18:00",
            "PT999999999999999H",
            "x".repeat(300),
            "9".repeat(400),
            "a ".repeat(3_000));

    private static final List<Object> ODD = List.of(
            List.of(),
            Map.of(),
            List.of(List.of(List.of())),
            Map.of("a", Map.of("b", List.of(1))),
            true,
            -1,
            0,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Integer.MAX_VALUE,
            1.5,
            new BigDecimal("1e400"),
            new BigInteger("9".repeat(60)));

    private final Random random;
    private final Description description;
    private final List<String> seen;
    private final Furniture furniture;

    /** @param seen ids and the like of earlier answers, so that something is found as well */
    Inventor(Random random, Description description, List<String> seen, Furniture furniture) {
        this.random = random;
        this.description = description;
        this.seen = seen;
        this.furniture = furniture;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int number(int below) {
        return random.nextInt(below);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** As text, for a query, a path or a header. */
    String text(JsonNode schema, int harm) {
        var value = value(schema, harm, 0);
        return value instanceof String text ? text : value == null ? "null" : JSON.writeValueAsString(value);
    }

    String body(JsonNode schema, int harm) {
        if (chance(harm)) {
            return oneOf(List.of(
                    "",
                    "null",
                    "{",
                    "[]",
                    "\"text\"",
                    "[".repeat(10_000),
                    "{\"a\":".repeat(5_000),
                    "{\"a\": 1, \"a\": 2}",
                    "{\"\\u0000\": \"\\u0000\"}",
                    "{} {}",
                    "\uFEFF{}",
                    "{\"a\": 1e999999999}",
                    "1".repeat(5_000)));
        }
        return JSON.writeValueAsString(value(schema, harm, 0));
    }

    Object value(JsonNode reference, int harm, int depth) {
        var schema = description.follow(reference);
        if (chance(harm)) {
            return chance(70) ? oneOf(HOSTILE) : oneOf(ODD);
        }
        if (chance(harm / 2)) {
            return null;
        }
        if (schema.has("enum")) {
            return oneOf(
                    schema.path("enum").valueStream().map(JsonNode::asString).toList());
        }
        for (var several : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.has(several) && !schema.path(several).isEmpty()) {
                return value(oneOf(List.copyOf(schema.path(several).values())), harm, depth);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, harm, depth);
            case "array" ->
                depth > 5
                        ? List.of()
                        : IntStream.range(0, random.nextInt(4))
                                .mapToObj(_ -> value(schema.path("items"), harm, depth + 1))
                                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
            case "integer", "number" -> number(schema);
            case "boolean" -> random.nextBoolean();
            default -> string(schema);
        };
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray()
                ? type.valueStream()
                        .map(JsonNode::asString)
                        .filter(it -> !it.equals("null"))
                        .findFirst()
                        .orElse("string")
                : type.isString() ? type.asString() : schema.has("properties") ? "object" : "string";
    }

    private Map<String, Object> object(JsonNode schema, int harm, int depth) {
        Map<String, Object> made = new LinkedHashMap<>();
        if (depth > 5) {
            return made;
        }
        var required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) ? !chance(harm) : chance(60)) {
                var there = furniture.of(property.getKey());
                made.put(
                        property.getKey(),
                        there.isEmpty() || chance(20 + harm)
                                ? value(property.getValue(), harm, depth + 1)
                                : oneOf(there));
            }
        });
        if (chance(harm)) {
            made.put(oneOf(List.of("unknown", "", "__proto__", "@type", "class")), 1);
        }
        return made;
    }

    private Object number(JsonNode schema) {
        long least = schema.path("minimum").asLong(chance(80) ? 0 : -1_000);
        long most = schema.path("maximum").asLong(chance(80) ? 100 : Integer.MAX_VALUE);
        return least >= most ? least : least + (long) (random.nextDouble() * (most - least));
    }

    /** Near today, for much is refused that is long ago or far ahead. */
    private LocalDate someDay() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(random.nextInt(-15, 16));
    }

    private String string(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "uuid" ->
                chance(60) && !ids().isEmpty()
                        ? oneOf(ids())
                        : new UUID(random.nextLong(), random.nextLong()).toString();
            case "date-time" -> someDay() + "T12:00:00Z";
            case "date" -> someDay().toString();
            case "uri" -> "https://example.org/" + random.nextInt();
            default ->
                chance(40) && !seen.isEmpty() ? oneOf(seen) : oneOf(List.of("CUP", "cup", "x" + random.nextInt(100)));
        };
    }

    private List<String> ids() {
        return seen.stream().filter(it -> it.length() == 36).toList();
    }
}
