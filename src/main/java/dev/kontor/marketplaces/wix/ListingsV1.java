package dev.kontor.marketplaces.wix;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings.ListingPage;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Listings under Catalog V1: products with their variants in them, crawled by the number that Wix gives each. */
@Component
class ListingsV1 implements CatalogListings {

    private static final Operation LIST = Operation.read("products", "listings.list");
    /** Nobody says how far a query is behind; what it tells proves nothing. */
    private static final Duration LAG = Duration.ofMinutes(1);

    private static final Operation ONE = Operation.read("products", "listings.one");

    /** Every field of a product as Wix documents it; what depends on the seller's own words is not looked at. */
    private static final DocumentFields PRODUCT = fields();

    private static final Set<String> NOT_LOOKED_AT = Set.of(
            "media",
            "seoData",
            "additionalInfoSections",
            "customTextFields",
            "productOptions",
            "price",
            "priceData",
            "convertedPriceData",
            "costAndProfitData",
            "pricePerUnitData");

    private final WixCalls calls;
    private final WixProperties properties;
    private final StockV1 stock;
    private final Drift drift;

    ListingsV1(WixCalls calls, WixProperties properties, StockV1 stock, Drift drift) {
        this.calls = calls;
        this.properties = properties;
        this.stock = stock;
        this.drift = drift;
    }

    private static DocumentFields fields() {
        var fields = new TreeSet<>(Set.of(
                "id",
                "name",
                "slug",
                "visible",
                "productType",
                "description",
                "sku",
                "weight",
                "manageVariants",
                "numericId",
                "inventoryItemId",
                "collectionIds[]",
                "lastUpdated",
                "createdDate",
                "ribbon",
                "ribbons[].text",
                "brand",
                "discount.type",
                "discount.value",
                "productPageUrl.base",
                "productPageUrl.path",
                "stock.trackInventory",
                "stock.quantity",
                "stock.inStock",
                "stock.inventoryStatus"));
        for (var range : List.of("weightRange", "priceRange", "costRange")) {
            fields.add(range + ".minValue");
            fields.add(range + ".maxValue");
        }
        for (var dimensions : List.of("productDimensions", "packageDimensions")) {
            List.of(".length", ".width", ".height", ".unit").forEach(side -> fields.add(dimensions + side));
        }
        return new DocumentFields(fields, Set.of());
    }

    @Override
    public Answer<ListingPage> all(@Nullable String after, Connection connection) {
        var limit = properties.pageSize();
        var filter = after == null
                ? Map.<String, Object>of()
                : Map.<String, Object>of("numericId", Map.of("$gt", Long.parseLong(after)));
        return calls.ask(
                LIST,
                connection,
                (api, permission) -> api.products(permission, question(filter, limit)),
                reply -> listed(reply, limit));
    }

    /** Filter and order are texts that hold JSON; products that are hidden would be left out in silence. */
    private static Map<String, Object> question(Map<String, ?> filter, int limit) {
        return Map.of(
                "query",
                Map.of(
                        "filter",
                        JsonMapper.shared().writeValueAsString(filter),
                        "sort",
                        "[{\"numericId\":\"asc\"}]",
                        "paging",
                        Map.of("limit", limit, "offset", 0)),
                "includeVariants",
                true,
                "includeHiddenProducts",
                true);
    }

    private ListingPage listed(Reply reply, int limit) {
        var products = products(reply);
        var listings = new ArrayList<Listing>();
        var unreadable = new ArrayList<UnreadableRecord>();
        var asOf = reply.askedAt().minus(LAG);
        for (var product : products) {
            for (var part : parts(product)) {
                try {
                    listings.add(known(part.listing(asOf)));
                } catch (UnreadableField e) {
                    unreadable.add(CatalogListings.unreadable(part.id(), product, e.reason()));
                }
            }
        }
        var next = products.size() < limit ? null : new Cursor(numericId(products.getLast()));
        return new ListingPage(listings, unreadable, next, null);
    }

    private static String numericId(JsonNode product) {
        var number = product.path("numericId").asString("");
        if (!number.matches("[0-9]{1,18}")) {
            throw new UnreadableReply("numericId is not a number");
        }
        return number;
    }

    private static List<JsonNode> products(Reply reply) {
        var products = reply.body().path("products");
        if (!products.isArray()) {
            throw new UnreadableReply("products is not a list");
        }
        return products.valueStream().toList();
    }

