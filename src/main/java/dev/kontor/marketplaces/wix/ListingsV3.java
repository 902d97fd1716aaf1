package dev.kontor.marketplaces.wix;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings.ListingPage;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Listings under Catalog V3: variants from one query, and what there is of them from another. */
@Component
class ListingsV3 implements CatalogListings {

    private static final Operation LIST = Operation.read("products", "listings.list");
    private static final Operation ONE = Operation.read("products", "listings.one");

    /** Every field of a variant as Wix documents it, where nothing else is asked for; pictures are not looked at. */
    private static final DocumentFields VARIANT = new DocumentFields(
            Set.of(
                    "id",
                    "variantId",
                    "visible",
                    "sku",
                    "barcode",
                    "optionChoices[].optionChoiceIds.optionId",
                    "optionChoices[].optionChoiceIds.choiceId",
                    "optionChoices[].optionChoiceNames.optionName",
                    "optionChoices[].optionChoiceNames.choiceName",
                    "optionChoices[].optionChoiceNames.renderType",
                    "price.actualPrice.amount",
                    "price.actualPrice.formattedAmount",
                    "price.compareAtPrice.amount",
                    "price.compareAtPrice.formattedAmount",
                    "inventoryStatus.inStock",
                    "inventoryStatus.preorderEnabled",
                    "physicalProperties.weight",
                    "physicalProperties.pricePerUnit.settings.quantity",
                    "physicalProperties.pricePerUnit.settings.measurementUnit",
                    "physicalProperties.pricePerUnit.value",
                    "physicalProperties.pricePerUnit.description",
                    "productData.productId",
                    "productData.name",
                    "productData.productType",
                    "productData.slug",
                    "productData.visible",
                    "productData.visibleInPos",
                    "productData.mainCategoryId",
                    "productData.directCategoryIds[]",
                    "productData.currency",
                    "productData.revision",
                    "productData.handle",
                    "productData.physicalProperties.weightMeasurementUnitInfo.weightMeasurementUnit"),
            Set.of());

    private static final Set<String> NOT_LOOKED_AT = Set.of("media", "digitalProperties", "extendedFields");

    private final WixCalls calls;
    private final WixProperties properties;
    private final StockItems stock;
    private final Drift drift;

    ListingsV3(WixCalls calls, WixProperties properties, StockItems stock, Drift drift) {
        this.calls = calls;
        this.properties = properties;
        this.stock = stock;
        this.drift = drift;
    }

    private record Page(List<JsonNode> variants, @Nullable String next, Instant askedAt) {

        List<VariantId> ids() {
            return variants.stream()
                    .map(ListingsV3::id)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    @Override
    public Answer<ListingPage> all(@Nullable String after, Connection connection) {
        var limit = Math.min(properties.pageSize(), StockItems.READ_SIZE);
        var paging = after == null
                ? Map.<String, Object>of("limit", limit)
                : Map.<String, Object>of("limit", limit, "cursor", after);
        return variants(LIST, Map.of("cursorPaging", paging), connection)
                .flatMap(page -> page.ids().isEmpty()
                        ? new Ok<>(listed(page, new StockItems.Stock(Map.of(), Map.of(), page.askedAt())))
                        : stock.query(page.ids(), connection).map(found -> listed(page, found)));
    }

    private Answer<Page> variants(Operation operation, Map<String, Object> query, Connection connection) {
        return calls.ask(
                operation,
                connection,
                (api, permission) -> api.variants(permission, Map.of("query", query)),
                ListingsV3::page);
    }

    private static Page page(Reply reply) {
        var variants = reply.body().path("variants");
        if (!variants.isArray()) {
            throw new UnreadableReply("variants is not a list");
        }
        var metadata = reply.body().path("pagingMetadata");
        var next = metadata.path("cursors").path("next").asString("");
        var more = !next.isEmpty()
                && !variants.isEmpty()
                && metadata.path("hasNext").asBoolean(true);
        return new Page(variants.valueStream().toList(), more ? next : null, reply.askedAt());
    }

    private static @Nullable VariantId id(JsonNode variant) {
        var product = variant.path("productData").path("productId").asString("");
        var own = variant.path("variantId").asString("");
        return product.isEmpty() || own.isEmpty() ? null : VariantId.of(product, own);
    }

    private ListingPage listed(Page page, StockItems.Stock found) {
        var listings = new ArrayList<Listing>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var variant : page.variants()) {
            try {
                listings.add(known(listing(variant, found)));
            } catch (UnreadableField e) {
                unreadable.add(CatalogListings.unreadable(id(variant), variant, e.reason()));
            }
        }
        return new ListingPage(listings, unreadable, page.next() == null ? null : new Cursor(page.next()), null);
    }

    @Override
    public Answer<ListingReading> listing(VariantId id, Connection connection) {
        var filter = Map.of("productData.productId", id.product(), "variantId", id.variantOrZeros());
        return variants(ONE, Map.of("filter", filter), connection)
                .flatMap(page -> page.variants().stream()
                        .filter(variant -> id.equals(id(variant)))
                        .findFirst()
                        .<Answer<ListingReading>>map(
                                variant -> stock.fresh(id, connection).map(found -> reading(variant, found)))
                        .orElseGet(() -> new Ok<>(new ListingReading.Gone())));
    }

    private ListingReading reading(JsonNode variant, StockItems.Stock found) {
        try {
            return new ListingReading.Found(known(listing(variant, found)));
        } catch (UnreadableField e) {
            return new ListingReading.Unreadable(CatalogListings.unreadable(id(variant), variant, e.reason()));
        }
    }

    private Listing known(Listing listing) {
        var looked = listing.document().deepCopy();
        looked.remove(NOT_LOOKED_AT);
        var unknown = VARIANT.unknown(looked);
        if (!unknown.isEmpty()) {
            drift.seen(WixCalls.WIX, Drift.Kind.FIELD, unknown);
        }
        CatalogListings.noticed(drift, listing);
        return listing;
    }

    private static Listing listing(JsonNode json, StockItems.Stock found) {
        ObjectNode document = CatalogListings.object(json, "the variant");
        var variant = new Fields(document, "");
        var product = variant.at("productData");
        var id = VariantId.of(
                product.at("productId").text(), variant.at("variantId").text());
        var problem = found.unreadable().get(id);
        if (problem != null) {
            throw new UnreadableField("inventoryItem: " + problem);
        }
        var held = Optional.ofNullable(found.items().get(id));
        var availability = held.map(all -> all.main().availability()).orElse("");
        var visible = visible(json) && visible(json.path("productData"));
        return new Listing(
                id.text(),
                id.variant(),
                CatalogListings.sku(variant.at("sku")),
                ean(variant.at("barcode")),
                product.at("name").text() + choices(json),
                held.map(StockItem.All::quantity).orElse(null),
                CatalogListings.status(availability, visible),
                CatalogListings.text(availability, visible),
                held.map(StockItem.All::revision).orElse(null),
                found.asOf(),
                document);
    }

    private static boolean visible(JsonNode node) {
        return node.path("visible").asBoolean(true);
    }

    /** A barcode may be of any kind. */
    private static @Nullable String ean(Fields barcode) {
        var text = barcode.optionalText();
        return text != null && text.matches("[0-9]{8,14}") ? text : null;
    }

    private static String choices(JsonNode variant) {
        var names = variant.path("optionChoices")
                .valueStream()
                .map(choice ->
                        choice.path("optionChoiceNames").path("choiceName").asString(""))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " (" + names + ")";
    }
}
