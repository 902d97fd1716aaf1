package dev.kontor.marketplaces.amazon;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.amazon.AmazonChannels.Place;
import dev.kontor.marketplaces.amazon.AmazonListing.Channel;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;

/**
 * The quantities of what the seller sends himself. Amazon takes numbers that replace another and nothing else: one by a
 * patch, many by a feed where that is faster. Neither is done when it is accepted, and nobody can ask what became of a patch.
 *
 * <p>A patch and a feed overtake each other, so a listing that is in one of them must not go into the other. Nothing here
 * remembers that, for other instances write as well: who calls writes one change of a listing at a time, and has the next
 * wait until this one's outcome is final.
 */
@SecondaryAdapter
@Component
class AmazonStock implements StockWriter {

    /** Twice is as good as once: nothing is less than zero, and the caller writes nothing else in between. */
    private static final Operation PATCH_ZERO = new Operation("patches", "stock.patch", true);

    private static final Operation PATCH = new Operation("patches", "stock.patch", false);
    private static final Operation READ = Operation.read("listings", "stock.read");

    /** Amazon's guide to feeds says that under load they can take up to eight hours. */
    private static final Duration LONGEST_FEED = Duration.ofHours(8);

    /** Of patches it promises nothing, and minutes are usual; an hour is what Kontor is ready to wait. */
    private static final Duration LONGEST_PATCH = Duration.ofHours(1);

    /** Nobody has seen a listing that is read alone to lag behind; what takes its time is the change itself. */
    private static final Terms TERMS = new Terms(
            EnumSet.of(Kind.ABSOLUTE),
            FeedPace.OF_A_FEED,
            1,
            true,
            Duration.ZERO,
            LONGEST_FEED,
            Duration.ZERO,
            true,
            false);

    private final AmazonCalls calls;
    private final FeedPace pace;
    private final AmazonChannels channels;
    private final AmazonFeeds feeds;
    private final Clock clock;

    AmazonStock(AmazonCalls calls, FeedPace pace, AmazonChannels channels, AmazonFeeds feeds, Clock clock) {
        this.calls = calls;
        this.pace = pace;
        this.channels = channels;
        this.feeds = feeds;
        this.clock = clock;
    }

    @Override
    public List<Terms> possibleTerms() {
        return List.of(TERMS);
    }

    @Override
    public Answer<Terms> terms(Connection connection) {
        return new Ok<>(TERMS);
    }

    @Override
    public Duration longestDelay(Command command) {
        return isFeed(command) ? LONGEST_FEED : LONGEST_PATCH;
    }

    /** One change is always a patch, several are always a feed. */
    private static boolean isFeed(Command command) {
        return command.changes().size() > 1;
    }

    @Override
    public List<List<Change>> groups(Collection<? extends Change> changes) {
        var first = new LinkedHashMap<String, Change>();
        var rest = new ArrayList<List<Change>>();
        for (var change : changes) {
            if (!(change instanceof Absolute) || first.putIfAbsent(change.listing(), change) != null) {
                rest.add(List.of(change));
            }
        }
        var groups = new ArrayList<List<Change>>();
        var together = List.copyOf(first.values());
        var size = pace.feedIsFaster(together.size()) ? FeedPace.OF_A_FEED : 1;
        for (var from = 0; from < together.size(); from += size) {
            groups.add(together.subList(from, Math.min(from + size, together.size())));
        }
        groups.addAll(rest);
        return groups;
    }

    @Override
    public boolean repeatable(Change change) {
        return change instanceof Absolute(var listing, var quantity, var reactivate) && quantity == 0;
    }

    // Writing

    @Override
    public Answer<Map<String, Outcome>> write(Command command, Connection connection) {
        var changes = new LinkedHashMap<String, Absolute>();
        for (var change : command.changes()) {
            if (!(change instanceof Absolute absolute) || changes.put(change.listing(), absolute) != null) {
                return new Rejected<>("UNSUPPORTED", "Amazon has no such command");
            }
        }
        if (changes.isEmpty() || changes.size() > FeedPace.OF_A_FEED) {
            return new Rejected<>("UNSUPPORTED", "Amazon has no such command");
        }
        return calls.nothingSent(channels.of(changes.keySet(), connection))
                .flatMap(places -> write(changes, places, isFeed(command), connection));
    }

