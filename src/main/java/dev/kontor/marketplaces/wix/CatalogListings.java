package dev.kontor.marketplaces.wix;

import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings.ListingPage;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.UnreadableField;

/** How listings are read under one of Wix's catalogs. */
interface CatalogListings {

    /** @param after what an earlier page of the same catalog said, null for the first */
    Answer<ListingPage> all(@Nullable String after, Connection connection);

    Answer<ListingReading> listing(VariantId id, Connection connection);

    /** What Wix calls hidden is off sale, and what is sold out can be bought as soon as there is some. */
    static Listing.Status status(String availability, boolean visible) {
        return switch (availability) {
            case "IN_STOCK", "OUT_OF_STOCK", "PARTIALLY_OUT_OF_STOCK", "PREORDER", "" ->
                visible ? Listing.Status.ON_SALE : Listing.Status.OFF_SALE;
            default -> Listing.Status.UNKNOWN;
        };
    }

    static String text(String availability, boolean visible) {
        var status = availability.isEmpty() ? "NO_INVENTORY" : availability;
        return visible ? status : status + "/HIDDEN";
    }

    static void noticed(Drift drift, Listing listing) {
        if (listing.status() == Listing.Status.UNKNOWN) {
            drift.seen(WixCalls.WIX, Drift.Kind.STATUS, Set.of("product " + listing.marketplaceStatus()));
        }
    }

    static UnreadableRecord unreadable(@Nullable VariantId id, JsonNode json, String reason) {
        return new UnreadableRecord("listing", id == null ? null : id.text(), reason, json.toString());
    }

    /** Sellers leave it empty. */
    static @Nullable String sku(Fields sku) {
        return Optional.ofNullable(sku.optionalText())
                .filter(text -> !text.isBlank())
                .orElse(null);
    }

    static ObjectNode object(JsonNode json, String name) {
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new UnreadableField(name, "is not an object");
    }
}
