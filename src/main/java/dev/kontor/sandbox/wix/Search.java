package dev.kontor.sandbox.wix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The search for orders with its rules: what may be filtered, how it goes on, what it never tells. */
final class Search {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST = 100;
    private static final int MOST_SORTS = 4;
    private static final int LONGEST_CURSOR = 16_000;
    private static final String CREATED = "createdDate";
    private static final String UPDATED = "updatedDate";
    private static final Set<String> SORTABLE =
            Set.of(CREATED, UPDATED, "purchasedDate", "number", "status", "paymentStatus", "fulfillmentStatus");
    private static final Map<String, IntPredicate> COMPARISONS = Map.of(
            "$eq", order -> order == 0,
            "$ne", order -> order != 0,
            "$gt", order -> order > 0,
            "$gte", order -> order >= 0,
            "$lt", order -> order < 0,
            "$lte", order -> order <= 0);

    private final SiteWorld world;

    Search(SiteWorld world) {
        this.world = world;
    }

    /** @param after value and id behind which to go on; null at the beginning */
    private record Question(
            ObjectNode filter,
            String field,
            boolean ascending,
            @Nullable Row after) {}

    private record Row(String value, String id) {}

    private record Hit(Row row, Sale sale) {}

    ObjectNode answer(byte[] body) throws WixProblem {
        var search = object(body).path("search");
        if (!search.isObject()) {
            throw WixProblem.invalid("search", "REQUIRED_FIELD", "must not be empty");
        }
        var limit = limit(search.path("cursorPaging").path("limit"));
        var question = question(search);
        var rows = rows(question);
        var page = rows.subList(0, Math.min(limit, rows.size()));
        var more = rows.size() > page.size();
        var answer = JsonNodeFactory.instance.objectNode();
        var orders = answer.putArray("orders");
        for (var hit : page) {
            orders.add(world.document(hit.sale()));
            if (world.toldTwice(hit.sale())) {
                orders.add(world.document(hit.sale()));
            }
        }
        var metadata = answer.putObject("metadata").put("count", orders.size()).put("hasNext", more);
        metadata.putObject("cursors")
                .put("next", more ? cursor(question, page.getLast().row()) : "")
                .put("prev", "");
        return answer;
    }

    private static JsonNode object(byte[] body) throws WixProblem {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw WixProblem.of(400, "INVALID_ARGUMENT", "The body is no JSON");
        }
    }

    private static int limit(JsonNode limit) throws WixProblem {
        if (limit.isMissingNode() || limit.isNull()) {
            return MOST;
        }
        if (!limit.isInt() || limit.intValue() < 0 || limit.intValue() > MOST) {
            throw WixProblem.invalid("search.cursorPaging.limit", "MAX", "must be at most " + MOST);
        }
        return limit.intValue();
    }

    private static Question question(JsonNode search) throws WixProblem {
        var cursor = search.path("cursorPaging").path("cursor").asString("");
        if (cursor.isEmpty()) {
            return asked(search.path("filter"), search.path("sort"));
        }
        if (search.hasNonNull("filter") || search.hasNonNull("sort")) {
            throw WixProblem.invalid(
                    "search.cursorPaging.cursor", "CONFLICT", "cannot be sent together with filter or sort");
        }
        return continued(cursor);
    }

    private static Question continued(String cursor) throws WixProblem {
        try {
            var known = JSON.readTree(Base64.getUrlDecoder().decode(cursor));
            if (cursor.length() <= LONGEST_CURSOR && known.path("filter") instanceof ObjectNode filter) {
                return new Question(
                        filter,
                        known.path("field").asString(CREATED),
                        known.path("ascending").asBoolean(),
                        new Row(
                                known.path("value").asString(""),
                                known.path("id").asString("")));
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // told below, like one that is too long
        }
        throw WixProblem.invalid("search.cursorPaging.cursor", "INVALID", "is not a cursor");
    }

    private static String cursor(Question question, Row last) {
        var cursor = JsonNodeFactory.instance.objectNode();
        cursor.set("filter", question.filter());
        cursor.put("field", question.field())
                .put("ascending", question.ascending())
                .put("value", last.value())
                .put("id", last.id());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(cursor.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Question asked(JsonNode filter, JsonNode sort) throws WixProblem {
        if (sort.size() > MOST_SORTS) {
            throw WixProblem.invalid("search.sort", "MAX_SIZE", "must have at most " + MOST_SORTS + " fields");
        }
        for (var each : sort) {
            if (!SORTABLE.contains(each.path("fieldName").asString(""))) {
                throw WixProblem.invalid("search.sort", "INVALID", "names a field that orders cannot be sorted by");
            }
        }
        var allowed = filter instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        check(allowed);
        var first = sort.path(0);
        return new Question(
                allowed,
                first.path("fieldName").asString(CREATED),
                first.path("order")
                        .asString(first.isMissingNode() ? "DESC" : "ASC")
                        .equals("ASC"),
                null);
    }

    private static void check(ObjectNode filter) throws WixProblem {
        for (var condition : filter.properties()) {
            if (!SORTABLE.contains(condition.getKey())) {
                throw WixProblem.invalid("search.filter", "INVALID", "names a field that orders cannot be filtered by");
            }
            for (var operator : condition.getValue().propertyNames()) {
                if (!COMPARISONS.containsKey(operator)) {
                    throw WixProblem.invalid("search.filter", "INVALID", "has an operator that does not fit the field");
                }
            }
        }
    }

    private List<Hit> rows(Question question) {
        var now = world.moment();
        var hits = new ArrayList<Hit>();
        world.sales().until(now).forEach(key -> {
            if (!meets(
                    question.filter().path(CREATED),
                    OrderDocument.time(world.sales().createdAt(key)))) {
                return; // the cheapest question first
            }
            var sale = world.searched(key, now);
            if (sale != null && meets(question.filter(), sale)) {
                hits.add(new Hit(new Row(value(sale, question.field()), id(sale)), sale));
            }
        });
        var order = Comparator.comparing((Hit hit) -> hit.row().value())
                .thenComparing(hit -> hit.row().id());
        var directed = question.ascending() ? order : order.reversed();
        var after = question.after();
        return hits.stream()
                .filter(hit -> after == null || isBehind(hit.row(), after, question.ascending()))
                .sorted(directed)
                .toList();
    }

    private static boolean isBehind(Row row, Row after, boolean ascending) {
        var order = Comparator.comparing(Row::value).thenComparing(Row::id).compare(row, after);
        return ascending ? order > 0 : order < 0;
    }

    private boolean meets(ObjectNode filter, Sale sale) {
        return filter.properties().stream()
                .allMatch(condition -> meets(condition.getValue(), value(sale, condition.getKey())));
    }

    private static boolean meets(JsonNode condition, String value) {
        return condition.isString()
                ? condition.stringValue().equals(value)
                : condition.properties().stream()
                        .allMatch(each -> COMPARISONS
                                .getOrDefault(each.getKey(), order -> false)
                                .test(value.compareTo(each.getValue().asString(""))));
    }

    private String value(Sale sale, String field) {
        return switch (field) {
            case UPDATED -> OrderDocument.time(sale.now().at());
            case "status" -> sale.now().status();
            case "paymentStatus" -> sale.now().payment();
            case "fulfillmentStatus" -> sale.now().fulfillment();
            case "number" -> "%012d".formatted(sale.key());
            default -> OrderDocument.time(sale.createdAt());
        };
    }

    private String id(Sale sale) {
        return world.sales().id(sale.key()).toString();
    }
}