    @Override
    public Answer<ListingReading> listing(VariantId id, Connection connection) {
        var filter = Map.of("id", Map.of("$eq", id.product()));
        return calls.ask(
                        ONE,
                        connection,
                        (api, permission) -> api.products(permission, question(filter, 1)),
                        reply -> products(reply).stream()
                                .flatMap(product -> parts(product).stream())
                                .filter(part -> id.equals(part.id()))
                                .findFirst())
                .flatMap(found -> found.<Answer<ListingReading>>map(part -> fresh(part, id, connection))
                        .orElseGet(() -> new Ok<>(new ListingReading.Gone())));
    }

    private Answer<ListingReading> fresh(Part part, VariantId id, Connection connection) {
        return stock.read(List.of(id.text()), connection)
                .map(readings -> Optional.ofNullable(readings.get(id.text()))
                        .<ListingReading>map(reading -> reading(part, reading))
                        .orElseGet(ListingReading.Gone::new));
    }

    private ListingReading reading(Part part, Reading reading) {
        try {
            return switch (reading) {
                case Reading.Gone ignored -> new ListingReading.Gone();
                case Reading.Unreadable ignored -> new ListingReading.Found(known(part.listing(Instant.EPOCH)));
                case Reading.Shown(var quantity, var ignored, var asOf) ->
                    new ListingReading.Found(known(part.listing(asOf, quantity)));
            };
        } catch (UnreadableField e) {
            return new ListingReading.Unreadable(CatalogListings.unreadable(part.id(), part.product(), e.reason()));
        }
    }

    private Listing known(Listing listing) {
        var looked = listing.document().deepCopy();
        looked.remove(NOT_LOOKED_AT);
        looked.remove("variant");
        var unknown = PRODUCT.unknown(looked);
        if (!unknown.isEmpty()) {
            drift.seen(WixCalls.WIX, Drift.Kind.FIELD, unknown);
        }
        CatalogListings.noticed(drift, listing);
        return listing;
    }

    /** A product whose variants are managed is as many listings, and any other is one. */
    private static List<Part> parts(JsonNode product) {
        return product.path("manageVariants").asBoolean(false)
                        && !product.path("variants").isEmpty()
                ? product.path("variants")
                        .valueStream()
                        .map(variant -> new Part(product, variant))
                        .toList()
                : List.of(new Part(product, null));
    }

    private record Part(JsonNode product, @Nullable JsonNode variant) {

        @Nullable
        VariantId id() {
            var own = product.path("id").asString("");
            return own.isEmpty()
                    ? null
                    : VariantId.of(
                            own, variant == null ? null : variant.path("id").asString(""));
        }

        Listing listing(Instant asOf) {
            var counted = variant == null
                    ? product.path("stock").path("trackInventory")
                    : variant.path("stock").path("trackQuantity");
            var quantity = new Fields(variant == null ? product : variant, "")
                    .at("stock")
                    .at("quantity");
            return listing(asOf, counted.asBoolean(false) && quantity.present() ? whole(quantity) : null);
        }

        private static int whole(Fields quantity) {
            try {
                return quantity.number().intValueExact();
            } catch (ArithmeticException e) {
                throw new UnreadableField("stock.quantity is not a whole number");
            }
        }

        Listing listing(Instant asOf, @Nullable Integer quantity) {
            var document = CatalogListings.object(product, "the product").deepCopy();
            document.remove("variants");
            var fields = new Fields(document, "");
            var sold = VariantId.of(
                    fields.at("id").text(),
                    variant == null ? null : new Fields(variant, "").at("id").text());
            var details = variant == null ? fields : new Fields(variant, "").at("variant");
            var availability = Optional.ofNullable(
                            fields.at("stock").at("inventoryStatus").optionalText())
                    .orElse("");
            var visible = visible(product) && (variant == null || visible(variant.path("variant")));
            if (variant != null) {
                document.set("variant", variant);
            }
            return new Listing(
                    sold.text(),
                    sold.variant(),
                    CatalogListings.sku(details.at("sku")),
                    null,
                    fields.at("name").text() + choices(),
                    quantity == null ? null : Math.max(0, quantity),
                    CatalogListings.status(availability, visible),
                    CatalogListings.text(availability, visible),
                    null,
                    asOf,
                    document);
        }

        private static boolean visible(JsonNode node) {
            return node.path("visible").asBoolean(true);
        }

        private String choices() {
            var names = variant == null
                    ? ""
                    : variant.path("choices")
                            .valueStream()
                            .map(choice -> choice.asString(""))
                            .filter(name -> !name.isEmpty())
                            .collect(Collectors.joining(", "));
            return names.isEmpty() ? "" : " (" + names + ")";
        }
    }
}
