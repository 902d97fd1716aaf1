package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.FulfilledStock.Holding;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;

/** Which way quantities go to Amazon, and what its answers mean. */
class AmazonStockTests {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final String ITEMS = "/listings/2021-08-01/items/A0SELLER";
    private static final String FEEDS = "/feeds/2021-06-30";
    private static final String TICKET = "feed:0:the-feed";
    private static final String MINE = "{\"fulfillmentChannelCode\":\"DEFAULT\",\"quantity\":10}";
    private static final String AMAZONS = "{\"fulfillmentChannelCode\":\"AMAZON_EU\"}";
    private static final String NO_SUCH_LISTING = "{\"errors\":[{\"code\":\"NOT_FOUND\"}]}";

    private final HttpStub stub = new HttpStub();
    private final SettableClock clock = new SettableClock(NOON);
    private final SeenDrift drift = new SeenDrift(new ArrayList<>());
    private final AmazonProperties properties = new AmazonProperties(
            "the-client",
            "the-secret",
            stub.url(),
            stub.url(),
            "0.1.0",
            100,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofDays(730),
            AmazonProperties.Queue.NONE);
    private final TestExchange exchange = new TestExchange(clock, settings());
    private final AmazonCalls calls = new AmazonCalls(exchange.exchange(), exchange.clients(), properties, clock);
    private final PutTogether adapter =
            PutTogether.of(calls, properties, new AmazonListingProperties(20, Duration.ofMinutes(15)), drift, clock);
    private final AmazonStock stock = adapter.stock();
    private final AmazonListings listings = adapter.listings();
    private final AmazonWarehouses warehouses = adapter.warehouses();
    private final Connection connection = new Connection(
            UUID.randomUUID(),
            new Credentials(
                    Map.of(
                            "access_token", "the-access",
                            "refreshToken", "the-refresh",
                            "sellerId", "A0SELLER",
                            "region", "eu",
                            "marketplaceIds", "POLAND, GERMANY"),
                    null),
            Lane.STOCK_DECREASE);
    private final Command feed = command(quantity("A", 1), quantity("B", 2), quantity("C", 3));

    private record SeenDrift(List<String> names) implements Drift {
        @Override
        public void seen(MarketplaceCode marketplace, Kind kind, Collection<String> seen) {
            names.addAll(seen);
        }

        @Override
        public List<Sighting> sightings() {
            return List.of();
        }
    }

