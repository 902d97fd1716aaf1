package dev.kontor.marketplaces.amazon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/** Which way quantities go to Amazon, and those that go together. */
class AmazonBulkTests extends AmazonStockFixture {

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

    // Many together

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
        found(listing("A", MINE), listing("B", MINE), listing("C", MINE));
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
        found(listing("A", MINE), listing("B", AMAZONS));
        stub.on(ITEMS + "/C", 404, NO_SUCH_LISTING);

        var outcomes = ok(stock.write(feed, connection));

        assertThat(outcomes.get("A")).isEqualTo(new Outcome.Postponed(NOON));
        assertThat(outcomes.get("B")).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get("C")).isInstanceOf(Outcome.Rejected.class);
        assertThat(asked()).containsExactly("GET " + ITEMS, "GET " + ITEMS + "/C");
    }

    @Test
    void asksAloneForASkuWithAComma() {
        listed("A,B", MINE);
        found(listing("C", MINE), listing("D", MINE));
        announced();

        ok(stock.write(command(quantity("A,B", 1), quantity("C", 2), quantity("D", 3)), connection));

        assertThat(asked()).startsWith("GET " + ITEMS, "GET " + ITEMS + "/A,B");
        assertThat(stub.asked().get(0).parameters()).containsEntry("identifiers", "C,D");
    }

    @Test
    void nothingWasWrittenAsLongAsNoFeedIsCreated() {
        found(listing("A", MINE), listing("B", MINE), listing("C", MINE));
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
        found(listing("A", MINE), listing("B", MINE), listing("C", MINE));
        announced();
        stub.reset();
        found(listing("A", MINE), listing("B", MINE), listing("C", MINE));
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
        found(listing("A", MINE), listing("B", MINE), listing("C", MINE));
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
}
