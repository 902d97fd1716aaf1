package dev.kontor.sandbox.amazon;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Fault;

/** A listing as Amazon tells it: of each set of data only what was asked for. */
record ListingDocument(
        Shelf.Seen seen,
        Set<String> included,
        Collection<String> marketplaces,
        @Nullable Fault badness) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    ObjectNode told() {
        var ware = seen.ware();
        var document = JSON.objectNode().put("sku", ware.sku());
        if (included.contains("summaries")) {
            summaries(document);
        }
        if (included.contains("attributes")) {
            document.set("attributes", attributes());
        }
        if (included.contains("issues")) {
            document.putArray("issues");
        }
        if (included.contains("fulfillmentAvailability")) {
            availability(document);
        }
        return odd(document);
    }

    private void summaries(ObjectNode document) {
        var ware = seen.ware();
        var look = seen.look();
        var summaries = document.putArray("summaries");
        ware.marketplaces().stream().filter(marketplaces::contains).forEach(marketplace -> {
            var summary = summaries
                    .addObject()
                    .put("marketplaceId", marketplace)
                    .put("asin", ware.asin())
                    .put("productType", "HOME")
                    .put("conditionType", "new_new");
            var status = summary.putArray("status");
            if (look.buyable() > 0) {
                status.add("BUYABLE");
            }
            status.add("DISCOVERABLE");
            summary.put("itemName", ware.name())
                    .put("createdDate", Instant.ofEpochMilli(ware.createdAt()).toString())
                    .put(
                            "lastUpdatedDate",
                            Instant.ofEpochMilli(look.updatedAt()).toString());
        });
    }

    private ObjectNode attributes() {
        var ware = seen.ware();
        var attributes = JSON.objectNode();
        attributes
                .putArray("item_name")
                .addObject()
                .put("value", ware.name())
                .put("language_tag", "pl_PL")
                .put("marketplace_id", ware.marketplaces().getFirst());
        attributes
                .putArray("externally_assigned_product_identifier")
                .addObject()
                .put("type", "ean")
                .put("value", ware.ean())
                .put("marketplace_id", ware.marketplaces().getFirst());
        if (seen.look().merchant()) {
            var availability = attributes
                    .putArray("fulfillment_availability")
                    .addObject()
                    .put("fulfillment_channel_code", "DEFAULT")
                    .put("quantity", seen.look().submitted());
            if (seen.look().leadTime() != null) {
                availability.put("lead_time_to_ship_max_days", seen.look().leadTime());
            }
        }
        return attributes;
    }

    private void availability(ObjectNode document) {
        var entry = document.putArray("fulfillmentAvailability").addObject();
        if (seen.look().merchant()) {
            entry.put("fulfillmentChannelCode", "DEFAULT")
                    .put("quantity", seen.look().quantity());
        } else {
            entry.put("fulfillmentChannelCode", "AMAZON_EU");
        }
    }

    private ObjectNode odd(ObjectNode document) {
        switch (badness) {
            case MALFORMED -> document.put("fulfillmentAvailability", "kilka");
            case UNKNOWN_STATUS ->
                document.path("summaries")
                        .forEach(summary ->
                                ((ObjectNode) summary).putArray("status").add("LEVITATING"));
            case UNKNOWN_FIELD -> document.put("carbonFootprint", 412);
            case null, default -> {}
        }
        return document;
    }
}
