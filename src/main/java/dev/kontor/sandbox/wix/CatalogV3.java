package dev.kontor.sandbox.wix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Deed.WixChange;

/** The newer catalog: variants, and an inventory item with a revision for each of them in each place. */
final class CatalogV3 {

    static final String VERSION = "V3_CATALOG";

    private static final int MOST_ROWS = 1_000;
    private static final int MOST_UPDATES = 1_000;
    private static final int MOST_CHANGES = 300;
    private static final int MOST_UNITS = 99_999;

    private final SiteWorld world;
    private final DocumentsV3 documents;

    CatalogV3(SiteWorld world) {
        this.world = world;
        this.documents = new DocumentsV3(world);
    }

    void describe(CatalogV1.Table table) {
        table.on("POST", "/stores/v3/products/query-variants", this::variants);
        table.on("GET", "/stores/v3/inventory-items/{id}", this::item);
        table.on("PATCH", "/stores/v3/inventory-items/{id}", this::update);
        table.on("POST", "/stores/v3/inventory-items/query", this::items);
        table.on("POST", "/stores/v3/bulk/inventory-items/update", this::updateMany);
        table.on("POST", "/stores/v3/bulk/inventory-items/decrement", call -> changeMany(call, "decrement", -1));
        table.on("POST", "/stores/v3/bulk/inventory-items/increment", call -> changeMany(call, "increment", 1));
    }

    // Reading

    private Reply variants(Call call) throws WixProblem {
        var query = Query.newer(
                Query.body(call.body()).path("query"),
                Set.of("productData.productId", "variantId", "sku", "barcode"),
                MOST_ROWS);
        synchronized (world) {
            world.moment();
            var rows = world.shelf().articles().stream()
                    .filter(it -> query.meets(name -> field(it, name)))
                    .toList();
            var answer = JsonNodeFactory.instance.objectNode();
            var list = answer.putArray("variants");
            query.page(rows).forEach(it -> list.add(documents.variant(it)));
            return Reply.json(200, paged(answer, list.size(), query, rows.size()));
        }
    }

    private static String field(Article article, String name) {
        var sku = article.goods().sku();
        return switch (name) {
            case "variantId" -> article.variant().toString();
            case "sku" -> sku == null ? "" : sku;
            case "barcode" -> article.goods().ean();
            default -> article.productId();
        };
    }

    private Reply items(Call call) throws WixProblem {
        var query = Query.newer(
                Query.body(call.body()).path("query"), Set.of("id", "productId", "variantId", "locationId"), MOST_ROWS);
        synchronized (world) {
            world.moment();
            var rows = world.shelf().articles().stream()
                    .flatMap(it -> world.shelf().items(it).stream())
                    .filter(it -> query.meets(name -> field(it, name)))
                    .toList();
            var answer = JsonNodeFactory.instance.objectNode();
            var list = answer.putArray("inventoryItems");
            query.page(rows)
                    .forEach(it -> list.add(documents.item(it, world.shelf().queried(it))));
            return Reply.json(200, paged(answer, list.size(), query, rows.size()));
        }
    }

    private static String field(Item item, String name) {
        return switch (name) {
            case "id" -> item.id();
            case "locationId" -> item.location();
            default -> field(item.article(), name);
        };
    }

    private static ObjectNode paged(ObjectNode answer, int count, Query query, int total) {
        var next = query.next(total);
        var metadata = answer.putObject("pagingMetadata").put("count", count).put("hasNext", !next.isEmpty());
        metadata.putObject("cursors").put("next", next).put("prev", "");
        return answer;
    }

    /** One item, as it is now. */
    private Reply item(Call call) throws WixProblem {
        synchronized (world) {
            world.moment();
            return one(known(call.pathParameter("id")));
        }
    }

    private Reply one(Item item) {
        var answer = JsonNodeFactory.instance.objectNode();
        answer.set("inventoryItem", documents.item(item, item.now()));
        return Reply.json(200, answer);
    }

    private Item known(String id) throws WixProblem {
        var item = world.shelf().item(id);
        if (item == null) {
            throw WixProblem.of(404, "INVENTORY_ITEM_NOT_FOUND", "No inventory item");
        }
        return item;
    }

    // Writing

