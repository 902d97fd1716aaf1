package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.amazon.Ticket.Numbering;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/**
 * Many quantities in one document, which Amazon carries out when it comes to it. Only the last of the calls that it takes
 * to send one changes anything.
 */
@Component
class AmazonFeeds {

    /** For patches that are not about the product but about the offer. */
    static final String PRODUCT_TYPE = "PRODUCT";

    private static final Operation ANNOUNCE = new Operation("feeds", "feeds.announce", true);
    private static final Operation UPLOAD = new Operation("feed-documents", "feeds.upload", true);
    private static final Operation CREATE = new Operation("feeds", "feeds.create", false);
    private static final Operation STATE = Operation.read("feeds", "feeds.state");
    private static final Operation RESULT = Operation.read("feeds", "feeds.result");
    private static final Operation REPORT = Operation.read("feed-documents", "feeds.report");

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final AmazonCalls calls;
    private final AmazonProperties properties;
    private final FeedPace pace;
    private final Drift drift;

    AmazonFeeds(AmazonCalls calls, AmazonProperties properties, FeedPace pace, Drift drift) {
        this.calls = calls;
        this.properties = properties;
        this.pace = pace;
        this.drift = drift;
    }

    /** Merged, so that what is not named stays: a replacement would drop the time the seller takes to ship. */
    static Map<String, ?> patch(Absolute change) {
        return Map.of(
                "op",
                "merge",
                "path",
                "/attributes/fulfillment_availability",
                "value",
                List.of(Map.of("fulfillment_channel_code", "DEFAULT", "quantity", change.quantity())));
    }

    // Sending

    private record Announced(String id, URI address) {}

    Answer<Map<String, Outcome>> send(List<Absolute> changes, List<String> marketplaces, Connection connection) {
        var numbering = Numbering.of(changes.stream().map(Absolute::listing).toList());
        return calls.nothingSent(announce(connection))
                .flatMap(document -> calls.nothingSent(upload(document, numbering, changes, connection)))
                .flatMap(document -> create(document, numbering, changes, marketplaces, connection));
    }

    private Answer<Announced> announce(Connection connection) {
        return calls.ask(
                ANNOUNCE,
                AmazonLimits.CREATE_FEED_DOCUMENT,
                connection,
                (api, permission) -> api.createFeedDocument(permission, Map.of("contentType", AmazonDocuments.TYPE)),
                reply -> new Announced(text(reply, "feedDocumentId"), address(reply)));
    }

    private Answer<Announced> upload(
            Announced document, Numbering numbering, List<Absolute> changes, Connection connection) {
        var seller = new AmazonCredentials(connection.credentials()).seller();
        var bytes = MAPPER.writeValueAsBytes(document(seller, numbering, changes));
        return calls.document(
                UPLOAD,
                connection,
                document.address(),
                (documents, address) -> documents.upload(address, bytes),
                new Uploaded(document));
    }

    private record Uploaded(Announced document) implements Translation<Announced> {
        @Override
        public Announced read(Reply reply) {
            return document;
        }

        /** At another address it may be taken. */
        @Override
        public Optional<Answer<Announced>> refused(Refusal refusal) {
            return Optional.of(new Unavailable<>("the document was not taken, status " + refusal.status()));
        }
    }

    /** With data of the listings included the report comes when the work is done, and not when it is taken. */
    private static Map<String, ?> document(String seller, Numbering numbering, List<Absolute> changes) {
        return Map.of(
                "header",
                Map.of(
                        "sellerId",
                        seller,
                        "version",
                        "2.0",
                        "issueLocale",
                        "en_US",
                        "report",
                        Map.of("includedData", List.of("fulfillmentAvailability"), "apiVersion", "2021-08-01")),
                "messages",
                changes.stream()
                        .map(change -> message(numbering.of(change.listing()), change))
                        .toList());
    }

    private static Map<String, ?> message(int number, Absolute change) {
        return Map.of(
                "messageId",
                number,
                "sku",
                change.listing(),
                "operationType",
                "PATCH",
                "productType",
                PRODUCT_TYPE,
                "patches",
                List.of(patch(change)));
    }

    private Answer<Map<String, Outcome>> create(
            Announced document,
            Numbering numbering,
            List<Absolute> changes,
            List<String> marketplaces,
            Connection connection) {
        return calls.ask(
                CREATE,
                AmazonLimits.CREATE_FEED,
                connection,
                (api, permission) -> api.createFeed(
                        permission,
                        Map.of(
                                "feedType",
                                "JSON_LISTINGS_FEED",
                                "marketplaceIds",
                                marketplaces,
                                "inputFeedDocumentId",
                                document.id())),
                reply -> forAll(changes, new Ticket.OfFeed(text(reply, "feedId"), numbering).accepted()));
    }

    private static Map<String, Outcome> forAll(List<? extends Change> changes, Outcome outcome) {
        return changes.stream().collect(Collectors.toMap(Change::listing, change -> outcome));
    }

    // What became of it

    /** @param took until it was over, null where that is not told */
    private record Progress(
            String status,
            @Nullable String result,
            @Nullable Duration took) {}

