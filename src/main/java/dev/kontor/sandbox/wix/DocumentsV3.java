package dev.kontor.sandbox.wix;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Fault;

/** Writes variants and inventory items as the newer catalog does. */
final class DocumentsV3 {

    private final SiteWorld world;

    DocumentsV3(SiteWorld world) {
        this.world = world;
    }

    ObjectNode item(Item item, Item.Look look) {
        var article = item.article();
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("id", item.id())
                .put("revision", Long.toString(look.revision()))
                .put("createdDate", OrderDocument.time(world.begunAt() + item.place()))
                .put("updatedDate", OrderDocument.time(Math.max(look.since(), world.begunAt())))
                .put("variantId", article.variant().toString())
                .put("locationId", item.location())
                .put("productId", article.productId());
        if (look.tracked()) {
            document.put("quantity", look.quantity());
        } else {
            document.put("inStock", true);
        }
        document.put("trackQuantity", look.tracked())
                .put("availabilityStatus", status(article, look))
                .putObject("preorderInfo")
                .put("enabled", false);
        document.putObject("product").put("name", article.name()).put("variantVisible", true);
        return document;
    }

    private String status(Article article, Item.Look look) {
        return world.shelf().badness(article) == Fault.UNKNOWN_STATUS
                ? "LEVITATING"
                : look.inStock() ? "IN_STOCK" : "OUT_OF_STOCK";
    }

    ObjectNode variant(Article article) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("id", article.productId() + "-" + article.variant())
                .put("variantId", article.variant().toString())
                .put("visible", true)
                .put("barcode", article.goods().ean());
        put(document, "sku", article.goods().sku());
        var choices = document.putArray("optionChoices");
        if (article.choice() != null) {
            choices.addObject()
                    .putObject("optionChoiceNames")
                    .put("optionName", "Rozmiar")
                    .put("choiceName", article.choice())
                    .put("renderType", "TEXT_CHOICES");
        }
        document.putObject("price")
                .putObject("actualPrice")
                .put("amount", BigDecimal.valueOf(article.goods().price(), 2).toPlainString());
        document.putObject("inventoryStatus")
                .put(
                        "inStock",
                        world.shelf().items(article).stream()
                                .anyMatch(it -> world.shelf().queried(it).inStock()))
                .put("preorderEnabled", false);
        document.putObject("productData")
                .put("productId", article.productId())
                .put("name", article.name())
                .put("productType", "PHYSICAL")
                .put("slug", "produkt-" + article.first())
                .put("visible", article.visible())
                .put("revision", "1");
        return told(article, document);
    }

    private static void put(ObjectNode document, String name, @Nullable String text) {
        if (text != null) {
            document.put(name, text);
        }
    }

    private ObjectNode told(Article article, ObjectNode document) {
        switch (world.shelf().badness(article)) {
            case MALFORMED -> document.withObject("productData").put("name", 7);
            case UNKNOWN_FIELD -> document.put("carbonFootprint", 412);
            case null, default -> {}
        }
        return document;
    }
}
