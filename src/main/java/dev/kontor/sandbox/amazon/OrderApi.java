package dev.kontor.sandbox.amazon;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;

/** Orders v2026-01-01: a search, and one order. */
final class OrderApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST = 100;
    private static final int MOST_MARKETPLACES = 50;
    private static final long TOKEN_LIFE = TimeUnit.HOURS.toMillis(24);

    private static final Set<String> STATUSES = Set.of(
            "PENDING_AVAILABILITY",
            "PENDING",
            "UNSHIPPED",
            "PARTIALLY_SHIPPED",
            "SHIPPED",
            "CANCELLED",
            "UNFULFILLABLE");

    /** They may differ from page to page. */
    private static final Set<String> FREE = Set.of("maxResultsPerPage", "includedData", "paginationToken");

    private final AmazonWorld world;

    OrderApi(AmazonWorld world) {
        this.world = world;
    }

    void describe(AmazonSite.Operations operations) {
        var searches = new Plan("searchOrders", world.rules().searchesPerMinute() / 60, 20);
        operations.on("GET", "/orders/2026-01-01/orders", searches, this::search);
        operations.on("GET", "/orders/2026-01-01/orders/{id}", new Plan("getOrder", 0.5, 30), this::order);
    }

    private Reply order(Call call) throws AmazonProblem {
        var purchase = world.fresh(call.pathParameter("id"));
        if (purchase == null) {
            throw AmazonProblem.missing("The requested order does not exist.");
        }
        var data = data(call.query());
        return Reply.json(200, JsonNodeFactory.instance.objectNode().set("order", told(purchase, data)));
    }

    private ObjectNode told(Purchase purchase, Set<String> data) {
        return OrderDocument.only(world.document(purchase), data);
    }

    /** From and until when, by creation or by change. */
    private record Question(boolean created, Instant after, Instant before) {

        boolean meets(Purchase purchase) {
            var time = time(purchase);
            return !time.isBefore(after) && !time.isAfter(before);
        }

        Instant time(Purchase purchase) {
            return OrderDocument.time(
                    created ? purchase.createdAt() : purchase.now().at());
        }
    }

    private record Row(Instant time, String id) {}

    private record Hit(Row row, Purchase purchase) {}

    private Reply search(Call call) throws AmazonProblem {
        var query = call.query();
        var token = token(query);
        var question = question(query, token);
        var limit = limit(query);
        var data = data(query);
        var hits = hits(question, query, token);
        var page = hits.subList(0, Math.min(limit, hits.size()));
        var answer = JsonNodeFactory.instance.objectNode();
        var orders = answer.putArray("orders");
        for (var hit : page) {
            orders.add(told(hit.purchase(), data));
            if (world.toldTwice(hit.purchase())) {
                orders.add(told(hit.purchase(), data));
            }
        }
        if (hits.size() > page.size()) {
            answer.putObject("pagination")
                    .put("nextToken", token(query, question, page.getLast().row()));
        }
        answer.put(
                question.created() ? "createdBefore" : "lastUpdatedBefore",
                question.before().toString());
        return Reply.json(200, answer);
    }

    private List<Hit> hits(Question question, Map<String, List<String>> query, @Nullable JsonNode token)
            throws AmazonProblem {
        var marketplaces = marketplaces(query);
        var statuses = values(query, "fulfillmentStatuses", STATUSES);
        var by = values(query, "fulfilledBy", Set.of("MERCHANT", "AMAZON"));
        var last = token == null
                ? null
                : new Row(
                        Instant.parse(token.path("time").asString("")),
                        token.path("id").asString(""));
        var order = Comparator.comparing(Row::time).thenComparing(Row::id);
        var now = world.moment();
        var hits = new ArrayList<Hit>();
        world.purchases().until(now).forEach(key -> {
            var purchase = world.searched(key, now);
            if (purchase == null
                    || !question.meets(purchase)
                    || !marketplaces.contains(purchase.marketplace())
                    || (!statuses.isEmpty() && !statuses.contains(purchase.now().status()))
                    || (!by.isEmpty() && !by.contains(purchase.fba() ? "AMAZON" : "MERCHANT"))) {
                return;
            }
            var row = new Row(question.time(purchase), world.purchases().id(key));
            if (last == null || order.compare(row, last) > 0) {
                hits.add(new Hit(row, purchase));
            }
        });
        hits.sort(Comparator.comparing(Hit::row, order));
        return hits;
    }

    private Question question(Map<String, List<String>> query, @Nullable JsonNode token) throws AmazonProblem {
        var created = Call.first(query, "createdAfter");
        var updated = Call.first(query, "lastUpdatedAfter");
        if ((created == null) == (updated == null)) {
            throw AmazonProblem.invalid("Exactly one of createdAfter and lastUpdatedAfter is needed.");
        }
        var byCreation = created != null;
        if (Call.first(query, byCreation ? "lastUpdatedBefore" : "createdBefore") != null) {
            throw AmazonProblem.invalid("Times of creation and of change cannot be mixed.");
        }
        var after = time(byCreation ? String.valueOf(created) : String.valueOf(updated));
        var latest = Instant.ofEpochMilli(world.now()).minus(world.rules().delay());
        var told = Call.first(query, byCreation ? "createdBefore" : "lastUpdatedBefore");
        var before = told == null ? latest : time(told);
        if (before.isAfter(latest)) {
            throw AmazonProblem.invalid("The end must lie at least two minutes before the time of the request.");
        }
        if (token != null) {
            return new Question(
                    byCreation, after, Instant.parse(token.path("before").asString("")));
        }
        if (before.isBefore(after)) {
            throw AmazonProblem.invalid("The end must not lie before the beginning.");
        }
        return new Question(byCreation, after, before);
    }

    private static Instant time(String text) throws AmazonProblem {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw AmazonProblem.invalid("Invalid Input");
        }
    }

    private Set<String> marketplaces(Map<String, List<String>> query) throws AmazonProblem {
        var own = Set.copyOf(world.rules().marketplaceIds());
        var asked = all(query, "marketplaceIds");
        if (asked.size() > MOST_MARKETPLACES) {
            throw AmazonProblem.invalid("Too many marketplaceIds");
        }
        if (!own.containsAll(asked)) {
            throw AmazonProblem.denied("");
        }
        return asked.isEmpty() ? own : asked;
    }

    private static Set<String> data(Map<String, List<String>> query) throws AmazonProblem {
        return values(query, "includedData", OrderDocument.DATA.keySet());
    }

    private static Set<String> values(Map<String, List<String>> query, String name, Set<String> known)
            throws AmazonProblem {
        var asked = all(query, name);
        if (!known.containsAll(asked)) {
            throw AmazonProblem.invalid("Invalid value for " + name);
        }
        return asked;
    }

    private static Set<String> all(Map<String, List<String>> query, String name) {
        var all = new HashSet<String>();
        query.getOrDefault(name, List.of())
                .forEach(value -> Stream.of(value.split(","))
                        .filter(each -> !each.isEmpty())
                        .forEach(all::add));
        return all;
    }

    private static int limit(Map<String, List<String>> query) throws AmazonProblem {
        var asked = Call.first(query, "maxResultsPerPage");
        if (asked == null) {
            return MOST;
        }
        if (!asked.matches("\\d{1,3}") || Integer.parseInt(asked) < 1 || Integer.parseInt(asked) > MOST) {
            throw AmazonProblem.invalid("maxResultsPerPage must lie between 1 and 100.");
        }
        return Integer.parseInt(asked);
    }

    /** Says where the page ended, of which question it was, and when it was given. */
    private String token(Map<String, List<String>> query, Question question, Row last) {
        var token = JsonNodeFactory.instance.objectNode();
        token.put("at", world.wall())
                .put("asked", asked(query))
                .put("before", question.before().toString())
                .put("time", last.time().toString())
                .put("id", last.id());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(token.toString().getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable JsonNode token(Map<String, List<String>> query) throws AmazonProblem {
        var text = Call.first(query, "paginationToken");
        if (text == null) {
            return null;
        }
        try {
            var token = JSON.readTree(Base64.getUrlDecoder().decode(text));
            if (token.path("at").asLong(0) + TOKEN_LIFE > world.wall()
                    && token.path("asked").asString("").equals(asked(query))) {
                return token;
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // told below, like one that has expired
        }
        throw AmazonProblem.invalid("The paginationToken is invalid or has expired.");
    }

    private static String asked(Map<String, List<String>> query) {
        var asked = new TreeMap<>(query);
        asked.keySet().removeAll(FREE);
        return asked.toString();
    }
}