    private static Map<String, String> settings() {
        var settings = new HashMap<>(Map.of("kontor.exchange.retry.delay", "1ms"));
        Stream.of(AmazonLimits.values()).map(limit -> limit.of("any").name()).forEach(budget -> {
            settings.put("kontor.exchange.limits.amazon." + budget + ".burst", "1000");
            settings.put("kontor.exchange.limits.amazon." + budget + ".per-minute", "600000");
        });
        return settings;
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private static Absolute quantity(String listing, int quantity) {
        return new Absolute(listing, quantity, false);
    }

    private static Command command(Change... changes) {
        return new Command(UUID.randomUUID(), List.of(changes));
    }

    private void listed(String sku, String availability) {
        stub.on(ITEMS + "/" + sku, 200, listing(sku, availability));
    }

    private static String listing(String sku, String availability) {
        return """
                {"sku":"%s","summaries":[{"marketplaceId":"GERMANY","status":["BUYABLE"],"itemName":"Mug",
                "createdDate":"2026-01-01T00:00:00Z"}],"fulfillmentAvailability":[%s]}""".formatted(sku, availability);
    }

    /** One after the other, so that the patch that follows a look is answered by what comes next. */
    private void listedThenPatched(String sku, int status, String answer) {
        listed(sku, MINE);
        stub.on(ITEMS + "/" + sku, status, answer);
    }

    private List<String> asked() {
        return stub.asked().stream().map(it -> it.method() + " " + it.path()).toList();
    }

    private Outcome written(Absolute change) {
        return ok(stock.write(command(change), connection)).get(change.listing());
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }

    // Which way a change goes

    private static List<Change> quantities(int count) {
        return IntStream.range(0, count)
                .mapToObj(it -> (Change) quantity("SKU-" + it, it))
                .toList();
    }

    private static List<Integer> sizes(List<List<Change>> groups) {
        return groups.stream().map(List::size).distinct().toList();
    }

    /** Four at once and five a second: the 4 504th goes when a quarter of an hour has passed. */
    @Test
    void sendsThemOneByOneUntilAFeedIsFaster() {
        assertThat(sizes(stock.groups(quantities(4_504)))).containsExactly(1);
        assertThat(sizes(stock.groups(quantities(4_505)))).containsExactly(4_505);
        assertThat(sizes(stock.groups(quantities(10_001)))).containsExactly(10_000, 1);
    }

    @Test
    void learnsFromFeedsHowLongTheyTake() {
        report("", 3);
        for (var i = 0; i < 30; i++) {
            state("DONE", ",\"createdTime\":\"2026-11-02T11:00:00Z\",\"processingEndTime\":\"2026-11-02T11:05:00Z\"");
        }

        assertThat(sizes(stock.groups(quantities(1_504)))).containsExactly(1);
        assertThat(sizes(stock.groups(quantities(1_520)))).containsExactly(1_520);
    }

    @Test
    void twoChangesOfOneListingTravelApart() {
        var twice = new ArrayList<>(quantities(5_000));
        twice.add(quantity("SKU-0", 4));

        assertThat(stock.groups(twice)).containsExactly(twice.subList(0, 5_000), List.of(twice.getLast()));
        assertThat(stock.write(command(quantity("A", 1), quantity("A", 2)), connection))
                .isInstanceOf(Rejected.class);
        assertThat(asked()).isEmpty();
    }

    @Test
    void onlyAZeroMayBeSentAgain() {
        assertThat(stock.repeatable(quantity("A", 0))).isTrue();
        assertThat(stock.repeatable(quantity("A", 1))).isFalse();
    }

    // One by one

    @Test
    void mergesTheQuantityWhereTheListingIs() {
        listedThenPatched("A", 200, "{\"sku\":\"A\",\"status\":\"ACCEPTED\",\"submissionId\":\"s-1\",\"issues\":[]}");

        assertThat(written(quantity("A", 7))).isEqualTo(new Outcome.Accepted("patch:s-1"));

        assertThat(asked()).containsExactly("GET " + ITEMS + "/A", "PATCH " + ITEMS + "/A");
        assertThat(stub.asked().getLast().parameters()).containsEntry("marketplaceIds", "GERMANY");
        assertThat(stub.bodies().getLast())
                .contains("\"op\":\"merge\"", "\"fulfillment_channel_code\":\"DEFAULT\"", "\"quantity\":7");
    }

    @Test
    void encodesASkuWhole() {
        listedThenPatched("0012/7 +ż,100%?", 200, "{\"status\":\"ACCEPTED\"}");

        assertThat(written(quantity("0012/7 +ż,100%?", 7))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void looksBeforeTheFirstWriteOnly() {
        listedThenPatched("A", 200, "{\"status\":\"ACCEPTED\"}");

        written(quantity("A", 7));
        written(quantity("A", 6));

        assertThat(asked()).containsExactly("GET " + ITEMS + "/A", "PATCH " + ITEMS + "/A", "PATCH " + ITEMS + "/A");
    }

    @Test
    void neverWritesWhatAmazonSends() {
        listed("A", AMAZONS);

        assertThat(written(quantity("A", 7)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, it -> assertThat(it.code()).isEqualTo("FULFILLED_BY_AMAZON"));
        assertThat(asked()).containsExactly("GET " + ITEMS + "/A");
    }

    @Test
    void writesNothingWhereNobodyKnowsWhoSendsIt() {
        listed("A", "");
        assertThat(written(quantity("A", 7))).isInstanceOf(Outcome.Rejected.class);

        stub.on(ITEMS + "/B", 404, NO_SUCH_LISTING);
        assertThat(written(quantity("B", 7))).isInstanceOf(Outcome.Rejected.class);

        stub.on(ITEMS + "/C", 500, "");
        assertThat(stock.write(command(quantity("C", 7)), connection)).isInstanceOf(Throttled.class);

        assertThat(asked()).noneMatch(it -> it.startsWith("PATCH"));
    }

    @Test
    void aRefusalComesAsASuccess() {
        listedThenPatched(
                "A",
                200,
                "{\"status\":\"INVALID\",\"issues\":[{\"code\":\"1\",\"severity\":\"WARNING\"},{\"code\":\"90220\",\"severity\":\"ERROR\",\"message\":\"quotes\"}]}");

        assertThat(written(quantity("A", 7)))
                .isEqualTo(new Outcome.Rejected("90220", "Amazon did not take the quantity"));
    }

    @Test
    void anAnswerThatSaysNeitherYesNorNoSettlesNothing() {
        listedThenPatched("A", 200, "{\"status\":\"LEVITATING\"}");

        assertThat(written(quantity("A", 7))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"400,Rejected", "413,Rejected"})
    void aRefusalOfTheRequestIsOneOfTheQuantity(int status, String outcome) {
        listedThenPatched("A", status, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");

        assertThat(written(quantity("A", 7)).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void aFaultMayHaveHadAnEffectAndOnlyAZeroIsSentAgain() {
        listedThenPatched("A", 503, "");

        assertThat(stock.write(command(quantity("A", 7)), connection)).isInstanceOf(Unavailable.class);
        assertThat(asked()).filteredOn(it -> it.startsWith("PATCH")).hasSize(1);

        assertThat(stock.write(command(quantity("A", 0)), connection)).isInstanceOf(Unavailable.class);
        assertThat(asked()).filteredOn(it -> it.startsWith("PATCH")).hasSize(1 + 3);
    }

    // What became of a patch

    private Outcome stateOf(int wanted, @Nullable String ticket) {
        return ok(stock.state(command(quantity("A", wanted)), ticket, connection))
                .get("A");
    }

    @Test
    void aPatchIsDoneWhenTheListingShowsIt() {
        listed("A", MINE);

        for (var ticket : new String[] {"patch:s-1", null}) {
            assertThat(stateOf(10, ticket))
                    .isInstanceOfSatisfying(
                            Outcome.Applied.class,
                            applied -> assertThat(applied.shown())
                                    .isNotNull()
                                    .extracting(Reading.Shown::quantity)
                                    .isEqualTo(10));
        }
        assertThat(stateOf(9, "patch:s-1")).isEqualTo(new Outcome.Accepted("patch:s-1"));
    }

    @Test
    void aPatchWhoseAnswerGotLostMayNeverHaveArrived() {
        listed("A", MINE);

        assertThat(stateOf(0, null)).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"12,12,true", "12,11,false", "9,9,false", "10,10,true", "10,60,false"})
    void aPatchIsDoneAlsoWhenBuyersHaveTakenSomeSinceAndNotWhenTheyLeaveTheSameNumberBefore(
            int wanted, int submitted, boolean done) {
        stub.on(ITEMS + "/A", 200, """
                {"sku":"A","fulfillmentAvailability":[%s],"attributes":{"fulfillment_availability":[
                {"fulfillment_channel_code":"DEFAULT","quantity":%d}]}}""".formatted(MINE, submitted));

        assertThat(stateOf(wanted, "patch:s-1") instanceof Outcome.Applied).isEqualTo(done);
    }

    @Test
    void aPatchOfWhatHasGoneToAmazonIsUnsettled() {
        listed("A", AMAZONS);
        assertThat(ok(stock.state(command(quantity("A", 9)), null, connection)).get("A"))
                .isInstanceOf(Outcome.Unknown.class);

        stub.on(ITEMS + "/B", 404, NO_SUCH_LISTING);
        assertThat(ok(stock.state(command(quantity("B", 9)), null, connection)).get("B"))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void readsWhatTheSellerShowsAndNothingElse() {
        listed("A", MINE);
        listed("B", AMAZONS);
        listed("C", "{\"fulfillmentChannelCode\":\"DEFAULT\",\"quantity\":\"kilka\"}");
        listed("D", "{\"fulfillmentChannelCode\":\"WAREHOUSE-7\",\"quantity\":3}," + MINE);
        stub.on(ITEMS + "/E", 404, "<html>");

        assertThat(read("A")).isEqualTo(new Reading.Shown(10, null, NOON));
        assertThat(read("B")).isInstanceOf(Reading.Unreadable.class);
        assertThat(read("C")).isInstanceOf(Reading.Unreadable.class);
        assertThat(read("D")).isEqualTo(new Reading.Shown(10, null, NOON));
        assertThat(stock.read(List.of("E"), connection)).isInstanceOf(Unavailable.class);
    }

    private @Nullable Reading read(String listing) {
        return ok(stock.read(List.of(listing), connection)).get(listing);
    }

    // Many together

    private void listedTogether(String... listings) {
        stub.on(ITEMS, 200, "{\"numberOfResults\":3,\"items\":[" + String.join(",", listings) + "]}");
    }

    private void announced() {
        stub.on(
                FEEDS + "/documents",
                201,
                "{\"feedDocumentId\":\"the-document\",\"url\":\"" + stub.url()
                        + "/storage/the-document?signature=x\"}");
        stub.on("/storage/the-document", 200, "");
        stub.on(FEEDS + "/feeds", 202, "{\"feedId\":\"the-feed\"}");
    }

    @Test
    void sendsManyAsOneDocument() {
        listedTogether(listing("A", MINE), listing("B", MINE), listing("C", MINE));
        announced();

        assertThat(ok(stock.write(feed, connection)))
                .hasSize(3)
                .allSatisfy((listing, outcome) -> assertThat(outcome).isEqualTo(new Outcome.Accepted(TICKET)));

        assertThat(asked())
                .containsExactly(
                        "GET " + ITEMS,
                        "POST " + FEEDS + "/documents",
                        "PUT /storage/the-document",
                        "POST " + FEEDS + "/feeds");
        var upload = stub.asked().get(2);
        assertThat(upload.headers().get("Content-type")).containsExactly(AmazonDocuments.TYPE);
        assertThat(upload.headers()).doesNotContainKey("X-amz-access-token");
        assertThat(stub.bodies().get(1)).contains(AmazonDocuments.TYPE);
        assertThat(stub.bodies().get(2))
                .contains(
                        "\"sellerId\":\"A0SELLER\"",
                        "\"messageId\":" + numberOf("C"),
                        "\"sku\":\"C\"",
                        "\"quantity\":3");
        assertThat(stub.bodies().get(3))
                .contains("JSON_LISTINGS_FEED", "the-document", "\"marketplaceIds\":[\"GERMANY\"]");
    }

    @Test
    void sendsNoFeedWithSomethingInItThatMustNotBeWritten() {
        listedTogether(listing("A", MINE), listing("B", AMAZONS));

        var outcomes = ok(stock.write(feed, connection));

        assertThat(outcomes.get("A")).isEqualTo(new Outcome.Postponed(NOON));
        assertThat(outcomes.get("B")).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get("C")).isInstanceOf(Outcome.Rejected.class);
        assertThat(asked()).containsExactly("GET " + ITEMS);
    }

    @Test
    void asksAloneForASkuWithAComma() {
        listed("A,B", MINE);
        listedTogether(listing("C", MINE), listing("D", MINE));
        announced();

        ok(stock.write(command(quantity("A,B", 1), quantity("C", 2), quantity("D", 3)), connection));

        assertThat(asked()).startsWith("GET " + ITEMS + "/A,B", "GET " + ITEMS);
        assertThat(stub.asked().get(1).parameters()).containsEntry("identifiers", "C,D");
    }

    @Test
    void nothingWasWrittenAsLongAsNoFeedIsCreated() {
        listedTogether(listing("A", MINE), listing("B", MINE), listing("C", MINE));
        stub.on(FEEDS + "/documents", 500, "");
        assertThat(stock.write(feed, connection)).isInstanceOf(Throttled.class);

        stub.reset();
        announced();
        stub.reset();
        stub.on(
                FEEDS + "/documents",
                201,
                "{\"feedDocumentId\":\"the-document\",\"url\":\"" + stub.url() + "/storage/the-document\"}");
        stub.on("/storage/the-document", 403, "<Error/>");
        assertThat(stock.write(feed, connection)).isInstanceOf(Throttled.class);
        assertThat(asked()).doesNotContain("POST " + FEEDS + "/feeds");
    }

    @Test
    void aFeedWhoseAnswerGotLostMayBeUnderWay() {
        listedTogether(listing("A", MINE), listing("B", MINE), listing("C", MINE));
        announced();
        stub.reset();
        listedTogether(listing("A", MINE), listing("B", MINE), listing("C", MINE));
        stub.on(
                FEEDS + "/documents",
                201,
                "{\"feedDocumentId\":\"the-document\",\"url\":\"" + stub.url() + "/storage/the-document\"}");
        stub.on("/storage/the-document", 200, "");
        stub.on(FEEDS + "/feeds", 500, "");

        assertThat(stock.write(feed, connection)).isInstanceOf(Unavailable.class);
        assertThat(asked()).filteredOn(("POST " + FEEDS + "/feeds")::equals).hasSize(1);
        assertThat(ok(stock.state(feed, null, connection)).values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
    }

    @Test
    void uploadsNothingInTheClear() {
        listedTogether(listing("A", MINE), listing("B", MINE), listing("C", MINE));
        stub.on(FEEDS + "/documents", 201, "{\"feedDocumentId\":\"x\",\"url\":\"ftp://somewhere/x\"}");

        assertThat(stock.write(feed, connection)).isInstanceOf(Throttled.class);
    }

    // What became of a feed

    private Map<String, Outcome> state(String status) {
        return state(status, "");
    }

    private Map<String, Outcome> state(String status, String times) {
        stub.on(
                FEEDS + "/feeds/the-feed",
                200,
                "{\"feedId\":\"the-feed\",\"processingStatus\":\"" + status + "\"" + times
                        + ",\"resultFeedDocumentId\":\"result\"}");
        return ok(stock.state(feed, TICKET, connection));
    }

    private void report(String issues, int accepted) {
        stub.on(
                FEEDS + "/documents/result",
                200,
                "{\"feedDocumentId\":\"result\",\"url\":\"" + stub.url() + "/storage/result\"}");
        stub.on(
                "/storage/result",
                200,
                "{\"header\":{},\"issues\":[" + issues + "],\"summary\":{\"messagesAccepted\":" + accepted + "}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IN_QUEUE", "IN_PROGRESS"})
    void aFeedOnItsWayIsAccepted(String status) {
        assertThat(state(status)).containsEntry("B", new Outcome.Accepted(TICKET));
    }

    @Test
    void aFeedTellsWhichOfItsQuantitiesWereRefused() {
        report(issue(numberOf("B"), "ERROR") + "," + issue(numberOf("C"), "WARNING"), 2);

        assertThat(state("DONE"))
                .isEqualTo(Map.of(
                        "A", new Outcome.Applied(),
                        "B", new Outcome.Rejected("13013", "Amazon did not take the quantity"),
                        "C", new Outcome.Applied()));
    }

    private static int numberOf(String sku) {
        return new Ticket.Numbering(0).of(sku);
    }

    private static String issue(int number, String severity) {
        return "{\"messageId\":%d,\"code\":\"13013\",\"severity\":\"%s\"}".formatted(number, severity);
    }

    /** What was settled before is not asked for again, and the rest in whatever order. */
    @Test
    void tellsOfAPartOfAFeed() {
        report(issue(numberOf("A"), "ERROR") + "," + issue(numberOf("C"), "ERROR"), 1);
        state("DONE");

        assertThat(ok(stock.state(command(quantity("C", 3), quantity("B", 2)), TICKET, connection)))
                .isEqualTo(Map.of(
                        "B", new Outcome.Applied(),
                        "C", new Outcome.Rejected("13013", "Amazon did not take the quantity")));
        assertThat(ok(stock.state(command(quantity("A", 1)), TICKET, connection))
                        .get("A"))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void noTwoMessagesOfAFeedHaveTheSameNumber() {
        var skus = IntStream.range(0, 10_000).mapToObj(it -> "SKU-" + it).toList();

        var numbering = Ticket.Numbering.of(skus);

        assertThat(skus.stream().map(numbering::of)).doesNotHaveDuplicates().allMatch(it -> it > 0);
        assertThat(Ticket.of(new Ticket.OfFeed("4711:x", numbering).text()))
                .isEqualTo(new Ticket.OfFeed("4711:x", numbering));
    }

    @Test
    void anIssueOfTheFeedItselfLeavesAllOfItInDoubt() {
        report("{\"code\":\"4002005\",\"severity\":\"ERROR\"}", 3);

        assertThat(state("DONE").values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
    }

    @Test
    void aFatalFeedOfWhichNothingWasAcceptedDidNothing() {
        report("{\"code\":\"4002005\",\"severity\":\"ERROR\"}", 0);

        assertThat(state("FATAL").values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Rejected.class));
    }

    @Test
    void aFatalFeedMayHaveDoneParts() {
        report("", 2);

        assertThat(state("FATAL").values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
    }

    @Test
    void aCancelledFeedDidNothing() {
        assertThat(state("CANCELLED").values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Rejected.class));
    }

    @Test
    void aStateThatNobodyKnowsIsCountedAndSettlesNothing() {
        assertThat(state("LEVITATING").values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
        assertThat(drift.names()).contains("feed LEVITATING");
    }

    @Test
    void aForgottenFeedSettlesNothing() {
        stub.on(FEEDS + "/feeds/the-feed", 404, NO_SUCH_LISTING);

        assertThat(ok(stock.state(feed, TICKET, connection)).values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
    }

    @Test
    void aFeedMayHangMuchLongerThanAPatch() {
        assertThat(stock.longestDelay(feed))
                .isEqualTo(stock.possibleTerms().getFirst().longestDelay());
        assertThat(stock.longestDelay(command(quantity("A", 1)))).isLessThan(stock.longestDelay(feed));
    }

    // Listings

    @Test
    void asksAnewForListingsBeyondTheThousandthFromTheLastOnesInstantOn() {
        var first = "{\"numberOfResults\":1500,\"pagination\":{\"nextToken\":\"2\"},\"items\":[" + listing("A", MINE)
                + "]}";
        var last = "{\"numberOfResults\":1500,\"items\":[" + listing("B", MINE).replace("2026-01-01T", "2026-02-01T")
                + "]}";
        stub.on(ITEMS, 200, first).on(ITEMS, 200, last).on(ITEMS, 200, "{\"numberOfResults\":1,\"items\":[]}");

        var page = ok(listings.all(null, connection));
        var second = ok(listings.all(page.next(), connection));
        assertThat(page.total()).isEqualTo(1_500);
        assertThat(stub.asked().get(1).parameters()).containsEntry("pageToken", "2");

        ok(listings.all(second.next(), connection));
        assertThat(stub.asked().get(2).parameters())
                .containsEntry("createdAfter", "2026-02-01T00:00:00Z")
                .doesNotContainKey("pageToken");
    }

    @Test
    void saysSoWhereMoreListingsWereMadeAtOnceThanAmazonTells() {
        stub.on(ITEMS, 200, "{\"numberOfResults\":1500,\"items\":[" + listing("A", MINE) + "]}");

        assertThat(listings.all(new Cursor("2026-01-01T00:00:00Z|999|token"), connection))
                .isInstanceOf(Answer.Malformed.class);
        assertThat(ok(listings.all(new Cursor("2026-01-01T00:00:00Z|998|token"), connection))
                        .next())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"BUYABLE\",\"DISCOVERABLE\"', 10, ON_SALE",
        "'\"DISCOVERABLE\"', 0, SOLD_OUT",
        "'\"DISCOVERABLE\"', 10, OFF_SALE",
        "'', 10, OFF_SALE",
        "'\"LEVITATING\"', 10, UNKNOWN"
    })
    void saysWhetherAListingIsOnSale(String statuses, int quantity, Listing.Status status) {
        stub.on(
                ITEMS + "/A",
                200,
                listing("A", MINE)
                        .replace("\"BUYABLE\"", statuses)
                        .replace("\"quantity\":10", "\"quantity\":" + quantity));

        assertThat(found("A").status()).isEqualTo(status);
    }

    @Test
    void tellsTheEanAndWhoSendsIt() {
        stub.on(ITEMS + "/A", 200, """
                {"sku":"A","fulfillmentAvailability":[{"fulfillmentChannelCode":"AMAZON_EU"}],"attributes":{
                "item_name":[{"value":"Mug"}],
                "externally_assigned_product_identifier":[{"type":"ean","value":"5901234123457"}]}}""");

        var listing = found("A");

        assertThat(listing.ean()).isEqualTo("5901234123457");
        assertThat(listing.name()).isEqualTo("Mug");
        assertThat(listing.fulfilledByMarketplace()).isTrue();
        assertThat(listing.quantity()).isNull();
        assertThat(stub.asked().getFirst().parameters()).containsEntry("marketplaceIds", "POLAND,GERMANY");
    }

    private Listing found(String sku) {
        var reading = ok(listings.listing(sku, connection));
        assertThat(reading).isInstanceOf(ListingReading.Found.class);
        return ((ListingReading.Found) reading).listing();
    }

    // Warehouses

    @Test
    void readsTheWarehousesOfOneMarketplaceAfterTheOther() {
        var path = "/fba/inventory/v1/summaries";
        stub.on(path, 200, summaries("A", ",\"pagination\":{\"nextToken\":\"t\"}"))
                .on(path, 200, summaries("B", ""))
                .on(path, 400, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");

        var holdings = new ArrayList<Holding>();
        Cursor next = null;
        do {
            var page = ok(warehouses.all(next, connection));
            holdings.addAll(page.holdings());
            next = page.next();
        } while (next != null);

        assertThat(holdings)
                .containsExactly(
                        new Holding("A", "A", "POLAND", "FBA", 31, 4, 7, NOON),
                        new Holding("B", "B", "POLAND", "FBA", 31, 4, 7, NOON));
        assertThat(stub.asked())
                .extracting(it -> it.parameters().get("nextToken"))
                .containsExactly(null, "t", null);
        assertThat(new HashSet<>(stub.asked().stream()
                        .map(it -> it.parameters().get("granularityId"))
                        .toList()))
                .containsExactlyInAnyOrder("POLAND", "GERMANY");
    }

    private static String summaries(String sku, String more) {
        return """
                {"payload":{"inventorySummaries":[{"sellerSku":"%s","totalQuantity":42,"inventoryDetails":{
                "fulfillableQuantity":31,"inboundWorkingQuantity":9,"inboundShippedQuantity":5,
                "inboundReceivingQuantity":2,"reservedQuantity":{"totalReservedQuantity":4}}}]}%s}""".formatted(sku, more);
    }

    @Test
    void anEmptyWarehouseIsNotTakenForOneThatNobodyMayAskFor() {
        stub.on("/fba/inventory/v1/summaries", 400, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");

        var first = ok(warehouses.all(null, connection));

        assertThat(warehouses.all(first.next(), connection)).isInstanceOf(Rejected.class);
    }

    @Test
    void anExpiredPositionMeansToBeginAgain() {
        stub.on("/fba/inventory/v1/summaries", 400, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");

        assertThat(warehouses.all(new Cursor("0|used|old"), connection)).isInstanceOf(Rejected.class);
    }
}
