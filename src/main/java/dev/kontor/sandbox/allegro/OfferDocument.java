package dev.kontor.sandbox.allegro;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Fault;

/** An offer as Allegro tells it: in a list, alone, or only its stock. */
record OfferDocument(Offer offer, Offer.Look look, @Nullable Fault badness) {

    private static final String DUE = "2026-01-07T08:00:00.000Z";

    ObjectNode listed() {
        var document = named();
        document.set("category", Json.id("257931"));
        document.putNull("primaryImage");
        document.set("sellingMode", sellingMode());
        document.set("stock", Json.object().put("available", look.available()).put("sold", 0));
        document.set("publication", publication());
        document.set("additionalMarketplaces", Json.object());
        return told(document);
    }

    ObjectNode whole() {
        var document = named();
        var product = Json.id(offer.product().productId().toString());
        var parameters = product.putArray("parameters");
        parameters.add(Json.id("225693")
                .put("name", "EAN (GTIN)")
                .set("values", Json.array().add(offer.product().ean())));
        var entry = Json.object();
        entry.set("product", product);
        entry.set("quantity", Json.object().put("value", 1));
        document.set("productSet", Json.array().add(entry));
        document.set("sellingMode", sellingMode());
        document.set("stock", stock());
        document.set("publication", publication().put("endedBy", look.endedBy()).put("republish", false));
        document.put("language", "pl-PL");
        return told(document);
    }

    ObjectNode parts(boolean stock, boolean price) {
        var document = Json.object();
        if (stock) {
            document.set("stock", stock());
        }
        if (price) {
            document.set("sellingMode", sellingMode());
        }
        return document;
    }

    private ObjectNode stock() {
        return Json.object().put("available", look.available()).put("unit", "UNIT");
    }

    private ObjectNode named() {
        var document =
                Json.id(offer.product().offerId()).put("name", offer.product().name());
        var sku = offer.product().sku();
        document.set("external", sku == null ? Json.MAPPER.nullNode() : Json.id(sku));
        return document;
    }

    private ObjectNode sellingMode() {
        return Json.object()
                .put("format", "BUY_NOW")
                .set("price", Json.money(offer.product().price(), "PLN"));
    }

    private ObjectNode publication() {
        var publication = Json.object().put("status", look.status());
        publication.putNull("startingAt");
        publication.put("startedAt", look.status().equals(Offer.Look.INACTIVE) ? null : DUE);
        publication.putNull("endingAt");
        publication.put(
                "endedAt", look.status().equals(Offer.Look.ENDED) ? Json.time(Math.max(0, look.since())) : null);
        publication.set(
                "marketplaces", Json.object().set("base", Json.id("allegro-pl")).set("additional", Json.array()));
        return publication;
    }

    private ObjectNode told(ObjectNode document) {
        return switch (badness) {
            case MALFORMED -> {
                document.set("stock", Json.object().put("available", "kilka"));
                yield document;
            }
            case UNKNOWN_STATUS -> {
                document.withObject("publication").put("status", "LEVITATING");
                yield document;
            }
            case UNKNOWN_FIELD -> document.put("carbonFootprint", 412);
            case null, default -> document;
        };
    }
}
