package dev.kontor.sandbox.wix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.Routes;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Deed.WixChange;

/** The older catalog: products with their variants, one inventory item for each product, and no revision anywhere. */
final class CatalogV1 {

    static final String VERSION = "V1_CATALOG";

    private static final int MOST_CHANGES = 300;
    private static final int MOST_UNITS = 99_999;

    private final SiteWorld world;
    private final DocumentsV1 documents;

    CatalogV1(SiteWorld world) {
        this.world = world;
        this.documents = new DocumentsV1(world);
    }

    /** Takes the routes of one catalog. */
    interface Table {
        void on(String method, String path, Routes.Handler handler);
    }

    void describe(Table table) {
        for (var prefix : List.of("/stores", "/stores-reader")) {
            table.on("POST", prefix + "/v1/products/query", this::products);
            table.on("POST", prefix + "/v1/variants/query", this::variants);
            table.on("POST", prefix + "/v2/inventoryItems/query", this::items);
            table.on("POST", prefix + "/v2/inventoryItems/{id}/getVariants", this::item);
            table.on("POST", prefix + "/v2/inventoryItems/product/{product}/getVariants", this::item);
        }
        table.on("PATCH", "/stores/v2/inventoryItems/product/{product}", this::set);
        table.on("POST", "/stores/v2/inventoryItems/decrement", call -> change(call, "decrement", -1));
        table.on("POST", "/stores/v2/inventoryItems/increment", call -> change(call, "increment", 1));
    }

    // Reading

    private Reply products(Call call) throws WixProblem {
        var body = Query.body(call.body());
        var hidden = body.path("includeHiddenProducts").asBoolean(false);
        var variants = body.path("includeVariants").asBoolean(false);
        var query = Query.older(body.path("query"), Set.of("id", "numericId", "sku", "lastUpdated"));
        synchronized (world) {
            world.moment();
            var rows = world.shelf()
                    .products()
                    .filter(it -> hidden || it.getFirst().visible())
                    .filter(it -> query.meets(name -> documents.field(it, name)))
                    .toList();
            var answer = page("products", query, rows.size());
            query.page(rows).forEach(it -> answer.withArray("products").add(documents.product(it, variants)));
            return Reply.json(200, answer);
        }
    }

    private Reply items(Call call) throws WixProblem {
        var query = Query.older(
                Query.body(call.body()).path("query"), Set.of("id", "productId", "numericId", "lastUpdated"));
        synchronized (world) {
            world.moment();
            var rows = world.shelf()
                    .products()
                    .filter(it ->
                            query.meets(name -> name.equals("id") ? documents.itemId(it) : documents.field(it, name)))
                    .toList();
            var answer = page("inventoryItems", query, rows.size());
            query.page(rows).forEach(it -> answer.withArray("inventoryItems").add(documents.item(it, true)));
            return Reply.json(200, answer);
        }
    }

    private Reply variants(Call call) throws WixProblem {
        var query = Query.newer(Query.body(call.body()).path("query"), Set.of("productId", "variantId", "sku"), 100);
        synchronized (world) {
            world.moment();
            var rows = world.shelf().articles().stream()
                    .filter(it -> query.meets(name -> name.equals("variantId")
                            ? it.olderVariant()
                            : name.equals("sku") ? DocumentsV1.text(it.goods().sku()) : it.productId()))
                    .toList();
            var answer = JsonNodeFactory.instance.objectNode();
            var list = answer.putArray("variants");
            query.page(rows).forEach(it -> list.add(documents.storeVariant(it)));
            answer.putObject("metadata")
                    .put("count", list.size())
                    .putObject("cursors")
                    .put("next", query.next(rows.size()));
            return Reply.json(200, answer);
        }
    }

    private static ObjectNode page(String name, Query query, int total) {
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray(name);
        answer.putObject("metadata").put("items", query.limit()).put("offset", query.offset());
        return answer.put("totalResults", total);
    }

    /** One product's, as it is now. */
    private Reply item(Call call) throws WixProblem {
        synchronized (world) {
            world.moment();
            var answer = JsonNodeFactory.instance.objectNode();
            answer.set("inventoryItem", documents.item(product(call), false));
            return Reply.json(200, answer);
        }
    }

