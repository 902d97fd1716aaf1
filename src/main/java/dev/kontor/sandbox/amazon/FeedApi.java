package dev.kontor.sandbox.amazon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.world.Deed;

/** Feeds, version 2021-06-30, of which this Amazon takes those that patch listings. */
final class FeedApi {

    private static final String PATH = "/feeds/2021-06-30";
    private static final int MOST_MESSAGES = 25_000;
    private static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Beside the operation's own: five of these feeds in five minutes. */
    private static final Plan OF_LISTINGS = new Plan("JSON_LISTINGS_FEED", 5.0 / 300, 5);

    private final AmazonWorld world;
    private final Documents documents;
    private final Buckets buckets;
    private final boolean limits;

    FeedApi(AmazonWorld world, Documents documents, boolean limits) {
        this.world = world;
        this.documents = documents;
        this.limits = limits;
        this.buckets = new Buckets(world::wall);
    }

    void add(AmazonSite.Operations operations) {
        operations.on("POST", PATH + "/documents", new Plan("createFeedDocument", 0.5, 15), this::announceDocument);
        operations.on("POST", PATH + "/feeds", new Plan("createFeed", 0.0083, 15), this::create);
        operations.on("GET", PATH + "/feeds/{feedId}", new Plan("getFeed", 2, 15), this::feed);
        operations.on(
                "GET", PATH + "/documents/{feedDocumentId}", new Plan("getFeedDocument", 0.0222, 10), this::result);
    }

    private Reply announceDocument(Call call) throws AmazonProblem {
        var type = ListingApi.body(call).path("contentType").asString("");
        if (type.isEmpty()) {
            throw AmazonProblem.invalid("contentType is required.");
        }
        var id = documents.announce(type);
        return Reply.json(
                201,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("feedDocumentId", id)
                        .put("url", documents.address(call, id)));
    }

    private Reply create(Call call) throws AmazonProblem {
        var body = ListingApi.body(call);
        var marketplaces = new ArrayList<String>();
        body.path("marketplaceIds").forEach(it -> marketplaces.add(it.asString("")));
        if (!body.path("feedType").asString("").equals("JSON_LISTINGS_FEED")
                || marketplaces.isEmpty()
                || !world.rules().marketplaceIds().containsAll(marketplaces)) {
            throw AmazonProblem.invalid("feedType or marketplaceIds is not valid.");
        }
        var uploaded = documents.uploaded(body.path("inputFeedDocumentId").asString(""));
        if (uploaded == null) {
            throw AmazonProblem.invalid("inputFeedDocumentId is not valid, or nothing was uploaded.");
        }
        if (limits && !buckets.take(OF_LISTINGS)) {
            throw AmazonProblem.tooMany();
        }
        var id = String.valueOf(900_000_000_000L + (System.nanoTime() & 0xFFFFFFFFFL));
        world.happen(at -> read(at, id, uploaded, marketplaces));
        return Reply.json(202, JsonNodeFactory.instance.objectNode().put("feedId", id));
    }

    private Deed.AmazonFed read(long at, String id, byte[] uploaded, List<String> marketplaces) {
        var writes = new ArrayList<Deed.AmazonWrite>();
        var issues = new LinkedHashMap<Integer, String>();
        var document = parsed(uploaded);
        var messages = document.path("messages");
        var fatal = uploaded.length > MOST_BYTES
                || !document.path("header").path("version").asString("").equals("2.0")
                || !document.path("header")
                        .path("sellerId")
                        .asString("")
                        .equals(world.rules().sellerId())
                || messages.isEmpty()
                || messages.size() > MOST_MESSAGES;
        if (!fatal) {
            var ids = new HashSet<Integer>();
            for (var message : messages) {
                if (ids.add(message.path("messageId").asInt(-1))) {
                    read(message, marketplaces, writes, issues);
                }
            }
        }
        return new Deed.AmazonFed(at, id, writes, issues, messages.size(), marketplaces, fatal);
    }