    private Answer<Map<String, Outcome>> write(
            Map<String, Absolute> changes, Map<String, Place> places, boolean feed, Connection connection) {
        var outcomes = new HashMap<String, Outcome>();
        for (var listing : changes.keySet()) {
            refusal(places.get(listing)).ifPresent(refused -> outcomes.put(listing, refused));
        }
        if (!outcomes.isEmpty()) { // a feed without them would not be this command any more
            changes.keySet().forEach(listing -> outcomes.putIfAbsent(listing, new Outcome.Postponed(clock.instant())));
            return new Ok<>(outcomes);
        }
        var marketplaces = places.values().stream()
                .flatMap(place -> place.marketplaces().stream())
                .distinct()
                .toList();
        var all = List.copyOf(changes.values());
        return feed ? feeds.send(all, marketplaces, connection) : patch(all.getFirst(), marketplaces, connection);
    }

    private static Optional<Outcome> refusal(@Nullable Place place) {
        if (place == null) {
            return Optional.of(new Outcome.Rejected("NOT_FOUND", "Amazon has no such listing"));
        }
        return switch (place.channel()) {
            case SELLER -> Optional.empty();
            case AMAZON ->
                Optional.of(
                        new Outcome.Rejected("FULFILLED_BY_AMAZON", "Amazon keeps and sends what the listing offers"));
            case NONE -> Optional.of(new Outcome.Rejected("INCOMPLETE", "the listing does not say who sends it"));
        };
    }

    private Answer<Map<String, Outcome>> patch(Absolute change, List<String> marketplaces, Connection connection) {
        var seller = new AmazonCredentials(connection.credentials()).seller();
        var body = Map.of("productType", AmazonFeeds.PRODUCT_TYPE, "patches", List.of(AmazonFeeds.patch(change)));
        return calls.ask(
                change.quantity() == 0 ? PATCH_ZERO : PATCH,
                AmazonLimits.PATCH_LISTING,
                connection,
                (api, permission) ->
                        api.patchListing(permission, seller, change.listing(), String.join(",", marketplaces), body),
                new Patched(change.listing()));
    }

    private record Patched(String listing) implements Translation<Map<String, Outcome>> {

        /** Also a refusal of the change itself comes as a success. */
        @Override
        public Map<String, Outcome> read(Reply reply) {
            return Map.of(
                    listing,
                    switch (reply.body().path("status").asString("")) {
                        case "ACCEPTED" ->
                            new Ticket.OfPatch(reply.body().path("submissionId").asString("")).accepted();
                        case "INVALID" -> new Outcome.Rejected(issue(reply), "Amazon did not take the quantity");
                        default -> new Outcome.Unknown("Amazon said neither yes nor no");
                    });
        }

        private static String issue(Reply reply) {
            return reply.body()
                    .path("issues")
                    .valueStream()
                    .filter(issue -> issue.path("severity").asString("").equals("ERROR"))
                    .map(issue -> AmazonTranslation.plain(issue.path("code").asString(""), "INVALID"))
                    .findFirst()
                    .orElse("INVALID");
        }

        @Override
        public Optional<Answer<Map<String, Outcome>>> refused(Refusal refusal) {
            if (refusal.status() == 404 && !AmazonTranslation.saysNoSuchListing(refusal)) {
                return AmazonTranslation.vague404(refusal);
            }
            return refusal.status() == 401 || refusal.status() == 403
                    ? Optional.empty()
                    : Optional.of(new Ok<>(Map.of(
                            listing,
                            new Outcome.Rejected(
                                    AmazonTranslation.code(refusal), "Amazon did not take the quantity"))));
        }
    }

    // What became of it