    Answer<Map<String, Outcome>> state(Command command, Ticket.OfFeed ticket, Connection connection) {
        return calls.ask(
                        STATE,
                        AmazonLimits.FEED,
                        connection,
                        (api, permission) -> api.feed(permission, ticket.feed()),
                        new Asked())
                .flatMap(progress -> switch (progress.status()) {
                    case "IN_QUEUE", "IN_PROGRESS" -> new Ok<>(forAll(command.changes(), ticket.accepted()));
                    case "CANCELLED" -> new Ok<>(forAll(command.changes(), rejected("CANCELLED")));
                    case "DONE" ->
                        result(command, ticket, progress, connection).map(outcomes -> learnt(progress, outcomes));
                    case "FATAL" -> result(command, ticket, progress, connection);
                    case "" -> new Ok<>(forAll(command.changes(), unknown("Amazon has forgotten the feed")));
                    default -> {
                        drift.seen(
                                AmazonCalls.AMAZON,
                                Drift.Kind.STATUS,
                                List.of("feed " + AmazonTranslation.plain(progress.status(), "?")));
                        yield new Ok<>(forAll(command.changes(), unknown("a feed in a state that nobody knows")));
                    }
                });
    }

    private <T> T learnt(Progress progress, T outcomes) {
        var took = progress.took();
        if (took != null) {
            pace.took(took);
        }
        return outcomes;
    }

    private static final class Asked implements Translation<Progress> {
        @Override
        public Progress read(Reply reply) {
            return new Progress(
                    text(reply, "processingStatus"),
                    reply.body().path("resultFeedDocumentId").asString(null),
                    took(new Fields(reply.body(), "")));
        }

        private static @Nullable Duration took(Fields feed) {
            try {
                return Duration.between(
                        feed.at("createdTime").time(),
                        feed.at("processingEndTime").time());
            } catch (UnreadableField e) {
                return null;
            }
        }

        @Override
        public Optional<Answer<Progress>> refused(Refusal refusal) {
            return refusal.status() == 404 ? Optional.of(new Ok<>(new Progress("", null, null))) : Optional.empty();
        }
    }

    private Answer<Map<String, Outcome>> result(
            Command command, Ticket.OfFeed ticket, Progress progress, Connection connection) {
        var document = progress.result();
        if (document == null) {
            return new Ok<>(forAll(command.changes(), unknown("a feed that is over has no report")));
        }
        return calls.ask(
                        RESULT,
                        AmazonLimits.FEED_DOCUMENT,
                        connection,
                        (api, permission) -> api.feedDocument(permission, document),
                        this::address)
                .flatMap(address -> calls.document(
                        REPORT,
                        connection,
                        address,
                        AmazonDocuments::fetch,
                        reply -> outcomes(
                                command, ticket.numbering(), progress.status().equals("FATAL"), reply.body())));
    }

    /** The report tells what was refused by the number of the message; who asks may want a part of it only. */
    private static Map<String, Outcome> outcomes(Command command, Numbering numbering, boolean fatal, JsonNode report) {
        var issues = report.path("issues");
        var accepted = report.path("summary").path("messagesAccepted");
        if (!issues.isArray() || !accepted.isIntegralNumber()) {
            throw new UnreadableReply("the report of a feed has no list of issues, or no summary");
        }
        if (fatal) { // after which parts may have been carried out
            return forAll(
                    command.changes(),
                    accepted.asLong() == 0
                            ? rejected(AmazonTranslation.plain(
                                    issues.path(0).path("code").asString(""), "FATAL"))
                            : unknown("the feed broke off"));
        }
        var outcomes = new HashMap<>(forAll(command.changes(), new Outcome.Applied()));
        var listings = command.changes().stream()
                .map(Change::listing)
                .collect(Collectors.toMap(numbering::of, listing -> listing));
        for (var issue : issues) {
            if (issue.path("severity").asString("").equals("ERROR")) {
                var code = AmazonTranslation.plain(issue.path("code").asString(""), "INVALID");
                var number = issue.path("messageId");
                if (number.isIntegralNumber()) {
                    outcomes.computeIfPresent(
                            listings.getOrDefault(number.asInt(), ""), (listing, outcome) -> rejected(code));
                } else {
                    outcomes.replaceAll((listing, outcome) -> outcome instanceof Outcome.Applied
                            ? unknown("the report has an issue with the feed as a whole")
                            : outcome);
                }
            }
        }
        return outcomes;
    }

    private static Outcome rejected(String code) {
        return new Outcome.Rejected(code, "Amazon did not take the quantity");
    }

    private static Outcome unknown(String reason) {
        return new Outcome.Unknown(reason);
    }

    private static String text(Reply reply, String field) {
        try {
            return new Fields(reply.body(), "").at(field).text();
        } catch (UnreadableField e) {
            throw new UnreadableReply(e.reason());
        }
    }

    /** Documents hold what the seller sells: they travel as safely as everything else does. */
    private URI address(Reply reply) {
        try {
            var address = URI.create(text(reply, "url"));
            var api = properties.apiUrl();
            if ("https".equals(address.getScheme())
                    || (api != null && String.valueOf(api.getScheme()).equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new UnreadableReply("url is no address of a document");
    }
}
