package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.amazon.AmazonListing.Channel;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/**
 * Which listings the seller sends himself, and where they are listed. A quantity written to one that Amazon sends would
 * make it the seller's to send and strand what lies in Amazon's warehouses, so each is looked at before it is written,
 * unless that was just done.
 */
@Component
class AmazonChannels {

    private static final Operation ONE = Operation.read("listings", "stock.channel");
    private static final Operation MANY = Operation.read("listings", "stock.channels");

    /** As many identifiers as a search takes. */
    private static final int TOGETHER = 20;

    /** In which a seller may move goods to Amazon's warehouses without being noticed. */
    private static final Duration BELIEVED = Duration.ofMinutes(10);

    private final AmazonCalls calls;
    private final Cache<Key, Place> known = Caffeine.newBuilder()
            .expireAfterWrite(BELIEVED)
            .maximumSize(200_000)
            .build();

    private record Key(UUID account, String sku) {}

    /** @param marketplaces in which it is listed */
    record Place(Channel channel, List<String> marketplaces) {}

    AmazonChannels(AmazonCalls calls) {
        this.calls = calls;
    }

    /** Remembers what was just read. */
    void learn(Connection connection, JsonNode listing) {
        try {
            var read = new Fields(listing, "");
            known.put(
                    new Key(connection.account(), read.at("sku").text()),
                    new Place(AmazonListing.availability(read).channel(), AmazonListing.marketplaces(listing)));
        } catch (UnreadableField e) {
            // it stays unknown, and is asked for before it is written
        }
    }

    /** Those that exist. */
    Answer<Map<String, Place>> of(Collection<String> skus, Connection connection) {
        var found = new HashMap<String, Place>();
        var unknown = new ArrayList<String>();
        for (var sku : skus) {
            var place = known.getIfPresent(new Key(connection.account(), sku));
            if (place == null) {
                unknown.add(sku);
            } else {
                found.put(sku, place);
            }
        }
        return ask(unknown, connection).map(asked -> {
            found.putAll(asked);
            return found;
        });
    }

    /**
     * By searching, of which Amazon permits as much as of single looks: those are needed to see what became of writes. A
     * listing that the search does not know yet is looked at alone.
     */
    private Answer<Map<String, Place>> ask(List<String> skus, Connection connection) {
        var found = new HashMap<String, Place>();
        var searchable = skus.stream().filter(sku -> !sku.contains(",")).toList(); // which separates them
        for (var from = 0; from < searchable.size(); from += TOGETHER) {
            var asked = many(searchable.subList(from, Math.min(from + TOGETHER, searchable.size())), connection);
            if (!(asked instanceof Ok<Map<String, Place>>(var places))) {
                return asked;
            }
            found.putAll(places);
        }
        for (var sku : skus) {
            if (!found.containsKey(sku)) {
                var asked = one(sku, connection);
                if (!(asked instanceof Ok<Map<String, Place>>(var place))) {
                    return asked;
                }
                found.putAll(place);
            }
        }
        return new Ok<>(found);
    }

    private Answer<Map<String, Place>> one(String sku, Connection connection) {
        var credentials = new AmazonCredentials(connection.credentials());
        return calls.ask(
                ONE,
                AmazonLimits.LISTING,
                connection,
                (api, permission) -> api.listing(
                        permission,
                        credentials.seller(),
                        sku,
                        String.join(",", credentials.marketplaces()),
                        AmazonListing.BRIEFLY),
                new One(sku, connection));
    }

    private class One implements Translation<Map<String, Place>> {
        private final String sku;
        private final Connection connection;

        One(String sku, Connection connection) {
            this.sku = sku;
            this.connection = connection;
        }

        @Override
        public Map<String, Place> read(Reply reply) {
            learn(connection, reply.body());
            var place = known.getIfPresent(new Key(connection.account(), sku));
            if (place == null) {
                throw new UnreadableReply("the listing does not tell who sends it");
            }
            return Map.of(sku, place);
        }

        @Override
        public Optional<Answer<Map<String, Place>>> refused(Refusal refusal) {
            return AmazonTranslation.saysNoSuchListing(refusal)
                    ? Optional.of(new Ok<>(Map.of()))
                    : AmazonTranslation.vague404(refusal);
        }
    }

    private Answer<Map<String, Place>> many(List<String> skus, Connection connection) {
        var credentials = new AmazonCredentials(connection.credentials());
        var question = new LinkedMultiValueMap<String, String>();
        question.add("marketplaceIds", String.join(",", credentials.marketplaces()));
        question.add("identifiersType", "SKU");
        question.add("identifiers", String.join(",", skus));
        question.add("includedData", AmazonListing.BRIEFLY);
        question.add("pageSize", String.valueOf(TOGETHER));
        return calls.ask(
                MANY,
                AmazonLimits.SEARCH_LISTINGS,
                connection,
                (api, permission) -> api.searchListings(permission, credentials.seller(), question),
                reply -> {
                    reply.body().path("items").forEach(listing -> learn(connection, listing));
                    var found = new HashMap<String, Place>();
                    for (var sku : skus) {
                        var place = known.getIfPresent(new Key(connection.account(), sku));
                        if (place != null) {
                            found.put(sku, place);
                        }
                    }
                    return found;
                });
    }
}
