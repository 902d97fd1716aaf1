package dev.kontor.marketplaces.allegro;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Change.Relative;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;

/** What the adapter makes of single answers about offers that a simulation would not give on demand. */
class AllegroStockTests {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final String OFFER = "15000000001";
    private static final String PATH = "/sale/product-offers/" + OFFER;
    private static final String NO_SUCH_OFFER = "{\"errors\":[{\"code\":\"OfferNotFoundException\"}]}";

    private final HttpStub stub = new HttpStub();
    private final SettableClock clock = new SettableClock(NOON);
    private final SeenDrift drift = new SeenDrift();
    private final AllegroProperties properties = new AllegroProperties(
            stub.url(),
            stub.url(),
            "the-client",
            "the-secret",
            "Kontor",
            "1.0",
            URI.create("https://example.org/kontor"),
            100,
            1_000,
            1_000,
            4);
    private final TestExchange exchange =
            new TestExchange(clock, Map.of("kontor.exchange.retry.delay", "1ms", "kontor.exchange.max-wait", "100ms"));
    private final AllegroCalls calls = new AllegroCalls(exchange.exchange(), exchange.clients(), properties);
    private final AllegroStock stock = new AllegroStock(calls, drift, clock);
    private final AllegroListings listings = new AllegroListings(calls, properties, drift);
    private final Connection connection = new Connection(
            UUID.randomUUID(), new Credentials(Map.of("access_token", "the-access"), null), Lane.STOCK_TO_ZERO);
    private final Command zero = command(new Absolute(OFFER, 0, false));
    private final Command less = command(new Relative(OFFER, -2));
    private final String lessTasks = "/sale/offer-quantity-change-commands/" + less.id() + "/tasks";

    @AfterEach
    void stop() {
        stub.close();
    }

    private static Command command(Change... changes) {
        return new Command(UUID.randomUUID(), List.of(changes));
    }

    private static Ok<Map<String, Outcome>> all(Outcome outcome) {
        return new Ok<>(Map.of(OFFER, outcome));
    }

    private Answer<Map<String, Outcome>> write(Command command) {
        return stock.write(command, connection);
    }

    private Answer<Map<String, Outcome>> task(String status, String errors) {
        stub.on(
                lessTasks,
                200,
                "{\"tasks\":[{\"offer\":{\"id\":\"%s\"},\"status\":\"%s\",\"errors\":[%s]}]}"
                        .formatted(OFFER, status, errors));
        return stock.state(less, null, connection);
    }

    // Which way a change goes

    @Test
    void oneValueForManyGoesTogetherAndZeroAlone() {
        var changes = List.of(
                new Absolute("1", 7, false),
                new Absolute("2", 0, false),
                new Relative("3", -1),
                new Absolute("4", 7, false),
                new Absolute("5", 7, true),
                new Relative("6", -1),
                new Relative("7", 1),
                new Absolute("8", 0, false));

        assertThat(stock.groups(changes).stream()
                        .map(group -> group.stream().map(Change::listing).toList()))
                .containsExactly(
                        List.of("1", "4"), List.of("2"), List.of("3", "6"), List.of("5"), List.of("7"), List.of("8"));
    }

    @Test
    void onlyAReactivationMustNotBeSentTwice() {
        assertThat(stock.repeatable(new Absolute(OFFER, 5, true))).isFalse();
        assertThat(stock.repeatable(new Absolute(OFFER, 5, false))).isTrue();
        assertThat(stock.repeatable(new Absolute(OFFER, 0, false))).isTrue();
        assertThat(stock.repeatable(new Relative(OFFER, 5))).isTrue();
    }

    // Edits

    @Test
    void anEditIsAppliedOrGoesOnInTheBackground() {
        stub.on(PATH, 200, "{}")
                .on(PATH, 202, "{}", Map.of("Location", "https://api.allegro.pl" + PATH + "/operations/the-operation"))
                .on(PATH, 202, "{}");

        assertThat(write(zero)).isEqualTo(all(new Outcome.Applied()));
        assertThat(write(zero)).isEqualTo(all(new Outcome.Accepted("the-operation")));
        assertThat(write(zero)).isEqualTo(all(new Outcome.Accepted(null)));
        assertThat(stub.asked()).extracting("method").containsOnly("PATCH");
    }

    @Test
    void asksForAnEditInTheBackground() {
        stub.on(PATH + "/operations/one", 202, "{}").on(PATH + "/operations/one", 303, "");

        assertThat(stock.state(zero, "one", connection)).isEqualTo(all(new Outcome.Accepted("one")));
        assertThat(stock.state(zero, "one", connection)).isEqualTo(all(new Outcome.Applied()));
    }

