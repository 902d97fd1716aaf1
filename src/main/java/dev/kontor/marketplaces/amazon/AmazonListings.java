package dev.kontor.marketplaces.amazon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** The seller's listings in all his marketplaces of one region, each SKU once. */
@SecondaryAdapter
@Component
class AmazonListings implements Listings {

    private static final Operation LIST = Operation.read("listings", "listings.list");
    private static final Operation ONE = Operation.read("listings", "listings.listing");

    private static final int PAGED_THROUGH = 1_000;

    private final AmazonCalls calls;
    private final AmazonListingProperties properties;
    private final AmazonChannels channels;
    private final Drift drift;

    AmazonListings(AmazonCalls calls, AmazonListingProperties properties, AmazonChannels channels, Drift drift) {
        this.calls = calls;
        this.properties = properties;
        this.channels = channels;
        this.drift = drift;
    }

    @Override
    public Answer<ListingPage> all(@Nullable Cursor after, Connection connection) {
        var position = after == null ? ListingPosition.START : ListingPosition.of(after);
        var credentials = new AmazonCredentials(connection.credentials());
        var question = question(position, credentials);
        return calls.ask(
                LIST,
                AmazonLimits.SEARCH_LISTINGS,
                connection,
                (api, permission) -> api.searchListings(permission, credentials.seller(), question),
                reply -> page(reply, position, connection));
    }

    private MultiValueMap<String, String> question(ListingPosition position, AmazonCredentials credentials) {
        var question = new LinkedMultiValueMap<String, String>();
        question.add("marketplaceIds", String.join(",", credentials.marketplaces()));
        question.add("includedData", AmazonListing.BRIEFLY);
        question.add("sortBy", "createdDate");
        question.add("sortOrder", "ASC");
        question.add("pageSize", String.valueOf(properties.pageSize()));
        if (position.from() != null) {
            question.add("createdAfter", position.from().toString());
        }
        if (position.token() != null) {
            question.add("pageToken", position.token());
        }
        return question;
    }

    private ListingPage page(Reply reply, ListingPosition position, Connection connection) {
        var items = reply.body().path("items");
        if (!items.isArray()) {
            throw new UnreadableReply("items is not a list");
        }
        var listings = new ArrayList<Listing>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var item : items) {
            try {
                listings.add(known(AmazonListing.read(item, reply.askedAt())));
                channels.learn(connection, item);
            } catch (UnreadableField e) {
                unreadable.add(unreadable(item, e));
            }
        }
        var total = reply.body().path("numberOfResults");
        var next = next(reply.body(), position);
        return new ListingPage(
                listings,
                unreadable,
                next == null ? null : next.cursor(),
                position.from() == null && total.isIntegralNumber() ? total.asLong() : null);
    }

    private static @Nullable ListingPosition next(JsonNode body, ListingPosition position) {
        var size = body.path("items").size();
        var token = body.path("pagination").path("nextToken").asString("");
        if (!token.isEmpty()) {
            return position.page(size, token);
        }
        if (body.path("numberOfResults").asLong(0) <= position.passed() + size) {
            return null;
        }
        var last = body.path("items")
                .valueStream()
                .map(AmazonListing::createdAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        if (position.advancesTo(last)) {
            return new ListingPosition(last, 0, null);
        }
        if (position.passed() + size >= PAGED_THROUGH) {
            throw new UnreadableReply("more listings of one instant than Amazon pages through");
        }
        return null; // some were there when they were counted and are not any more
    }

    private Listing known(Listing listing) {
        var unknown = AmazonListing.unknown(listing.document());
        if (!unknown.isEmpty()) {
            drift.seen(AmazonCalls.AMAZON, Drift.Kind.FIELD, unknown);
        }
        if (listing.status() == Listing.Status.UNKNOWN) {
            drift.seen(AmazonCalls.AMAZON, Drift.Kind.STATUS, List.of("listing " + listing.marketplaceStatus()));
        }
        return listing;
    }

    private static UnreadableRecord unreadable(JsonNode listing, UnreadableField field) {
        var sku = listing.path("sku");
        return new UnreadableRecord(
                "listing", sku.isString() ? sku.stringValue() : null, field.reason(), listing.toString());
    }

    @Override
    public Answer<ListingReading> listing(String externalId, Connection connection) {
        var credentials = new AmazonCredentials(connection.credentials());
        return calls.ask(
                ONE,
                AmazonLimits.LISTING,
                connection,
                (api, permission) -> api.listing(
                        permission,
                        credentials.seller(),
                        externalId,
                        String.join(",", credentials.marketplaces()),
                        AmazonListing.WHOLE),
                new OneListing(connection));
    }

    private class OneListing implements Translation<ListingReading> {
        private final Connection connection;

        OneListing(Connection connection) {
            this.connection = connection;
        }

        @Override
        public ListingReading read(Reply reply) {
            try {
                var listing = known(AmazonListing.read(reply.body(), reply.askedAt()));
                channels.learn(connection, reply.body());
                return new ListingReading.Found(listing);
            } catch (UnreadableField e) {
                return new ListingReading.Unreadable(unreadable(reply.body(), e));
            }
        }

        @Override
        public Optional<Answer<ListingReading>> refused(Refusal refusal) {
            return AmazonTranslation.saysNoSuchListing(refusal)
                    ? Optional.of(new Ok<>(new ListingReading.Gone()))
                    : AmazonTranslation.vague404(refusal);
        }
    }
}
