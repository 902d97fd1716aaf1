package dev.kontor.sandbox.wix;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Wix's query language, as far as the catalogs need it: which rows are asked for, and where to begin. */
record Query(ObjectNode filter, boolean descending, int offset, int limit) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Map<String, BiPredicate<String, JsonNode>> OPERATORS = Map.of(
            "$eq", comparing(order -> order == 0),
            "$ne", comparing(order -> order != 0),
            "$gt", comparing(order -> order > 0),
            "$gte", comparing(order -> order >= 0),
            "$lt", comparing(order -> order < 0),
            "$lte", comparing(order -> order <= 0),
            "$in", (value, many) -> many.valueStream().anyMatch(one -> value.equals(one.asString(""))));

    static JsonNode body(byte[] body) throws WixProblem {
        try {
            var read = JSON.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException e) {
            // told below, like JSON that is no object
        }
        throw WixProblem.of(400, "INVALID_ARGUMENT", "The body is no JSON");
    }

    /** Catalog V1 wants filter and sort as texts that hold JSON. */
    static Query older(JsonNode query, Set<String> fields) throws WixProblem {
        var paging = query.path("paging");
        var sort = text(query, "sort").path(0);
        for (var field : sort.propertyNames()) {
            require(fields.contains(field), "query.sort", "names a field that cannot be sorted by");
        }
        return new Query(
                filter(text(query, "filter"), fields),
                sort.path("numericId").asString("").equals("desc"),
                number(paging.path("offset"), 0, Integer.MAX_VALUE, "query.paging.offset"),
                number(paging.path("limit"), 100, 100, "query.paging.limit"));
    }

    private static JsonNode text(JsonNode query, String name) throws WixProblem {
        var text = query.path(name);
        if (text.isMissingNode() || text.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        require(text.isString(), "query." + name, "must be a string");
        try {
            return JSON.readTree(text.stringValue());
        } catch (JacksonException e) {
            throw WixProblem.invalid("query." + name, "FORMAT", "must hold JSON");
        }
    }

    /** Catalog V3 takes them as they are, and goes on by a cursor that holds the filter. */
    static Query newer(JsonNode query, Set<String> fields, int most) throws WixProblem {
        var paging = query.path("cursorPaging");
        var limit = number(paging.path("limit"), 100, most, "query.cursorPaging.limit");
        var cursor = paging.path("cursor").asString("");
        if (cursor.isEmpty()) {
            var filter = query.path("filter");
            require(
                    filter.isObject() || filter.isMissingNode() || filter.isNull(),
                    "query.filter",
                    "must be an object");
            return new Query(filter(filter, fields), false, 0, limit);
        }
        require(
                !query.hasNonNull("filter") && !query.hasNonNull("sort"),
                "query.cursorPaging.cursor",
                "cannot be sent together with filter or sort");
        try {
            var known = JSON.readTree(Base64.getUrlDecoder().decode(cursor));
            return new Query(
                    filter(known.path("filter"), fields),
                    false,
                    known.path("offset").asInt(),
                    limit);
        } catch (IllegalArgumentException | JacksonException e) {
            throw WixProblem.invalid("query.cursorPaging.cursor", "INVALID", "is not a cursor");
        }
    }

    private static int number(JsonNode number, int usual, int most, String field) throws WixProblem {
        if (number.isMissingNode() || number.isNull()) {
            return usual;
        }
        if (!number.isInt() || number.intValue() < 0 || number.intValue() > most) {
            throw WixProblem.invalid(field, "MAX", "must be at most " + most);
        }
        return number.intValue();
    }

    private static ObjectNode filter(JsonNode filter, Set<String> fields) throws WixProblem {
        for (var condition : filter.properties()) {
            require(fields.contains(condition.getKey()), "query.filter", "names a field that cannot be filtered by");
            for (var operator : condition.getValue().propertyNames()) {
                require(OPERATORS.containsKey(operator), "query.filter", "has an unknown operator");
            }
        }
        return filter instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    private static void require(boolean condition, String field, String description) throws WixProblem {
        if (!condition) {
            throw WixProblem.invalid(field, "INVALID", description);
        }
    }

    /** @param field gives a row's field by its name */
    boolean meets(Function<String, String> field) {
        return filter.properties().stream().allMatch(condition -> {
            var value = field.apply(condition.getKey());
            return condition.getValue().isObject()
                    ? condition.getValue().properties().stream()
                            .allMatch(each -> OPERATORS
                                    .getOrDefault(each.getKey(), (own, other) -> false)
                                    .test(value, each.getValue()))
                    : compare(value, condition.getValue()) == 0;
        });
    }

    <T> List<T> page(List<T> rows) {
        var ordered = descending ? rows.reversed() : rows;
        return ordered.stream().skip(offset).limit(limit).toList();
    }

    /** Empty where this page is the last one. */
    String next(int rows) {
        if (offset + limit >= rows) {
            return "";
        }
        var cursor = JsonNodeFactory.instance.objectNode().put("offset", offset + limit);
        cursor.set("filter", filter);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(cursor));
    }

    private static BiPredicate<String, JsonNode> comparing(IntPredicate wanted) {
        return (value, other) -> wanted.test(compare(value, other));
    }

    private static int compare(String value, JsonNode other) {
        var text = other.asString("");
        var one = number(value);
        var two = number(text);
        return one != null && two != null ? one.compareTo(two) : value.compareTo(text);
    }

    private static @Nullable BigDecimal number(String text) {
        return text.matches("[0-9]{1,30}") ? new BigDecimal(text) : null;
    }
}