    @Test
    void doesNotKnowWhatBecameOfAnEditWithoutAName() {
        assertThat(((Ok<Map<String, Outcome>>) stock.state(zero, null, connection))
                        .value()
                        .get(OFFER))
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(stub.asked()).isEmpty();
    }

    @Test
    void anEditWaitsForTheOneBefore() {
        stub.on(PATH, 409, "{\"errors\":[{\"code\":\"ConflictException\"}]}");

        assertThat(write(zero)).isEqualTo(all(new Outcome.Postponed(NOON.plusSeconds(5))));
    }

    @Test
    void anEditThatIsRefusedIsNotRepeated() {
        stub.on(PATH, 422, "{\"errors\":[{\"code\":\"VALIDATION_ERROR\",\"message\":\"no\"}]}");

        assertThat(write(zero))
                .isEqualTo(all(new Outcome.Rejected("VALIDATION_ERROR", "Allegro refused to change the quantity")));
    }

    @Test
    void anEditThatMeetsAFaultMayHaveBeenDone() {
        stub.on(PATH, 503, "", Map.of("Retry-After", "30"));

        assertThat(write(zero)).isInstanceOf(Unavailable.class);
        assertThat(stub.asked()).hasSize(1);
    }

    // Commands

    @Test
    void aCommandThatWasSentBeforeIsAccepted() {
        var path = "/sale/offer-quantity-change-commands/" + less.id();
        stub.on(path, 201, "{}").on(path, 409, "{\"errors\":[{\"code\":\"CommandAlreadyExistsException\"}]}");

        assertThat(write(less)).isEqualTo(all(new Outcome.Accepted(null)));
        assertThat(write(less)).isEqualTo(all(new Outcome.Accepted(null)));
    }

    @Test
    void aTaskThatIsNotShownYetHasNotBeenDone() {
        stub.on(lessTasks, 200, "{\"tasks\":[]}");

        assertThat(stock.state(less, null, connection)).isEqualTo(all(new Outcome.Accepted(null)));
    }

    @Test
    void readsTheStateOfATask() {
        assertThat(task("NEW", "")).isEqualTo(all(new Outcome.Accepted(null)));
        stub.reset();
        assertThat(task("SUCCESS", "")).isEqualTo(all(new Outcome.Applied()));
        stub.reset();
        assertThat(task("FAIL", "{\"code\":\"ATTEMPT_TO_CHANGE_OFFER_QUANTITY_TO_INVALID_VALUE\"}"))
                .isEqualTo(all(new Outcome.Rejected(
                        "ATTEMPT_TO_CHANGE_OFFER_QUANTITY_TO_INVALID_VALUE",
                        "Allegro refused to change the quantity")));
    }

