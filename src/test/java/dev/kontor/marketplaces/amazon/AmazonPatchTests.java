package dev.kontor.marketplaces.amazon;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;

import static org.assertj.core.api.Assertions.assertThat;

/** Quantities that go to Amazon one by one, and what its answers mean. */
class AmazonPatchTests extends AmazonStockFixture {

    // One by one

    @Test
    void mergesTheQuantityWhereTheListingIs() {
        foundThenPatched("A", 200, "{\"sku\":\"A\",\"status\":\"ACCEPTED\",\"submissionId\":\"s-1\",\"issues\":[]}");

        assertThat(written(quantity("A", 7))).isEqualTo(new Outcome.Accepted("patch:s-1"));

        assertThat(asked()).containsExactly("GET " + ITEMS, "PATCH " + ITEMS + "/A");
        assertThat(stub.asked().getLast().parameters()).containsEntry("marketplaceIds", "GERMANY");
        assertThat(stub.bodies().getLast())
                .contains("\"op\":\"merge\"", "\"fulfillment_channel_code\":\"DEFAULT\"", "\"quantity\":7");
    }

    @Test
    void encodesASkuWhole() {
        listed("0012/7 +ż,100%?", MINE);
        stub.on(ITEMS + "/0012/7 +ż,100%?", 200, "{\"status\":\"ACCEPTED\"}");

        assertThat(written(quantity("0012/7 +ż,100%?", 7))).isInstanceOf(Outcome.Accepted.class);
        assertThat(asked()).hasSize(2).allMatch(it -> it.endsWith("/0012/7 +ż,100%?"));
    }

    @Test
    void looksBeforeTheFirstWriteOnly() {
        foundThenPatched("A", 200, "{\"status\":\"ACCEPTED\"}");

        written(quantity("A", 7));
        written(quantity("A", 6));

        assertThat(asked()).containsExactly("GET " + ITEMS, "PATCH " + ITEMS + "/A", "PATCH " + ITEMS + "/A");
    }

    @Test
    void looksAtAListingAloneThatTheSearchDoesNotKnowYet() {
        found();
        listed("A", MINE);
        stub.on(ITEMS + "/A", 200, "{\"status\":\"ACCEPTED\"}");

        assertThat(written(quantity("A", 7))).isInstanceOf(Outcome.Accepted.class);

        assertThat(asked()).containsExactly("GET " + ITEMS, "GET " + ITEMS + "/A", "PATCH " + ITEMS + "/A");
    }

    @Test
    void neverWritesWhatAmazonSends() {
        found(listing("A", AMAZONS));

        assertThat(written(quantity("A", 7)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, it -> assertThat(it.code()).isEqualTo("FULFILLED_BY_AMAZON"));
        assertThat(asked()).containsExactly("GET " + ITEMS);
    }

    @Test
    void writesNothingWhereNobodyKnowsWhoSendsIt() {
        found(listing("A", ""));
        assertThat(written(quantity("A", 7))).isInstanceOf(Outcome.Rejected.class);

        stub.on(ITEMS + "/B", 404, NO_SUCH_LISTING);
        assertThat(written(quantity("B", 7))).isInstanceOf(Outcome.Rejected.class);

        stub.on(ITEMS + "/C", 500, "");
        assertThat(stock.write(command(quantity("C", 7)), connection)).isInstanceOf(Throttled.class);

        assertThat(asked()).noneMatch(it -> it.startsWith("PATCH"));
    }

    @Test
    void aRefusalComesAsASuccess() {
        foundThenPatched(
                "A",
                200,
                "{\"status\":\"INVALID\",\"issues\":[{\"code\":\"1\",\"severity\":\"WARNING\"},{\"code\":\"90220\",\"severity\":\"ERROR\",\"message\":\"quotes\"}]}");

        assertThat(written(quantity("A", 7)))
                .isEqualTo(new Outcome.Rejected("90220", "Amazon did not take the quantity"));
    }

    @Test
    void anAnswerThatSaysNeitherYesNorNoSettlesNothing() {
        foundThenPatched("A", 200, "{\"status\":\"LEVITATING\"}");

        assertThat(written(quantity("A", 7))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"400,Rejected", "413,Rejected"})
    void aRefusalOfTheRequestIsOneOfTheQuantity(int status, String outcome) {
        foundThenPatched("A", status, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");

        assertThat(written(quantity("A", 7)).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void aFaultMayHaveHadAnEffectAndOnlyAZeroIsSentAgain() {
        foundThenPatched("A", 503, "");

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
}
