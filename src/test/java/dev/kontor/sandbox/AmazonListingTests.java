package dev.kontor.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.sandbox.amazon.TrueListing;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** Listings, patches, feeds and warehouses of the simulated Amazon are as slow and as sly as the real ones. */
class AmazonListingTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String POLAND = "A1C3SOZRARQ6R3";
    private static final String ITEMS = "/listings/2021-08-01/items/A2KONTORSANDBX";
    private static final String FEEDS = "/feeds/2021-06-30";
    private static final String[] QUIET = {
        "orders=1",
        "live-orders-per-minute=0",
        "catalog=1100",
        "speed=0",
        "wix.orders=1",
        "amazon.orders=10",
        "amazon.live-orders-per-minute=0",
        "amazon.patch-delay=10s",
        "amazon.feed-delay=2m"
    };

    private final HttpClient http = HttpClient.newHttpClient();
    private Sandbox sandbox = Sandbox.start(Scenario.of(QUIET));

    private record Answer(int status, JsonNode body) {}

    @AfterEach
    void close() {
        sandbox.close();
    }

    // Reading

    @Test
    void tellsWhatWasAskedForAndNothingElse() {
        var own = own(10);

        var briefly = get(item(own.sku()));
        var whole = get(item(own.sku()) + "&includedData=summaries,attributes,fulfillmentAvailability");

        assertThat(briefly.body().propertyNames()).containsExactlyInAnyOrder("sku", "summaries");
        assertThat(whole.body()
                        .at("/fulfillmentAvailability/0/fulfillmentChannelCode")
                        .asString())
                .isEqualTo("DEFAULT");
        assertThat(whole.body().at("/fulfillmentAvailability/0/quantity").asInt())
                .isEqualTo(10);
        assertThat(whole.body()
                        .at("/attributes/externally_assigned_product_identifier/0/value")
                        .asString())
                .isEqualTo(own.ean());
        assertThat(get(item("no such sku")).status()).isEqualTo(404);
        assertThat(get(ITEMS.replace("A2", "A3") + "?marketplaceIds=" + POLAND).status())
                .isEqualTo(403);
        assertThat(get(ITEMS + "/" + encoded(own.sku())).status()).isEqualTo(400);
    }

    @Test
    void pagesThroughAThousandAndNoFurther() {
        var found = new HashSet<String>();
        var page = search("");
        while (true) {
            page.body().path("items").forEach(it -> found.add(it.path("sku").asString()));
            var next = page.body().at("/pagination/nextToken").asString("");
            if (next.isEmpty()) {
                break;
            }
            page = search("&pageToken=" + encoded(next));
        }

        assertThat(page.body().path("numberOfResults").asInt()).isEqualTo(2_200);
        assertThat(found).hasSize(1_000);
    }

    private Answer search(String more) {
        sandbox.advance(Duration.ofSeconds(1));
        return get(ITEMS + "?marketplaceIds=" + POLAND + "&pageSize=20&sortBy=createdDate&sortOrder=ASC" + more);
    }

    @Test
    void findsUpToTwentyBySku() {
        var skus = sandbox.amazon().listings().limit(3).map(TrueListing::sku).toList();

        var found = search("&identifiersType=SKU&identifiers=" + encoded(String.join(",", skus)));

        assertThat(found.body()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("sku").asString()))
                .containsExactlyElementsOf(skus);
    }

    // Patches

    @Test
    void onlyQueuesWhatItAccepts() {
        var own = own(10);

        var patched = patch(own.sku(), "merge", "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":7}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.body().path("status").asString()).isEqualTo("ACCEPTED");
        assertThat(truly(own).quantity()).isEqualTo(10);
        sandbox.advance(Duration.ofMinutes(1));
        assertThat(truly(own).quantity()).isEqualTo(7);
    }

    @Test
    void aReplacementDropsTheTimeToShipAndAMergeKeepsIt() {
        var slow = sandbox.amazon()
                .listings()
                .filter(listing -> listing.leadTime() != null)
                .limit(2)
                .toList();

        patch(slow.getFirst().sku(), "merge", "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":7}");
        patch(slow.getLast().sku(), "replace", "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":7}");
        sandbox.advance(Duration.ofMinutes(1));

        assertThat(truly(slow.getFirst()).leadTime()).isEqualTo(slow.getFirst().leadTime());
        assertThat(truly(slow.getLast()).leadTime()).isNull();
    }

    @Test
    void refusesWithASuccess() {
        var own = own(10);
        for (var value : Set.of(
                "{\"quantity\":7}",
                "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":-1}",
                "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":\"7\"}")) {
            var refused = patch(own.sku(), "merge", value);

            assertThat(refused.status()).isEqualTo(200);
            assertThat(refused.body().path("status").asString()).isEqualTo("INVALID");
            assertThat(refused.body().at("/issues/0/severity").asString()).isEqualTo("ERROR");
            sandbox.advance(Duration.ofMinutes(1));
        }
        assertThat(truly(own).quantity()).isEqualTo(10);
    }

    @Test
    void aPreviewChangesNothing() {
        var own = own(10);

        var preview = patch(
                own.sku(), "merge", "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":7}", "VALIDATION_PREVIEW");

        assertThat(preview.body().path("status").asString()).isEqualTo("VALID");
        sandbox.advance(Duration.ofMinutes(1));
        assertThat(truly(own).quantity()).isEqualTo(10);
    }

    @Test
    void aQuantityMakesWhatAmazonSendsTheSellersToSend() {
        var fba = fba();

        patch(fba.sku(), "merge", "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":7}");
        sandbox.advance(Duration.ofMinutes(1));

        assertThat(truly(fba).merchant()).isTrue();
        assertThat(truly(fba).buyable()).isLessThanOrEqualTo(7);
    }

    // Buyers

    @Test
    void sellsTheLastUnitOnceAndNothingAfterIt() {
        var own = own(3);

        assertThat(sandbox.amazon().buy(own.sku(), 2)).isEqualTo(2);
        assertThat(sandbox.amazon().buy(own.sku(), 2)).isEqualTo(1);
        assertThat(sandbox.amazon().buy(own.sku(), 1)).isZero();

        assertThat(truly(own).quantity()).isZero();
        assertThat(sandbox.amazon().orders()).hasSize(10 + 2);
    }

    @Test
    void keepsAmongTheAttributesWhatWasWritten() {
        var own = own(10);
        sandbox.amazon().buy(own.sku(), 4);

        var told = get(item(own.sku()) + "&includedData=attributes,fulfillmentAvailability")
                .body();

        assertThat(told.at("/attributes/fulfillment_availability/0/quantity").asInt())
                .isEqualTo(10);
        assertThat(told.at("/fulfillmentAvailability/0/quantity").asInt()).isEqualTo(6);
    }

    @Test
    void takesFromAmazonsShelfWhatAmazonSends() {
        var fba = fba();

        assertThat(sandbox.amazon().buy(fba.sku(), 1)).isEqualTo(1);

        assertThat(truly(fba).fulfillable()).isEqualTo(fba.fulfillable() - 1);
    }

    @Test
    void aLiveBuyerTakesWhatIsOnTheShelf() {
        sandbox.close();
        sandbox = Sandbox.start(Scenario.of(
                "orders=1", "live-orders-per-minute=0", "speed=0", "amazon.live-orders-per-minute=60", "amazon.fba=0"));
        var before = units();

        sandbox.advance(Duration.ofMinutes(5));

        assertThat(units()).isLessThan(before - 250);
        assertThat(sandbox.amazon().listings())
                .allSatisfy(listing -> assertThat(listing.quantity()).isNotNegative());
    }

    private long units() {
        return sandbox.amazon().listings().mapToLong(TrueListing::quantity).sum();
    }

    @Test
    void remembersOverARestart(@TempDir Path directory) {
        sandbox.close();
        sandbox = Sandbox.start(Scenario.of(QUIET), directory);
        var own = own(9);
        sandbox.amazon().buy(own.sku(), 2);
        patch(own.sku(), "merge", "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":4}");
        var feed = send(feedOf(own.sku(), 5)).body().path("feedId").asString();
        sandbox.close();

        sandbox = Sandbox.start(Scenario.of(QUIET), directory);

        assertThat(truly(own).quantity()).isEqualTo(7);
        sandbox.advance(Duration.ofMinutes(1));
        assertThat(truly(own).quantity()).isEqualTo(4);
        sandbox.advance(Duration.ofMinutes(10));
        assertThat(truly(own).quantity()).isEqualTo(5);
        assertThat(get(FEEDS + "/feeds/" + feed).body().path("processingStatus").asString())
                .isEqualTo("DONE");
    }

    // Feeds

    @Test
    void carriesOutAFeedAndReportsOnEachMessage() {
        var own = own(10);
        var messages = "[%s,%s]".formatted(message(1, own.sku(), 6), message(2, "no such sku", 6));

        var feed = send(feed(messages)).body().path("feedId").asString();

        assertThat(status(feed)).isEqualTo("IN_QUEUE");
        sandbox.advance(Duration.ofSeconds(31));
        assertThat(status(feed)).isEqualTo("IN_PROGRESS");
        assertThat(truly(own).quantity()).isEqualTo(10);
        sandbox.advance(Duration.ofMinutes(10));
        assertThat(status(feed)).isEqualTo("DONE");
        assertThat(truly(own).quantity()).isEqualTo(6);
        var report = report(feed);
        assertThat(report.at("/summary/messagesAccepted").asInt()).isEqualTo(1);
        assertThat(report.path("issues")).hasSize(1);
        assertThat(report.at("/issues/0/messageId").asInt()).isEqualTo(2);
    }

    @Test
    void aFeedOfAnotherFormIsFatal() {
        var feed = send("{\"header\":{\"version\":\"1.0\"},\"messages\":[]}")
                .body()
                .path("feedId")
                .asString();
        sandbox.advance(Duration.ofMinutes(10));

        assertThat(status(feed)).isEqualTo("FATAL");
        assertThat(report(feed).at("/summary/messagesAccepted").asInt()).isZero();
    }

    @Test
    void takesNoDocumentAfterFiveMinutesOrOfAnotherKind() {
        var late = announce();
        assertThat(upload(late, "text/plain", "{}")).isEqualTo(403);
        sandbox.advance(Duration.ofMinutes(6));
        assertThat(upload(late, "application/json", "{}")).isEqualTo(403);

        assertThat(create(late.path("feedDocumentId").asString()).status()).isEqualTo(400);
    }

    @Test
    void permitsFiveFeedsOfListingsInFiveMinutes() {
        var own = own(10);
        var answers = IntStream.range(0, 6)
                .map(it -> send(feedOf(own.sku(), it)).status())
                .toArray();

        assertThat(answers).containsExactly(202, 202, 202, 202, 202, 429);
    }

    @Test
    void aStuckFeedHangsAndIsCarriedOutInTheEnd() {
        var own = own(10);
        sandbox.allegro().faults(Map.of(Fault.STUCK_COMMAND, 1.0));
        sandbox.advance(Duration.ofSeconds(1));
        var feed = send(feedOf(own.sku(), 6)).body().path("feedId").asString();
        sandbox.allegro().faults(Map.of());

        sandbox.advance(Duration.ofMinutes(9));
        assertThat(status(feed)).isEqualTo("IN_PROGRESS");
        assertThat(truly(own).quantity()).isEqualTo(10);
        sandbox.advance(Duration.ofHours(1));
        assertThat(status(feed)).isEqualTo("DONE");
        assertThat(truly(own).quantity()).isEqualTo(6);
    }

    @Test
    void aPatchMayOvertakeAFeedThatWasSentBefore() {
        var own = own(10);
        send(feedOf(own.sku(), 6));
        patch(own.sku(), "merge", "{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":3}");

        sandbox.advance(Duration.ofSeconds(31));
        assertThat(truly(own).quantity()).isEqualTo(3);
        sandbox.advance(Duration.ofMinutes(10));
        assertThat(truly(own).quantity()).isEqualTo(6);
    }

    // Warehouses

    @Test
    void tellsWhatLiesInItsWarehousesPageByPageAndQuickly() {
        var question = "/fba/inventory/v1/summaries?granularityType=Marketplace&granularityId=" + POLAND
                + "&marketplaceIds=" + POLAND + "&details=true";
        var first = get(question);
        var token = first.body().at("/pagination/nextToken").asString();

        assertThat(first.body().at("/payload/inventorySummaries")).hasSize(50);
        assertThat(first.body()
                        .at("/payload/inventorySummaries/0/inventoryDetails/fulfillableQuantity")
                        .asInt())
                .isEqualTo(fba().fulfillable());
        assertThat(get(question + "&nextToken=" + token).body().at("/payload/inventorySummaries"))
                .hasSize(50);
        sandbox.advance(Duration.ofSeconds(31));
        assertThat(get(question + "&nextToken=" + token).status()).isEqualTo(400);
    }

    // What the tests have in common

    private TrueListing own(int quantity) {
        var listing = sandbox.amazon()
                .listings()
                .filter(it -> it.merchant() && it.buyable() > 0)
                .findFirst()
                .orElseThrow();
        sandbox.amazon().show(listing.sku(), quantity);
        return listing;
    }

    private TrueListing fba() {
        return sandbox.amazon()
                .listings()
                .filter(it -> !it.merchant() && it.buyable() > 0)
                .findFirst()
                .orElseThrow();
    }

    private TrueListing truly(TrueListing listing) {
        return sandbox.amazon()
                .listings()
                .filter(it -> it.sku().equals(listing.sku()))
                .findFirst()
                .orElseThrow();
    }

    private Answer patch(String sku, String operation, String value) {
        return patch(sku, operation, value, null);
    }

    private Answer patch(String sku, String operation, String value, @Nullable String mode) {
        return send(
                "PATCH",
                item(sku) + (mode == null ? "" : "&mode=" + mode),
                "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"%s\",\"path\":\"/attributes/fulfillment_availability\",\"value\":[%s]}]}"
                        .formatted(operation, value));
    }

    private static String item(String sku) {
        return ITEMS + "/" + encoded(sku) + "?marketplaceIds=" + POLAND;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String message(int number, String sku, int quantity) {
        return """
                {"messageId":%d,"sku":%s,"operationType":"PATCH","productType":"PRODUCT","patches":[{"op":"merge",
                "path":"/attributes/fulfillment_availability",
                "value":[{"fulfillment_channel_code":"DEFAULT","quantity":%d}]}]}""".formatted(number, JSON.writeValueAsString(sku), quantity);
    }

    private static String feedOf(String sku, int quantity) {
        return feed("[" + message(1, sku, quantity) + "]");
    }

    private static String feed(String messages) {
        return "{\"header\":{\"sellerId\":\"A2KONTORSANDBX\",\"version\":\"2.0\"},\"messages\":" + messages + "}";
    }

    private Answer send(String document) {
        var announced = announce();
        assertThat(upload(announced, "application/json", document)).isEqualTo(200);
        return create(announced.path("feedDocumentId").asString());
    }

    private JsonNode announce() {
        return send("POST", FEEDS + "/documents", "{\"contentType\":\"application/json\"}")
                .body();
    }

    private int upload(JsonNode announced, String type, String document) {
        return ask(HttpRequest.newBuilder(URI.create(announced.path("url").asString()))
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofString(document)))
                .status();
    }

    private Answer create(String document) {
        return send(
                "POST",
                FEEDS + "/feeds",
                "{\"feedType\":\"JSON_LISTINGS_FEED\",\"marketplaceIds\":[\"%s\"],\"inputFeedDocumentId\":\"%s\"}"
                        .formatted(POLAND, document));
    }

    private String status(String feed) {
        return get(FEEDS + "/feeds/" + feed).body().path("processingStatus").asString();
    }

    private JsonNode report(String feed) {
        var document = get(FEEDS + "/feeds/" + feed)
                .body()
                .path("resultFeedDocumentId")
                .asString();
        var told = get(FEEDS + "/documents/" + document).body();
        assertThat(told.path("compressionAlgorithm").asString()).isEqualTo("GZIP");
        try (var zip = new GZIPInputStream(
                URI.create(told.path("url").asString()).toURL().openStream())) {
            return JSON.readTree(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer get(String path) {
        return send("GET", path, "");
    }

    private Answer send(String method, String path, String body) {
        return ask(HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/amazon" + path))
                .header("x-amz-access-token", token())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private String token() {
        var rules = sandbox.scenario().amazon();
        var form = "grant_type=refresh_token&refresh_token=%s&client_id=%s&client_secret=%s"
                .formatted(
                        encoded(sandbox.amazon().entries().getOrDefault("refreshToken", "")),
                        encoded(rules.clientId()),
                        encoded(rules.clientSecret()));
        return ask(HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/amazon/auth/o2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .body()
                .path("access_token")
                .asString();
    }

    private Answer ask(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            var json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(answer.statusCode(), json ? JSON.readTree(answer.body()) : JSON.createObjectNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
