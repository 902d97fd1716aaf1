package dev.kontor.marketplaces.amazon;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.UnreadableField;

/**
 * What Amazon calls a listings item: a SKU of the seller, which he may sell in several marketplaces of one region and
 * which has one quantity in all of them. A variant is a SKU of its own.
 */
final class AmazonListing {

    /** The sets of data that make a listing here. */
    static final String BRIEFLY = "summaries,fulfillmentAvailability";

    static final String WHOLE = BRIEFLY + ",attributes";

    private static final DocumentFields KNOWN = new DocumentFields(
            Set.of(
                    "sku",
                    "summaries[].marketplaceId",
                    "summaries[].asin",
                    "summaries[].productType",
                    "summaries[].conditionType",
                    "summaries[].status[]",
                    "summaries[].fnSku",
                    "summaries[].itemName",
                    "summaries[].createdDate",
                    "summaries[].lastUpdatedDate",
                    "summaries[].mainImage.link",
                    "summaries[].mainImage.height",
                    "summaries[].mainImage.width",
                    "fulfillmentAvailability[].fulfillmentChannelCode",
                    "fulfillmentAvailability[].quantity"),
            Set.of());

    private static final Set<String> STATUSES = Set.of("BUYABLE", "DISCOVERABLE");

    /** The seller's own channel; he may have others for single places of his, of which Kontor knows nothing. */
    private static final String OWN = "DEFAULT";

    private static final String AMAZONS = "AMAZON";

    private AmazonListing() {}

    /** From whose shelf a listing is sent. */
    enum Channel {
        SELLER,
        AMAZON,
        /** It was never completed. */
        NONE
    }

    /** @param quantity what the seller shows, null where he sends it not himself or it is not told */
    record Availability(Channel channel, @Nullable Integer quantity) {}

    static Availability availability(Fields listing) {
        var all = listing.at("fulfillmentAvailability").array();
        var channel = Channel.NONE;
        for (int index = 0; index < all.node().size(); index++) {
            var code = all.at(index).at("fulfillmentChannelCode").text();
            if (code.equals(OWN)) {
                var quantity = all.at(index).at("quantity");
                return new Availability(Channel.SELLER, quantity.present() ? whole(quantity) : null);
            }
            channel = code.startsWith(AMAZONS) ? Channel.AMAZON : channel;
        }
        return new Availability(channel, null);
    }

    /** The quantity that was last written, whatever was sold since. */
    static OptionalInt submitted(JsonNode listing) {
        return listing.path("attributes")
                .path("fulfillment_availability")
                .valueStream()
                .filter(entry ->
                        entry.path("fulfillment_channel_code").asString("").equals(OWN))
                .map(entry -> entry.path("quantity"))
                .filter(JsonNode::isIntegralNumber)
                .mapToInt(JsonNode::asInt)
                .findFirst();
    }

    static int whole(Fields number) {
        try {
            var value = number.number().intValueExact();
            if (value >= 0) {
                return value;
            }
        } catch (ArithmeticException e) {
            // told below
        }
        throw new UnreadableField("a quantity is no whole number from zero up");
    }

    /** @throws UnreadableField when something is missing, or in an odd form, without which a listing makes no sense */
    static Listing read(JsonNode json, Instant asOf) {
        if (!(json instanceof ObjectNode document)) {
            throw new UnreadableField("the listing is not an object");
        }
        var listing = new Fields(document, "");
        var sku = listing.at("sku").text();
        var availability = availability(listing);
        var statuses = statuses(document);
        return new Listing(
                sku,
                null,
                sku,
                ean(document),
                name(document, sku),
                availability.quantity(),
                availability.channel() == Channel.AMAZON,
                canonical(statuses, availability),
                String.join(",", statuses),
                null,
                asOf,
                document);
    }

    private static Set<String> statuses(ObjectNode listing) {
        return summaries(listing)
                .flatMap(summary -> summary.path("status").valueStream())
                .map(status -> status.asString(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JsonNode> summaries(JsonNode listing) {
        return listing.path("summaries").valueStream();
    }

    /** Amazon does not say why nobody can buy it; when nothing is left, that is the likely reason. */
    private static Listing.Status canonical(Set<String> statuses, Availability availability) {
        if (statuses.contains("BUYABLE")) {
            return Listing.Status.ON_SALE;
        }
        if (!STATUSES.containsAll(statuses)) {
            return Listing.Status.UNKNOWN;
        }
        var quantity = availability.quantity();
        return quantity != null && quantity == 0 ? Listing.Status.SOLD_OUT : Listing.Status.OFF_SALE;
    }

    /** Without a product page a listing has no name but its SKU. */
    private static String name(ObjectNode listing, String sku) {
        return Stream.concat(
                        summaries(listing).map(summary -> summary.path("itemName")),
                        listing.path("attributes")
                                .path("item_name")
                                .valueStream()
                                .map(name -> name.path("value")))
                .map(name -> name.asString(""))
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse(sku);
    }

    private static @Nullable String ean(ObjectNode listing) {
        return listing.path("attributes")
                .path("externally_assigned_product_identifier")
                .valueStream()
                .filter(identifier -> Set.of("ean", "gtin", "upc")
                        .contains(identifier.path("type").asString("")))
                .map(identifier -> identifier.path("value").asString(""))
                .filter(value -> value.matches("[0-9]{8,14}"))
                .findFirst()
                .orElse(null);
    }

    /** In which marketplaces it is listed. */
    static List<String> marketplaces(JsonNode listing) {
        return summaries(listing)
                .map(summary -> summary.path("marketplaceId").asString(""))
                .filter(id -> !id.isEmpty())
                .toList();
    }

    /** When it was made, in whichever marketplace it was first; null where that is not told. */
    static @Nullable Instant createdAt(JsonNode listing) {
        try {
            var summaries = new Fields(listing.path("summaries"), "summaries").array();
            return Stream.iterate(0, index -> index < summaries.node().size(), index -> index + 1)
                    .map(index -> summaries.at(index).at("createdDate").time())
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        } catch (UnreadableField e) {
            return null;
        }
    }

    /** Paths of fields that nobody has taught Kontor yet; attributes are different for every kind of goods. */
    static Set<String> unknown(ObjectNode listing) {
        var known = listing.deepCopy();
        known.remove("attributes");
        return KNOWN.unknown(known);
    }
}
