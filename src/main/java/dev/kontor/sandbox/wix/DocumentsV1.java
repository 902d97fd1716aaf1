package dev.kontor.sandbox.wix;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Dice;

/** Writes products, their variants and their inventory items as the older catalog does. */
final class DocumentsV1 {

    private final SiteWorld world;

    DocumentsV1(SiteWorld world) {
        this.world = world;
    }

    String field(List<Article> product, String name) {
        var first = product.getFirst();
        return switch (name) {
            case "numericId" -> Long.toString(first.numericId());
            case "sku" -> first.managed() ? "" : text(first.goods().sku());
            case "lastUpdated" -> OrderDocument.time(updatedAt(product));
            default -> first.productId();
        };
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    String itemId(List<Article> product) {
        return Dice.uuid(7, "wix inventory", product.getFirst().numericId()).toString();
    }

    private long updatedAt(List<Article> product) {
        return product.stream()
                .mapToLong(it -> world.shelf().home(it).now().since())
                .map(since -> Math.max(since, world.begunAt()))
                .max()
                .orElseThrow();
    }

    ObjectNode item(List<Article> product, boolean queried) {
        var first = product.getFirst();
        var item = JsonNodeFactory.instance
                .objectNode()
                .put("id", itemId(product))
                .put("externalId", first.productId())
                .put("productId", first.productId())
                .put("trackQuantity", look(first, queried).tracked());
        var variants = item.putArray("variants");
        for (var article : product) {
            var look = look(article, queried);
            var variant = variants.addObject()
                    .put("variantId", article.olderVariant())
                    .put("inStock", look.inStock());
            if (look.tracked()) {
                variant.put("quantity", look.quantity());
            }
            variant.put("availableForPreorder", false);
        }
        item.put("lastUpdated", OrderDocument.time(updatedAt(product)))
                .put("numericId", Long.toString(first.numericId()))
                .putObject("preorderInfo");
        return item;
    }

    private Item.Look look(Article article, boolean queried) {
        var item = world.shelf().home(article);
        return queried ? world.shelf().queried(item) : item.now();
    }

    ObjectNode product(List<Article> product, boolean withVariants) {
        var first = product.getFirst();
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("id", first.productId())
                .put("name", first.name())
                .put("slug", "produkt-" + first.index())
                .put("visible", first.visible())
                .put("productType", "physical")
                .put(
                        "description",
                        "<p>" + first.name().toLowerCase(Locale.ROOT).replace("<", "&lt;") + "</p>")
                .put("weight", 0.4)
                .put("manageVariants", first.managed())
                .put("numericId", Long.toString(first.numericId()))
                .put("inventoryItemId", itemId(product))
                .put("lastUpdated", OrderDocument.time(updatedAt(product)));
        if (!first.managed()) {
            document.put("sku", text(first.goods().sku()));
        }
        document.putObject("priceData")
                .put("currency", "PLN")
                .put("price", first.goods().price() / 100.0);
        var look = look(first, true);
        var stock = document.putObject("stock").put("trackInventory", look.tracked());
        var inStock = product.stream().filter(it -> look(it, true).inStock()).count();
        if (!first.managed() && look.tracked()) {
            stock.put("quantity", look.quantity());
        }
        stock.put("inStock", inStock > 0)
                .put(
                        "inventoryStatus",
                        inStock == 0
                                ? "OUT_OF_STOCK"
                                : inStock < product.size() ? "PARTIALLY_OUT_OF_STOCK" : "IN_STOCK");
        if (first.managed()) {
            var choices = document.putArray("productOptions").addObject().put("optionType", "drop_down");
            choices.put("name", "Rozmiar").putArray("choices");
        }
        if (withVariants) {
            var variants = document.putArray("variants");
            product.forEach(it -> variants.add(variant(it)));
        }
        return told(product, document);
    }

    private ObjectNode variant(Article article) {
        var document = JsonNodeFactory.instance.objectNode().put("id", article.olderVariant());
        var choices = document.putObject("choices");
        if (article.choice() != null) {
            choices.put("Rozmiar", article.choice());
        }
        var variant = document.putObject("variant")
                .put("sku", text(article.goods().sku()))
                .put("visible", true);
        variant.putObject("priceData")
                .put("currency", "PLN")
                .put("price", article.goods().price() / 100.0);
        document.set("stock", stock(article));
        return document;
    }

    private ObjectNode stock(Article article) {
        var look = look(article, true);
        var stock = JsonNodeFactory.instance.objectNode().put("trackQuantity", look.tracked());
        if (look.tracked()) {
            stock.put("quantity", look.quantity());
        }
        return stock.put("inStock", look.inStock());
    }

    ObjectNode storeVariant(Article article) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("id", article.productId() + "-" + article.olderVariant())
                .put("variantId", article.olderVariant())
                .put("productId", article.productId())
                .put("productName", article.name())
                .put("managedVariant", article.managed())
                .put("sku", text(article.goods().sku()));
        document.set("stock", stock(article));
        return document;
    }

    private ObjectNode told(List<Article> product, ObjectNode document) {
        for (var article : product) {
            switch (world.shelf().badness(article)) {
                case MALFORMED -> {
                    var broken = article.managed()
                            ? document.at("/variants/" + (article.index() - article.first()))
                            : document;
                    if (broken.path("stock") instanceof ObjectNode stock) {
                        stock.put("quantity", "kilka");
                    }
                }
                case UNKNOWN_STATUS -> document.withObject("stock").put("inventoryStatus", "LEVITATING");
                case UNKNOWN_FIELD -> document.put("carbonFootprint", 412);
                case null, default -> {}
            }
        }
        return document;
    }
}