    @ParameterizedTest
    @CsvSource({"FAIL, '{\"code\":\"EXCEPTION_DURING_OFFER_QUANTITY_UPDATE\"}'", "DREAMING, ''"})
    void nobodyKnowsWhatATaskInAnUnclearStateHasDone(String status, String errors) {
        assertThat(((Ok<Map<String, Outcome>>) task(status, errors)).value().get(OFFER))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void countsAStateOfATaskThatItDoesNotKnow() {
        task("DREAMING", "");

        assertThat(drift.names()).containsExactly("task DREAMING");
    }

    @Test
    void nobodyKnowsWhatBecameOfACommandThatAllegroDoesNotKnow() {
        stub.on(lessTasks, 404, "{\"errors\":[{\"code\":\"CommandNotFoundException\"}]}");

        assertThat(((Ok<Map<String, Outcome>>) stock.state(less, null, connection))
                        .value()
                        .get(OFFER))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aSellersLimitOfChangesHoldsBackWhatIsTooMuch() {
        var changes = new Change[250];
        for (var i = 0; i < changes.length; i++) {
            changes[i] = new Relative(String.valueOf(i), 1);
        }

        // the budget of a minute begins empty, and so many are there after some seconds only
        assertThat(write(command(changes))).isInstanceOf(Throttled.class);
        assertThat(stub.asked()).isEmpty();
    }

    // Reading

    @Test
    void readsTheStockOfAnOffer() {
        stub.on(PATH, 200, "{\"stock\":{\"available\":7,\"unit\":\"UNIT\"},\"publication\":{\"status\":\"ACTIVE\"}}");

        assertThat(stock.read(List.of(OFFER), connection))
                .isEqualTo(new Ok<>(Map.of(OFFER, new Reading.Shown(7, null, NOON))));
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE, 7", "ACTIVATING, 7", "ENDED, 0", "INACTIVE, 0"})
    void buyersSeeNothingOfAnOfferThatIsNotOnSale(String status, int shown) {
        stub.on(PATH, 200, "{\"stock\":{\"available\":7},\"publication\":{\"status\":\"" + status + "\"}}");

        assertThat(stock.read(List.of(OFFER), connection))
                .isEqualTo(new Ok<>(Map.of(OFFER, new Reading.Shown(shown, null, NOON))));
    }

    @Test
    void believesOnlyA404ThatNamesTheOffer() {
        stub.on(PATH, 404, NO_SUCH_OFFER).on(PATH, 404, "<html>Not Found</html>");

        assertThat(stock.read(List.of(OFFER), connection)).isEqualTo(new Ok<>(Map.of(OFFER, new Reading.Gone())));
        assertThat(stock.read(List.of(OFFER), connection)).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'{}'",
        "'{\"stock\":{\"available\":\"many\"}}'",
        "'{\"stock\":{\"available\":1.5}}'",
        "'{\"stock\":null}'",
        "'{\"stock\":{\"available\":7}}'",
        "'{\"stock\":{\"available\":7},\"publication\":{\"status\":\"LEVITATING\"}}'"
    })
    void unknownIsNeverZero(String body) {
        stub.on(PATH, 200, body);

        assertThat(((Ok<Map<String, Reading>>) stock.read(List.of(OFFER), connection))
                        .value()
                        .get(OFFER))
                .isInstanceOf(Reading.Unreadable.class);
    }

    // Listings

    @ParameterizedTest
    @CsvSource({
        "ACTIVE,, 3, ON_SALE",
        "ACTIVATING,, 3, ON_SALE",
        "INACTIVE,, 3, OFF_SALE",
        "ENDED, EMPTY_STOCK, 0, SOLD_OUT",
        "ENDED, EMPTY_STOCK, 3, SOLD_OUT",
        "ENDED, USER, 0, OFF_SALE",
        "ENDED,, 0, SOLD_OUT",
        "ENDED,, 3, OFF_SALE",
        "LEVITATING,, 3, UNKNOWN"
    })
    void understandsWhyAnOfferIsNotOnSale(String status, String endedBy, int available, Listing.Status expected) {
        var publication = endedBy == null
                ? "{\"status\":\"%s\"}".formatted(status)
                : "{\"status\":\"%s\",\"endedBy\":\"%s\"}".formatted(status, endedBy);
        stub.on(PATH, 200, anOffer(available, publication, "[]"));

        assertThat(found().status()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 5901234123457", "1, 2,", "2, 1,"})
    void takesTheEanOfOneProductAlone(int products, int units, String ean) {
        var product = "{\"product\":{\"parameters\":[{\"id\":\"225693\",\"name\":\"EAN (GTIN)\",\"values\":"
                + "[\"5901234123457\"]}]},\"quantity\":{\"value\":" + units + "}}";
        stub.on(
                PATH,
                200,
                anOffer(1, "{\"status\":\"ACTIVE\"}", "[" + (product + ",").repeat(products - 1) + product + "]"));

        assertThat(found().ean()).isEqualTo(ean);
    }

    @Test
    void goesOnALittleBeforeThePageEnded() {
        var offer =
                "{\"id\":\"1\",\"name\":\"Kubek\",\"stock\":{\"available\":1},\"publication\":{\"status\":\"ACTIVE\"}}";
        stub.on(
                "/sale/offers",
                200,
                "{\"offers\":[%s],\"totalCount\":100}".formatted(String.join(",", Collections.nCopies(30, offer))));

        assertThat(listings.all(null, connection).map(page -> String.valueOf(page.next())))
                .isEqualTo(new Ok<>("Cursor[value=20]"));
    }

    private Listing found() {
        var reading = ((Ok<ListingReading>) listings.listing(OFFER, connection)).value();
        return ((ListingReading.Found) reading).listing();
    }

    private static String anOffer(int available, String publication, String products) {
        return """
                {"id":"%s","name":"Kubek","external":{"id":"SKU-1"},"stock":{"available":%d,"unit":"UNIT"},
                 "publication":%s,"productSet":%s}
                """.formatted(OFFER, available, publication, products);
    }

    @Test
    void readsAnOffer() {
        stub.on(PATH, 200, anOffer(3, "{\"status\":\"ACTIVE\"}", "[]"));

        assertThat(found().asOf()).isEqualTo(NOON);
        assertThat(found().sku()).isEqualTo("SKU-1");
        assertThat(found().quantity()).isEqualTo(3);
    }
}
