package dev.kontor.sandbox.amazon;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Dice;

/** Listings Items, version 2021-08-01. */
final class ListingApi {

    private static final Set<String> DATA = Set.of(
            "summaries",
            "attributes",
            "issues",
            "offers",
            "fulfillmentAvailability",
            "procurement",
            "relationships",
            "productTypes");
    private static final String ITEM = "/listings/2021-08-01/items/{sellerId}/{sku}";

    /** However many are found, no more can be paged through. */
    private static final int MOST = 1_000;

    private final AmazonWorld world;

    ListingApi(AmazonWorld world) {
        this.world = world;
    }

    void add(AmazonSite.Operations operations) {
        operations.on(
                "GET", "/listings/2021-08-01/items/{sellerId}", new Plan("searchListingsItems", 5, 5), this::search);
        operations.on("GET", ITEM, new Plan("getListingsItem", 5, 10), this::one);
        operations.on("PATCH", ITEM, new Plan("patchListingsItem", 5, 5), this::patch);
    }

    // Reading

    private Reply search(Call call) throws AmazonProblem {
        checkSeller(call);
        var query = new Query(call);
        var marketplaces = marketplaces(query);
        var included = included(query, "summaries");
        var pageSize = query.number("pageSize", 1, 20, 10);
        var wanted = new HashSet<>(query.all("identifiers"));
        if (!wanted.isEmpty() && (wanted.size() > 20 || query.one("identifiersType") == null)) {
            throw AmazonProblem.invalid("Up to 20 identifiers with their type are possible.");
        }
        var from = query.time("createdAfter");
        var until = query.time("createdBefore");
        var found = sorted(
                        world.listings().stream()
                                .filter(seen ->
                                        seen.ware().marketplaces().stream().anyMatch(marketplaces::contains))
                                .filter(seen -> wanted.isEmpty() || wanted.contains(identifier(seen.ware(), query)))
                                .filter(seen -> from == null || seen.ware().createdAt() >= from)
                                .filter(seen -> until == null || seen.ware().createdAt() <= until),
                        query)
                .toList();
        var start = position(query.one("pageToken"));
        var end = Math.min(start + pageSize, Math.min(found.size(), MOST));
        var answer = JsonNodeFactory.instance.objectNode().put("numberOfResults", found.size());
        if (end < Math.min(found.size(), MOST)) {
            answer.putObject("pagination").put("nextToken", token(end));
        }
        var items = answer.putArray("items");
        found.subList(Math.min(start, end), end)
                .forEach(
                        seen -> items.add(document(seen, included, marketplaces).told()));
        return Reply.json(200, answer);
    }

    private static String identifier(Ware ware, Query query) {
        return switch (String.valueOf(query.one("identifiersType"))) {
            case "ASIN" -> ware.asin();
            case "EAN", "GTIN" -> ware.ean();
            default -> ware.sku();
        };
    }

    private static Stream<Shelf.Seen> sorted(Stream<Shelf.Seen> found, Query query) throws AmazonProblem {
        Comparator<Shelf.Seen> order = switch (String.valueOf(query.one("sortBy"))) {
            case "sku" -> Comparator.comparing(seen -> seen.ware().sku());
            case "createdDate" -> Comparator.comparingLong(seen -> seen.ware().createdAt());
            case "lastUpdatedDate", "null" ->
                Comparator.comparingLong(seen -> seen.look().updatedAt());
            default -> throw AmazonProblem.invalid("sortBy is not valid.");
        };
        return found.sorted("ASC".equals(query.one("sortOrder")) ? order : order.reversed());
    }

    private static String token(int start) {
        return Base64.getUrlEncoder().encodeToString(("page " + start).getBytes(StandardCharsets.UTF_8));
    }