    private void read(
            JsonNode message,
            List<String> marketplaces,
            List<Deed.AmazonWrite> writes,
            LinkedHashMap<Integer, String> issues) {
        var number = message.path("messageId").asInt(-1);
        var seen = world.shelf().seen(message.path("sku").asString(""));
        if (seen == null || seen.ware().marketplaces().stream().noneMatch(marketplaces::contains)) {
            issues.put(number, "13013");
            return;
        }
        if (!message.path("operationType").asString("").equals("PATCH")
                || message.path("productType").asString("").isEmpty()
                || message.path("patches").isEmpty()) {
            issues.put(number, "4000000");
            return;
        }
        var patch = StockPatch.of(seen.ware(), message.path("patches"));
        if (patch.issue() != null) {
            issues.put(number, patch.issue());
        } else if (patch.write() != null) {
            writes.add(patch.write());
        }
    }

    private static JsonNode parsed(byte[] uploaded) {
        try {
            return MAPPER.readTree(uploaded);
        } catch (JacksonException e) {
            return MAPPER.createObjectNode();
        }
    }

    private Reply feed(Call call) throws AmazonProblem {
        var feed = known(call.pathParameter("feedId"));
        var now = world.now();
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("feedId", feed.id())
                .put("feedType", "JSON_LISTINGS_FEED")
                .put("createdTime", Instant.ofEpochMilli(feed.deed().at()).toString())
                .put("processingStatus", feed.status(now));
        feed.deed().marketplaces().forEach(answer.putArray("marketplaceIds")::add);
        if (now >= feed.startedAt()) {
            answer.put(
                    "processingStartTime",
                    Instant.ofEpochMilli(feed.startedAt()).toString());
        }
        if (feed.ended(now)) {
            answer.put("processingEndTime", Instant.ofEpochMilli(feed.endedAt()).toString());
            answer.put("resultFeedDocumentId", "result." + feed.id());
        }
        return Reply.json(200, answer);
    }

    private Feed known(String id) throws AmazonProblem {
        var feed = world.feed(id);
        if (feed == null) {
            throw AmazonProblem.missing("No feed " + id);
        }
        return feed;
    }

    private Reply result(Call call) throws AmazonProblem {
        var id = call.pathParameter("feedDocumentId");
        var feed = known(id.replaceFirst("^result\\.", ""));
        if (!feed.ended(world.now())) {
            throw AmazonProblem.missing("No document " + id);
        }
        documents.offer(id, zipped(report(feed)));
        var asked = Call.first(call.query(), "enableContentEncodingUrlHeader");
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("feedDocumentId", id)
                        .put(
                                "url",
                                documents.address(call, id)
                                        + ("true".equals(asked) ? "&response-content-encoding=gzip" : ""))
                        .put("compressionAlgorithm", "GZIP"));
    }

    private ObjectNode report(Feed feed) {
        var report = JsonNodeFactory.instance.objectNode();
        report.putObject("header")
                .put("sellerId", world.rules().sellerId())
                .put("version", "2.0")
                .put("feedId", feed.id());
        var issues = report.putArray("issues");
        if (feed.deed().fatal()) {
            issues.addObject()
                    .put("code", "4002005")
                    .put("severity", "ERROR")
                    .put("message", "The document is not valid.");
        }
        feed.issues()
                .forEach((message, code) -> issues.addObject()
                        .put("messageId", message)
                        .put("code", code)
                        .put("severity", "ERROR")
                        .put("message", "The message is not valid."));
        var invalid =
                feed.deed().fatal() ? feed.deed().messages() : feed.issues().size();
        report.putObject("summary")
                .put("errors", issues.size())
                .put("warnings", 0)
                .put("messagesProcessed", feed.deed().messages())
                .put("messagesAccepted", feed.deed().messages() - invalid)
                .put("messagesInvalid", invalid);
        return report;
    }

    private static byte[] zipped(ObjectNode report) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(MAPPER.writeValueAsBytes(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