    /** Of a patch nothing can be asked but the listing. */
    @Override
    public Answer<Map<String, Outcome>> state(Command command, @Nullable String text, Connection connection) {
        var ticket = Ticket.of(text);
        if (ticket instanceof Ticket.OfFeed feed) {
            return feeds.state(command, feed, connection);
        }
        if (isFeed(command)) {
            return new Ok<>(forAll(command, new Outcome.Unknown("Amazon knows feeds by the name it gave them only")));
        }
        if (!(command.changes().getFirst() instanceof Absolute change)) {
            return new Rejected<>("UNSUPPORTED", "Amazon has no such command");
        }
        return ask(
                change.listing(),
                AmazonListing.WHOLE,
                connection,
                reply -> state(change, ticket, reply),
                gone -> new Outcome.Rejected("NOT_FOUND", "Amazon has no such listing any more"));
    }

    private static Outcome state(Absolute change, @Nullable Ticket ticket, Reply reply) {
        var listing = reply.body();
        try {
            var shown = AmazonListing.availability(new Fields(listing, "")).quantity();
            if (shown == null) {
                return new Outcome.Unknown("the listing tells no quantity");
            }
            if (done(shown, change, listing)) {
                return shown == change.quantity()
                        ? new Outcome.Applied(new Reading.Shown(shown, null, reply.askedAt()))
                        : new Outcome.Applied();
            }
            return ticket == null ? new Outcome.Unknown("nobody heard whether it arrived") : ticket.accepted();
        } catch (UnreadableField e) {
            return new Outcome.Unknown(e.reason());
        }
    }

    /**
     * Among the attributes stays what was written, also when buyers have taken some of it since. Where it is another number,
     * the write is still to come, and buyers have merely left as many as it will show.
     */
    private static boolean done(int shown, Absolute change, JsonNode listing) {
        var submitted = AmazonListing.submitted(listing);
        return submitted.orElse(shown) == change.quantity()
                && (shown == change.quantity() || (0 < shown && shown < change.quantity()));
    }

    private static Map<String, Outcome> forAll(Command command, Outcome outcome) {
        return command.changes().stream().collect(Collectors.toMap(Change::listing, change -> outcome));
    }

    // Reading

    @Override
    public Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection) {
        if (listings.size() != 1) {
            return new Rejected<>("UNSUPPORTED", "Amazon tells the stock of one listing at a time");
        }
        return ask(
                listings.iterator().next(),
                AmazonListing.BRIEFLY,
                connection,
                AmazonStock::reading,
                gone -> new Reading.Gone());
    }

    private static Reading reading(Reply reply) {
        try {
            var availability = AmazonListing.availability(new Fields(reply.body(), ""));
            var quantity = availability.quantity();
            if (quantity != null) {
                return new Reading.Shown(quantity, null, reply.askedAt());
            }
            return new Reading.Unreadable(
                    availability.channel() == Channel.AMAZON
                            ? "Amazon keeps and sends what the listing offers"
                            : "the listing tells no quantity");
        } catch (UnreadableField e) {
            return new Reading.Unreadable(e.reason());
        }
    }

    private <T> Answer<Map<String, T>> ask(
            String listing, String data, Connection connection, Function<Reply, T> found, Function<Refusal, T> gone) {
        var credentials = new AmazonCredentials(connection.credentials());
        return calls.ask(
                READ,
                AmazonLimits.LISTING,
                connection,
                (api, permission) -> api.listing(
                        permission, credentials.seller(), listing, String.join(",", credentials.marketplaces()), data),
                new Translation<>() {
                    @Override
                    public Map<String, T> read(Reply reply) {
                        channels.learn(connection, reply.body());
                        return Map.of(listing, found.apply(reply));
                    }

                    @Override
                    public Optional<Answer<Map<String, T>>> refused(Refusal refusal) {
                        return AmazonTranslation.saysNoSuchListing(refusal)
                                ? Optional.of(new Ok<>(Map.of(listing, gone.apply(refusal))))
                                : AmazonTranslation.vague404(refusal);
                    }
                });
    }
}