    private Reply update(Call call) throws WixProblem {
        var wanted = Query.body(call.body()).path("inventoryItem");
        synchronized (world) {
            world.<Deed.WixStockWritten, WixProblem>attempt(at ->
                    new Deed.WixStockWritten(at, true, List.of(update(known(call.pathParameter("id")), wanted))));
            return world.shelf().late() ? Reply.empty(504) : one(known(call.pathParameter("id")));
        }
    }

    private static WixChange update(Item item, JsonNode wanted) throws WixProblem {
        var revision = wanted.path("revision");
        if (!revision.isString()) {
            throw WixProblem.invalid("inventoryItem.revision", "REQUIRED_FIELD", "must not be empty");
        }
        var look = item.now();
        if (!revision.stringValue().equals(Long.toString(look.revision()))) {
            throw WixProblem.of(409, "INVALID_REVISION", "The entity has already changed since the requested revision");
        }
        var quantity = wanted.path("quantity");
        if (wanted.path("inStock").isBoolean() && quantity.isMissingNode()) {
            return new WixChange(item.article().index(), item.place(), null, 0, false, look.revision());
        }
        if (!quantity.isInt() || Math.abs(quantity.intValue()) > MOST_UNITS) {
            throw WixProblem.invalid("inventoryItem.quantity", "MAX", "must be at most " + MOST_UNITS);
        }
        return new WixChange(item.article().index(), item.place(), quantity.intValue(), 0, true, look.revision());
    }

    private interface Change {
        WixChange of(JsonNode entry) throws WixProblem;
    }

    private Reply updateMany(Call call) throws WixProblem {
        var entries = entries(call, "inventoryItems", MOST_UPDATES);
        return many(entries, "/inventoryItem/id", entry -> {
            var wanted = entry.path("inventoryItem");
            return update(known(wanted.path("id").asString("")), wanted);
        });
    }

    private Reply changeMany(Call call, String verb, int sign) throws WixProblem {
        var entries = entries(call, verb + "Data", MOST_CHANGES);
        var restricted = Query.body(call.body()).path("restrictInventory").asBoolean(true);
        return many(entries, "/inventoryItemId", entry -> {
            var item = known(entry.path("inventoryItemId").asString(""));
            var by = entry.path(verb + "By");
            if (!by.isInt() || by.intValue() < 1 || by.intValue() > MOST_UNITS) {
                throw WixProblem.of(400, "INVALID_TARGET_QUANTITY", "Not from 1 to " + MOST_UNITS);
            }
            var look = item.now();
            if (!look.tracked()) {
                throw WixProblem.of(400, "INVENTORY_QUANTITY_NOT_TRACKED", "The quantity is not tracked");
            }
            if (restricted && look.quantity() + sign * by.intValue() < 0) {
                throw WixProblem.of(400, "INSUFFICIENT_INVENTORY", "There are not so many");
            }
            return new WixChange(item.article().index(), item.place(), null, sign * by.intValue(), null, null);
        });
    }

    private static JsonNode entries(Call call, String name, int most) throws WixProblem {
        var entries = Query.body(call.body()).path(name);
        if (entries.isEmpty() || entries.size() > most) {
            throw WixProblem.invalid(name, "SIZE", "must have from 1 to " + most + " entries");
        }
        return entries;
    }

    /** Each entry has an end of its own, and all of them together are called a success. */
    private Reply many(JsonNode entries, String id, Change change) {
        var answer = JsonNodeFactory.instance.objectNode();
        var results = answer.putArray("results");
        var failures = 0;
        synchronized (world) {
            world.moment();
            var changes = new ArrayList<WixChange>();
            for (var entry : entries) {
                var result = results.addObject().putObject("itemMetadata");
                result.put("id", entry.at(id).asString("")).put("originalIndex", results.size() - 1);
                try {
                    changes.add(change.of(entry));
                    result.put("success", true);
                } catch (WixProblem e) {
                    failures++;
                    result.put("success", false)
                            .putObject("error")
                            .put("code", e.code())
                            .put("description", "refused");
                }
            }
            world.happen(at -> new Deed.WixStockWritten(at, true, changes));
            if (world.shelf().late()) {
                return Reply.empty(504);
            }
        }
        answer.putObject("bulkActionMetadata")
                .put("totalSuccesses", entries.size() - failures)
                .put("totalFailures", failures)
                .put("undetailedFailures", 0);
        return Reply.json(200, answer);
    }
}
