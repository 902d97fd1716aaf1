package dev.kontor.marketplaces.allegro;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.UnreadableField;

/** What Allegro calls a listing. An offer has no variants: each is an offer of its own. */
final class AllegroOffer {

    /** Every field of an offer in a list, as Allegro documents it. */
    private static final DocumentFields LISTED = new DocumentFields(
            Set.of(
                    "id",
                    "name",
                    "category.id",
                    "primaryImage.url",
                    "sellingMode.format",
                    "sellingMode.price.amount",
                    "sellingMode.price.currency",
                    "sellingMode.minimalPrice.amount",
                    "sellingMode.minimalPrice.currency",
                    "sellingMode.startingPrice.amount",
                    "sellingMode.startingPrice.currency",
                    "sellingMode.priceAutomation.rule.id",
                    "sellingMode.priceAutomation.rule.type",
                    "saleInfo.currentPrice.amount",
                    "saleInfo.currentPrice.currency",
                    "saleInfo.biddersCount",
                    "stock.available",
                    "stock.sold",
                    "stats.watchersCount",
                    "stats.visitsCount",
                    "publication.status",
                    "publication.startingAt",
                    "publication.startedAt",
                    "publication.endingAt",
                    "publication.endedAt",
                    "publication.marketplaces.base.id",
                    "publication.marketplaces.additional[].id",
                    "afterSalesServices.impliedWarranty.id",
                    "afterSalesServices.returnPolicy.id",
                    "afterSalesServices.warranty.id",
                    "additionalServices.id",
                    "external.id",
                    "delivery.shippingRates.id",
                    "b2b.buyableOnlyByBusiness",
                    "fundraisingCampaign.id"),
            Set.of());

    private static final String EAN_PARAMETER = "225693";

    private AllegroOffer() {}

    /** Paths of fields that nobody has taught Kontor yet; what hangs below names of marketplaces is not looked at. */
    static Set<String> unknown(ObjectNode listed) {
        var known = listed.deepCopy();
        known.remove("additionalMarketplaces");
        return LISTED.unknown(known);
    }

    /** @throws UnreadableField when something is missing, or in an odd form, without which a listing makes no sense */
    static Listing read(JsonNode json, Instant asOf) {
        if (!(json instanceof ObjectNode document)) {
            throw new UnreadableField("the offer is not an object");
        }
        var offer = new Fields(document, "");
        var available = available(offer);
        var status = offer.at("publication").at("status").text();
        var endedBy = offer.at("publication").at("endedBy").optionalText();
        return new Listing(
                offer.at("id").text(),
                null,
                offer.at("external").at("id").optionalText(),
                ean(document),
                offer.at("name").text(),
                available,
                canonical(status, endedBy, available),
                endedBy == null ? status : status + "/" + endedBy,
                null,
                asOf,
                document);
    }

    /** Allegro's numbers are whole. */
    static int available(Fields offer) {
        var available = offer.at("stock").at("available");
        try {
            return available.number().intValueExact();
        } catch (ArithmeticException e) {
            throw new UnreadableField("stock.available is not a whole number");
        }
    }

    /** An offer that has ended, or has not begun, keeps a number of which nobody sees anything. */
    static int shown(Fields offer) {
        var available = available(offer);
        var status = offer.at("publication").at("status").text();
        return switch (status) {
            case "ACTIVE", "ACTIVATING" -> available;
            case "INACTIVE", "ENDED" -> 0;
            default -> throw new UnreadableField("publication.status", "is none that is known");
        };
    }

    /** A list does not tell who ended an offer; when nothing is left, that is the likely reason. */
    private static Listing.Status canonical(String status, @Nullable String endedBy, int available) {
        return switch (status) {
            case "ACTIVE", "ACTIVATING" -> Listing.Status.ON_SALE;
            case "INACTIVE" -> Listing.Status.OFF_SALE;
            case "ENDED" ->
                "EMPTY_STOCK".equals(endedBy) || (endedBy == null && available == 0)
                        ? Listing.Status.SOLD_OUT
                        : Listing.Status.OFF_SALE;
            default -> Listing.Status.UNKNOWN;
        };
    }

    /** Of one product alone: the number of a product in a set, or in a pack of several, names something else. */
    private static @Nullable String ean(ObjectNode offer) {
        var products = offer.path("productSet");
        if (products.size() != 1
                || products.path(0).path("quantity").path("value").asInt(1) != 1) {
            return null;
        }
        return products.path(0)
                .path("product")
                .path("parameters")
                .valueStream()
                .filter(AllegroOffer::isEan)
                .map(parameter -> parameter.path("values").path(0).asString(""))
                .filter(value -> value.matches("[0-9]{8,14}"))
                .findFirst()
                .orElse(null);
    }

    private static boolean isEan(JsonNode parameter) {
        return parameter.path("id").asString("").equals(EAN_PARAMETER)
                || parameter.path("name").asString("").startsWith("EAN");
    }
}