    private static int position(@Nullable String token) throws AmazonProblem {
        try {
            return token == null
                    ? 0
                    : Integer.parseInt(
                            new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).substring(5));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw AmazonProblem.invalid("pageToken is not valid.");
        }
    }

    private Reply one(Call call) throws AmazonProblem {
        checkSeller(call);
        var query = new Query(call);
        var marketplaces = marketplaces(query);
        var included = included(query, "summaries");
        var seen = world.listing(call.pathParameter("sku"));
        if (seen == null || seen.ware().marketplaces().stream().noneMatch(marketplaces::contains)) {
            throw AmazonProblem.of(404, "NOT_FOUND", "SKU '" + call.pathParameter("sku") + "' not found", "");
        }
        return Reply.json(200, document(seen, included, marketplaces).told());
    }

    private ListingDocument document(Shelf.Seen seen, Set<String> included, List<String> marketplaces) {
        return new ListingDocument(seen, included, marketplaces, world.shelf().badness(seen.ware()));
    }

    // Writing

    private Reply patch(Call call) throws AmazonProblem {
        checkSeller(call);
        var query = new Query(call);
        var marketplaces = marketplaces(query);
        var body = body(call);
        if (body.path("productType").asString("").isEmpty()
                || body.path("patches").isEmpty()) {
            throw AmazonProblem.invalid("productType and patches are required.");
        }
        var sku = call.pathParameter("sku");
        var seen = world.listing(sku);
        if (seen == null || seen.ware().marketplaces().stream().noneMatch(marketplaces::contains)) {
            return submitted(sku, "INVALID", "13013");
        }
        var patch = StockPatch.of(seen.ware(), body.path("patches"));
        if (patch.issue() != null) {
            return submitted(sku, "INVALID", patch.issue());
        }
        if ("VALIDATION_PREVIEW".equals(query.one("mode"))) {
            return submitted(sku, "VALID", null);
        }
        var write = patch.write();
        if (write != null) {
            world.happen(at -> new Deed.AmazonPatched(at, write));
        }
        return submitted(sku, "ACCEPTED", null);
    }

    private Reply submitted(String sku, String status, @Nullable String issue) {
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("sku", sku)
                .put("status", status)
                .put("submissionId", Dice.uuid(System.nanoTime(), sku, 0).toString());
        var issues = answer.putArray("issues");
        if (issue != null) {
            var entry = issues.addObject()
                    .put("code", issue)
                    .put("message", "The submission for '" + sku + "' is not valid.")
                    .put("severity", "ERROR");
            entry.putArray("attributeNames").add("fulfillment_availability");
            entry.putArray("categories").add("INVALID_ATTRIBUTE");
        }
        return Reply.json(200, answer);
    }

    // What all of them have

    private void checkSeller(Call call) throws AmazonProblem {
        if (!call.pathParameter("sellerId").equals(world.rules().sellerId())) {
            throw AmazonProblem.denied("The application may not act for this selling partner.");
        }
    }

    private List<String> marketplaces(Query query) throws AmazonProblem {
        var asked = query.all("marketplaceIds");
        if (asked.isEmpty() || !world.rules().marketplaceIds().containsAll(asked)) {
            throw AmazonProblem.invalid("marketplaceIds is missing or not valid.");
        }
        return asked;
    }

    private static Set<String> included(Query query, String otherwise) throws AmazonProblem {
        var asked = query.all("includedData");
        if (!DATA.containsAll(asked)) {
            throw AmazonProblem.invalid("includedData is not valid.");
        }
        return asked.isEmpty() ? Set.of(otherwise) : Set.copyOf(asked);
    }

    static JsonNode body(Call call) throws AmazonProblem {
        try {
            return JsonMapper.shared().readTree(call.body());
        } catch (JacksonException e) {
            throw AmazonProblem.invalid("The body is no JSON.");
        }
    }

    /** Parameters, of which some hold several values between commas. */
    record Query(Map<String, List<String>> values) {
        Query(Call call) {
            this(call.query());
        }

        @Nullable
        String one(String name) {
            return Call.first(values, name);
        }

        List<String> all(String name) {
            return values.getOrDefault(name, List.of()).stream()
                    .flatMap(value -> Stream.of(value.split(",")))
                    .filter(value -> !value.isEmpty())
                    .toList();
        }

        int number(String name, int lowest, int highest, int otherwise) throws AmazonProblem {
            var value = one(name);
            try {
                var number = value == null ? otherwise : Integer.parseInt(value);
                if (number >= lowest && number <= highest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw AmazonProblem.invalid(name + " is not valid.");
        }

        @Nullable
        Long time(String name) throws AmazonProblem {
            var value = one(name);
            try {
                return value == null
                        ? null
                        : OffsetDateTime.parse(value).toInstant().toEpochMilli();
            } catch (DateTimeException e) {
                throw AmazonProblem.invalid(name + " is not valid.");
            }
        }
    }
}
