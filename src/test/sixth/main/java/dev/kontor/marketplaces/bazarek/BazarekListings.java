package dev.kontor.marketplaces.bazarek;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** What a shop sells. */
@SecondaryAdapter
@Component
class BazarekListings implements Listings {

    private static final Operation LIST = Operation.read("listings", "listings.list");
    private static final Operation LISTING = Operation.read("listings", "listings.listing");

    private static final DocumentFields FIELDS =
            new DocumentFields(Set.of("id", "sku", "ean", "title", "price", "available", "state"), Set.of());

    private final BazarekCalls calls;
    private final BazarekProperties properties;
    private final Drift drift;

    BazarekListings(BazarekCalls calls, BazarekProperties properties, Drift drift) {
        this.calls = calls;
        this.properties = properties;
        this.drift = drift;
    }

    @Override
    public Answer<ListingPage> all(@Nullable Cursor after, Connection connection) {
        var page = new TreeMap<>(Map.of("limit", String.valueOf(properties.pageSize())));
        if (after != null) {
            page.put("after", after.value());
        }
        return calls.ask(LIST, connection, (api, key) -> api.listings(key, page), this::page);
    }

    private ListingPage page(Reply reply) {
        var list = reply.body().path("listings");
        if (!list.isArray()) {
            throw new UnreadableReply("listings is not a list");
        }
        var listings = new ArrayList<Listing>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var listing : list) {
            try {
                listings.add(known(read(listing, reply.askedAt())));
            } catch (UnreadableField e) {
                unreadable.add(unreadable(listing, e));
            }
        }
        var next = reply.body().path("next").asString("");
        var total = reply.body().path("total").asLong(0);
        return new ListingPage(listings, unreadable, next.isEmpty() ? null : new Cursor(next), total);
    }

    @Override
    public Answer<ListingReading> listing(String externalId, Connection connection) {
        return calls.ask(
                LISTING,
                connection,
                (api, key) -> api.listing(key, externalId),
                new OrGone<>(this::reading, "NO_SUCH_LISTING", new ListingReading.Gone()));
    }

    private ListingReading reading(Reply reply) {
        try {
            return new ListingReading.Found(known(read(reply.body(), reply.askedAt())));
        } catch (UnreadableField e) {
            return new ListingReading.Unreadable(unreadable(reply.body(), e));
        }
    }

    private static Listing read(JsonNode json, Instant asOf) {
        if (!(json instanceof ObjectNode document)) {
            throw new UnreadableField("the listing", "is not an object");
        }
        var listing = new Fields(document, "");
        var state = listing.at("state").text();
        var available = listing.at("available");
        if (!available.node().canConvertToInt()) {
            throw new UnreadableField("available", "is not a whole number");
        }
        return new Listing(
                listing.at("id").text(),
                null,
                listing.at("sku").optionalText(),
                listing.at("ean").optionalText(),
                listing.at("title").text(),
                available.node().intValue(),
                status(state),
                state,
                null,
                asOf,
                document);
    }

    private static Listing.Status status(String state) {
        return switch (state) {
            case "OPEN" -> Listing.Status.ON_SALE;
            case "CLOSED" -> Listing.Status.OFF_SALE;
            default -> Listing.Status.UNKNOWN;
        };
    }

    private Listing known(Listing listing) {
        if (listing.status() == Listing.Status.UNKNOWN) {
            drift.seen(BazarekCalls.BAZAREK, Drift.Kind.STATUS, List.of("listing " + listing.marketplaceStatus()));
        }
        var unknown = FIELDS.unknown(listing.document());
        if (!unknown.isEmpty()) {
            drift.seen(BazarekCalls.BAZAREK, Drift.Kind.FIELD, unknown);
        }
        return listing;
    }

    private static UnreadableRecord unreadable(JsonNode listing, UnreadableField field) {
        var id = listing.path("id").asString("");
        return new UnreadableRecord("listing", id.isEmpty() ? null : id, field.reason(), listing.toString());
    }
}