    private List<Article> product(Call call) throws WixProblem {
        var id = call.pathParameters().get("id");
        var articles = id == null
                ? world.shelf().articles(call.pathParameter("product"))
                : world.shelf()
                        .products()
                        .filter(it -> documents.itemId(it).equals(id))
                        .findFirst()
                        .orElse(List.of());
        if (articles.isEmpty()) {
            throw WixProblem.of(404, "INVENTORY_ITEM_NOT_FOUND", "No inventory item");
        }
        return articles;
    }

    // Writing

    /** Whether quantities count is said for the whole product, and is no when nothing is said. */
    private Reply set(Call call) throws WixProblem {
        var item = Query.body(call.body()).path("inventoryItem");
        if (!item.isObject()) {
            throw WixProblem.invalid("inventoryItem", "REQUIRED_FIELD", "must not be empty");
        }
        var tracked = item.path("trackQuantity").asBoolean(false);
        return written(() -> {
            var changes = new ArrayList<WixChange>();
            var articles = product(call);
            for (var article : articles) {
                changes.add(new WixChange(article.index(), 0, null, 0, tracked, null));
            }
            for (var variant : item.path("variants")) {
                var article = variant(articles, variant.path("variantId").asString(""));
                var quantity = variant.path("quantity");
                if (!quantity.isMissingNode() && (!quantity.isInt() || quantity.intValue() > MOST_UNITS)) {
                    throw WixProblem.invalid("inventoryItem.variants.quantity", "MAX", "must be at most " + MOST_UNITS);
                }
                changes.removeIf(it -> it.article() == article.index());
                changes.add(new WixChange(
                        article.index(), 0, quantity.isInt() ? quantity.intValue() : null, 0, tracked, null));
            }
            return changes;
        });
    }

    private static Article variant(List<Article> articles, String variant) throws WixProblem {
        for (var article : articles) {
            if (article.olderVariant().equals(variant)) {
                return article;
            }
        }
        throw WixProblem.of(404, "VARIANT_NOT_FOUND", "No such variant");
    }

    /** One entry after the other: what came before a wrong one has happened. */
    private Reply change(Call call, String verb, int sign) throws WixProblem {
        var entries = Query.body(call.body()).path(verb + "Data");
        if (entries.isEmpty() || entries.size() > MOST_CHANGES) {
            throw WixProblem.invalid(verb + "Data", "SIZE", "must have from 1 to " + MOST_CHANGES + " entries");
        }
        var wrong = new ArrayList<WixProblem>();
        var reply = written(() -> changes(entries, verb, sign, wrong));
        if (!wrong.isEmpty()) {
            throw wrong.getFirst();
        }
        return reply;
    }

    private List<WixChange> changes(JsonNode entries, String verb, int sign, List<WixProblem> wrong) throws WixProblem {
        var changes = new ArrayList<WixChange>();
        try {
            for (var entry : entries) {
                changes.add(change(entry, verb, sign, changes));
            }
        } catch (WixProblem e) {
            if (changes.isEmpty()) {
                throw e;
            }
            wrong.add(e);
        }
        return changes;
    }

    private WixChange change(JsonNode entry, String verb, int sign, List<WixChange> before) throws WixProblem {
        var by = entry.path(verb + "By");
        if (!by.isInt() || by.intValue() < 1) {
            throw WixProblem.invalid(verb + "Data." + verb + "By", "MIN", "must be at least 1");
        }
        var articles = world.shelf().articles(entry.path("productId").asString(""));
        var article = variant(articles, entry.path("variantId").asString(""));
        var look = world.shelf().home(article).now();
        if (!look.tracked()) {
            throw WixProblem.of(400, "INVENTORY_QUANTITY_NOT_TRACKED", "The quantity is not tracked");
        }
        var difference = sign * by.intValue();
        var changed = before.stream()
                .filter(it -> it.article() == article.index())
                .mapToInt(WixChange::difference)
                .sum();
        if (look.quantity() + changed + difference < 0) {
            throw WixProblem.of(400, "INSUFFICIENT_INVENTORY", "There are not so many");
        }
        return new WixChange(article.index(), 0, null, difference, null, null);
    }

    private interface Changes {
        List<WixChange> now() throws WixProblem;
    }

    private Reply written(Changes changes) throws WixProblem {
        synchronized (world) {
            world.<Deed.WixStockWritten, WixProblem>attempt(at -> new Deed.WixStockWritten(at, true, changes.now()));
            return world.shelf().late() ? Reply.empty(504) : Reply.json(200, Map.of());
        }
    }
}
