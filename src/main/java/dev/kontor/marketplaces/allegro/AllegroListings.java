package dev.kontor.marketplaces.allegro;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

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

/** The seller's offers: a list that lags behind, and single offers that do not. */
@SecondaryAdapter
@Component
class AllegroListings implements Listings {

    private static final Operation LIST = Operation.read("offers", "offers.list");
    private static final Operation OFFER = Operation.read("offers", "offers.offer");

    /** Sellers reported a quarter of an hour. */
    private static final Duration LIST_LAG = Duration.ofMinutes(15);

    /** So many drafts may be deleted while somebody pages through the list, and still no offer is passed over. */
    private static final int OVERLAP = 10;

    private final AllegroCalls calls;
    private final AllegroProperties properties;
    private final Drift drift;

    AllegroListings(AllegroCalls calls, AllegroProperties properties, Drift drift) {
        this.calls = calls;
        this.properties = properties;
        this.drift = drift;
    }

    /** The list begins with the newest, so that a new offer pushes the others back and some come twice. */
    @Override
    public Answer<ListingPage> all(@Nullable Cursor after, Connection connection) {
        var offset = after == null ? 0 : Integer.parseInt(after.value());
        var limit = properties.offerPageSize();
        return calls.ask(
                LIST,
                connection,
                (api, bearer) -> api.offers(bearer, limit, offset),
                reply -> page(reply, offset, limit));
    }

    private ListingPage page(Reply reply, int offset, int limit) {
        var offers = reply.body().path("offers");
        if (!offers.isArray()) {
            throw new UnreadableReply("offers is not a list");
        }
        var listings = new ArrayList<Listing>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var offer : offers) {
            try {
                listings.add(known(AllegroOffer.read(offer, reply.askedAt().minus(LIST_LAG))));
            } catch (UnreadableField e) {
                unreadable.add(unreadable(offer, e));
            }
        }
        var total = reply.body().path("totalCount");
        var end = offset + offers.size();
        var more = total.isIntegralNumber() ? end < total.asLong() && !offers.isEmpty() : offers.size() >= limit;
        var next = offers.size() > OVERLAP ? end - OVERLAP : end;
        return new ListingPage(
                listings,
                unreadable,
                more ? new Cursor(String.valueOf(next)) : null,
                total.isIntegralNumber() ? total.asLong() : null);
    }

    private Listing known(Listing listing) {
        var unknown = AllegroOffer.unknown(listing.document());
        if (!unknown.isEmpty()) {
            drift.seen(AllegroCalls.ALLEGRO, Drift.Kind.FIELD, unknown);
        }
        return status(listing);
    }

    private Listing status(Listing listing) {
        if (listing.status() == Listing.Status.UNKNOWN) {
            drift.seen(AllegroCalls.ALLEGRO, Drift.Kind.STATUS, List.of("offer " + listing.marketplaceStatus()));
        }
        return listing;
    }

    private static UnreadableRecord unreadable(JsonNode offer, UnreadableField field) {
        var id = offer.path("id");
        return new UnreadableRecord(
                "listing", id.isString() ? id.stringValue() : null, field.reason(), offer.toString());
    }

    @Override
    public Answer<ListingReading> listing(String externalId, Connection connection) {
        return calls.ask(
                OFFER,
                connection,
                (api, bearer) -> api.offer(bearer, externalId),
                new OneOffer(),
                AllegroLimits.offers(connection));
    }

    private class OneOffer implements Translation<ListingReading> {
        @Override
        public ListingReading read(Reply reply) {
            try {
                return new ListingReading.Found(status(AllegroOffer.read(reply.body(), reply.askedAt())));
            } catch (UnreadableField e) {
                return new ListingReading.Unreadable(unreadable(reply.body(), e));
            }
        }

        @Override
        public Optional<Answer<ListingReading>> refused(Refusal refusal) {
            return AllegroTranslation.saysNoSuchOffer(refusal)
                    ? Optional.of(new Ok<>(new ListingReading.Gone()))
                    : AllegroTranslation.vague404(refusal);
        }
    }
}
