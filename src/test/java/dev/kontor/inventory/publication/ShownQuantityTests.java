package dev.kontor.inventory.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.inventory.allocation.Step;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.reading.ListingReadingLoop;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;
import dev.kontor.marketplaces.StockWriter.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** What separates what buyers are shown from what a listing is to show, with its source. */
class ShownQuantityTests extends PublicationFixture {

    /** More than an account may set to zero without a person's word. */
    private static final int MASS = 12;

    @LocalServerPort
    int port;

    @Autowired
    ListingReadingLoop lists;

    private HttpCaller api;
    private Stall stall;
    private Item mug;
    private Listing here;

    @BeforeEach
    void sell() {
        login();
        stall = aStall();
        mug = stockroom.anItemWith(500);
        here = list(stall, mug, 500);
        settle(stall);
    }

    private void login() {
        api = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @Test
    void whatAPlanHoldsIsNamedByThePlan() {
        var mugs = IntStream.range(0, MASS)
                .mapToObj(it -> stockroom.anItemWith(50))
                .toList();
        var shown = mugs.stream().map(it -> list(stall, it, 50)).toList();
        settle(stall);
        mugs.forEach(it -> correct(it, -50));
        settle(stall);
        var held = clock.instant();

        var explained = explained(mugs.getFirst(), shown.getFirst(), null);

        assertThat(explained.path("desired").asInt(-1)).isZero();
        assertThat(terms(explained)).containsExactly("AVAILABLE 0", "HELD 50");
        assertThat(last(explained).path("plan").asString())
                .isEqualTo(row(shown.getFirst()).get("plan").toString());
        assertThat(last(explained).has("since")).isTrue();

        clock.advance(Duration.ofMinutes(1));
        var plan = last(explained).path("plan").asString();
        login();
        assertThat(api.post("/api/v1/plans/" + plan + "/approve", "{}").status())
                .isEqualTo(200);
        settle(stall);
        assertThat(published(mugs.getFirst(), shown.getFirst(), null)).isZero();
        assertThat(terms(explained(mugs.getFirst(), shown.getFirst(), held))).containsExactly("AVAILABLE 0", "HELD 50");
    }

    @Test
    void whatIsWithheldIsSaid() {
        stall.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        var plate = stockroom.anItemWith(3);
        var scarce = list(stall, plate, 3);
        settle(stall);
        stockroom.receive(plate, 1);
        settle(stall);
        var withheld = clock.instant();

        assertThat(terms(explained(plate, scarce, null))).containsExactly("AVAILABLE 4", "WITHHELD -1");
        assertThat(last(explained(plate, scarce, null)).has("since")).isTrue();
        assertThat(stall.shows(scarce)).isEqualTo(3);

        clock.advance(Duration.ofMinutes(1));
        correct(plate, -1);
        settle(stall);
        assertThat(terms(explained(plate, scarce, null))).containsExactly("AVAILABLE 3");
        assertThat(terms(explained(plate, scarce, withheld))).containsExactly("AVAILABLE 4", "WITHHELD -1");
    }

    @Test
    void aWriteOnItsWayIsNamedByItsCommand() {
        stall.shop().nextWrite(Mishap.STUCK);
        stockroom.receive(mug, 3);
        work();
        var sent = clock.instant();

        var explained = explained(mug, here, null);

        assertThat(terms(explained)).containsExactly("AVAILABLE 503", "IN_FLIGHT -3");
        assertThat(last(explained).path("state").asString()).isEqualTo("ACCEPTED");
        assertThat(last(explained).path("command").asString())
                .isEqualTo(explained.at("/written/command").asString());
        clock.advance(Duration.ofMinutes(1));
        stall.shop().applyLate();
        settle(stall);
        assertThat(terms(explained(mug, here, null))).containsExactly("AVAILABLE 503");
        assertThat(terms(explained(mug, here, sent))).containsExactly("AVAILABLE 503", "IN_FLIGHT -3");
    }

    /** The marketplace says that it is done. */
    @Test
    void whatIsDoneAndNotSeenIsStillOnItsWay() {
        stall.shop().everyWrite(Mishap.SILENT_NO_OP);
        stockroom.receive(mug, 3);
        work();

        var explained = explained(mug, here, null);

        assertThat(terms(explained)).containsExactly("AVAILABLE 503", "IN_FLIGHT -3");
        assertThat(last(explained).path("state").asString()).isEqualTo("APPLIED");
    }

    @Test
    void whatWasRefusedIsNotWritten() {
        stall.shop().everyWrite(Mishap.REJECTED);
        stockroom.receive(mug, 3);
        work();

        var explained = explained(mug, here, null);

        assertThat(terms(explained)).containsExactly("AVAILABLE 503", "NOT_WRITTEN -3");
        assertThat(last(explained).path("state").asString()).isEqualTo("REJECTED");
        assertThat(last(explained).path("reason").asString()).isNotEmpty();
    }

    @Test
    void aSaleThatIsSeenAndNotHeardOfIsADifferenceUntilItIs() {
        buy(stall, here, 4);
        clock.advance(Duration.ofSeconds(6));
        look(here);
        var seen = clock.instant();

        assertThat(terms(explained(mug, here, null))).containsExactly("AVAILABLE 500", "CHANGED_THERE -4");

        clock.advance(Duration.ofSeconds(30));
        hear(stall);
        work();
        assertThat(terms(explained(mug, here, null))).containsExactly("AVAILABLE 496");
        assertThat(published(mug, here, null)).isEqualTo(496);
        assertThat(terms(explained(mug, here, seen))).containsExactly("AVAILABLE 500", "SOLD_UNHEARD -4");
    }

    @Test
    void aSaleThatNobodySawIsKnownOfThePastOnceItIsHeardOf() {
        clock.advance(Duration.ofSeconds(30));
        buy(stall, here, 4);
        var sold = clock.instant();
        hear(stall);
        work();

        assertThat(terms(explained(mug, here, sold))).containsExactly("AVAILABLE 500", "SOLD_UNHEARD -4");
        assertThat(published(mug, here, sold)).isEqualTo(496);
        assertThat(explained(mug, here, null).path("soldSince").asInt()).isEqualTo(4);
    }

    @Test
    void whatSomebodyChangedIsADifferenceUntilItIsPutRight() {
        stall.shop().everyWrite(Mishap.REJECTED);
        stall.shop().sellerShows(here.externalId(), 520);
        clock.advance(Duration.ofSeconds(10));
        look(here);
        var changed = clock.instant();

        assertThat(terms(explained(mug, here, null))).containsExactly("AVAILABLE 500", "CHANGED_THERE 20");

        stall.shop().heal();
        clock.advance(Duration.ofMinutes(5));
        settle(stall);
        assertThat(terms(explained(mug, here, null))).containsExactly("AVAILABLE 500");
        assertThat(published(mug, here, changed)).isEqualTo(520);
    }

    @Test
    void anObservedAccountSaysThatItIs() {
        clock.advance(Duration.ofSeconds(10));
        takeover.change(stall.account().id(), Mode.OBSERVING, version -> {});
        stockroom.receive(mug, 20);
        work();
        var observed = clock.instant();

        assertThat(terms(explained(mug, here, null))).containsExactly("AVAILABLE 520", "OBSERVED -20");

        clock.advance(Duration.ofSeconds(10));
        stall.shop().sellerShows(here.externalId(), 450);
        lists.turn(stall.account());
        work();
        assertThat(terms(explained(mug, here, null)))
                .containsExactly("AVAILABLE 520", "CHANGED_THERE -50", "OBSERVED -20");

        clock.advance(Duration.ofSeconds(10));
        takeover.change(stall.account().id(), Mode.WRITING, version -> {});
        settle(stall);
        assertThat(terms(explained(mug, here, null))).containsExactly("AVAILABLE 520");
        assertThat(terms(explained(mug, here, observed))).containsExactly("AVAILABLE 520", "OBSERVED -20");
    }

    @Test
    void whatWasNeverReadIsNotZero() {
        var plate = stockroom.anItemWith(7);
        var unread = list(stall, plate, 5);
        perform("recalculate");

        var explained = explained(plate, unread, null);

        assertThat(explained.path("desired").asInt()).isEqualTo(7);
        assertThat(explained.has("published")).isFalse();
        assertThat(terms(explained)).containsExactly("AVAILABLE 7", "NEVER_READ 0");
    }

    @Test
    void ofAMomentBeforeTheRecordNothingIsGuessed() {
        var explained = explained(mug, here, Instant.parse("2020-01-01T00:00:00Z"));

        assertThat(explained.has("published")).isFalse();
        assertThat(terms(explained)).containsExactly("NOT_RECORDED 0");
    }

    @Test
    void whatIsNobodysBusinessIsLeftAlone() {
        var plate = stockroom.anItem();
        var uncounted = list(stall, plate, 5);
        settle(stall);

        assertThat(terms(explained(plate, uncounted, null))).containsExactly("LEFT_ALONE 5");
        assertThat(published(plate, uncounted, null)).isEqualTo(5);
    }

    @Test
    void whetherACancelledSaleIsBackOnSaleIsNotGuessed() {
        var order = buy(stall, here, 4);
        hear(stall);
        work();
        clock.advance(Duration.ofSeconds(10));
        var before = clock.instant();
        stall.shop().change(order.id(), it -> it.withStatus("CANCELLED"));
        hear(stall);
        perform("follow");

        assertThat(explained(mug, here, null).has("published")).isFalse();

        clock.advance(Duration.ofSeconds(10));
        settle(stall);
        assertThat(published(mug, here, null)).isEqualTo(stall.shows(here));
        assertThat(last(explained(mug, here, before)).path("kind").asString()).isEqualTo("NOT_RECORDED");
    }

    @Test
    void theListingsThatHoldUnitsAreNamed() {
        var other = aStall();
        var plate = stockroom.anItemWith(4);
        var one = list(stall, plate, 2);
        var two = list(other, plate, 2);
        login();
        api.send("PUT", "/api/v1/policies/items/" + plate.sku(), "{\"strategy\":\"ESCROW\"}");
        settle(stall, other);

        var kept = last(explained(plate, one, null));

        assertThat(kept.path("kind").asString()).isEqualTo("OTHER_LISTINGS");
        assertThat(kept.path("item").asString()).isEqualTo(plate.id().toString());
        assertThat(kept.path("policy").asString()).isEqualTo("ITEM");
        assertThat(kept.at("/holders/0/listing").asString()).isEqualTo(two.id().toString());
        assertThat(kept.at("/holders/0/units").asInt()).isEqualTo(2);
        assertThat(kept.path("moreHolders").asInt(-1)).isZero();
    }

    @Test
    void termsThatWereKeptBeforeHoldersWereNamedCanStillBeRead() {
        var at = clock.instant();
        jdbc.sql("update inventory.decisions set steps = ?::jsonb, desired = 1 where listing = ?")
                .params("""
                        [{"kind": "AVAILABLE", "quantity": 3, "item": {"value": "%s"}}, {"kind": "OTHER_LISTINGS", "quantity": -2}]""".formatted(mug.id()), here.id().value())
                .update();

        assertThat(terms(explained(mug, here, at)).subList(0, 2)).containsExactly("AVAILABLE 3", "OTHER_LISTINGS -2");
    }

    @Test
    void theExampleInTheDocumentationAddsUpToo() {
        var example = api.get("/v3/api-docs").json().at("/components/schemas/ExplainedListing/properties");

        assertThat(sum(example.at("/terms/example").valueStream().toList()))
                .isEqualTo(example.at("/published/example").asLong());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverHappensTheTermsAddUpToWhatIsShown(long seed) {
        var random = new Random(seed);
        var other = aStall();
        other.shop().stockTerms(terms(Set.of(Kind.ABSOLUTE), true));
        var plate = stockroom.anItemWith(9);
        var shown = List.of(list(stall, plate, 9), list(other, plate, 9, 2));
        var moments = new ArrayList<Instant>();
        for (int turn = 0; turn < 60; turn++) {
            var place = random.nextInt(2);
            happen(random, place == 0 ? stall : other, shown.get(place), plate);
            clock.advance(Duration.ofSeconds(random.nextInt(20)));
            moments.add(clock.instant());
            shown.forEach(listing -> explained(plate, listing, null));
            shown.forEach(listing -> explained(plate, listing, moments.get(random.nextInt(moments.size()))));
        }
        for (var one : List.of(stall, other)) {
            one.shop().heal();
            one.shop().applyLate();
            takeover.change(one.account().id(), Mode.WRITING, version -> {});
        }
        for (int minutes = 0; minutes < 4; minutes++) {
            clock.advance(Duration.ofMinutes(20));
            settle(stall, other);
        }
        assertThat(published(plate, shown.getFirst(), null)).isEqualTo(stall.shows(shown.getFirst()));
        assertThat(published(plate, shown.getLast(), null)).isEqualTo(other.shows(shown.getLast()));
        moments.forEach(moment -> shown.forEach(listing -> explained(plate, listing, moment)));
    }

    private void happen(Random random, Stall one, Listing listing, Item plate) {
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                if (one.shows(listing) > 0) {
                    buy(one, listing, 1);
                }
            }
            case 2 -> hear(one);
            case 3 -> stockroom.receive(plate, random.nextInt(1, 6));
            case 4 -> one.shop().sellerShows(listing.externalId(), random.nextInt(12));
            case 5 -> one.shop().nextWrite(Mishap.values()[random.nextInt(Mishap.values().length)]);
            case 6 ->
                takeover.change(
                        one.account().id(), random.nextBoolean() ? Mode.OBSERVING : Mode.WRITING, version -> {});
            case 7 -> look(listing);
            case 8 -> lists.turn(one.account());
            default -> work();
        }
    }

    private void look(Listing listing) {
        jdbc.sql("update inventory.publications set read_wanted = true, due_at = '-infinity' where listing = ?")
                .param(listing.id().value())
                .update();
        work();
    }

    /** Whatever it tells adds up. */
    private JsonNode explained(Item item, Listing listing, @Nullable Instant at) {
        var path = "/api/v1/items/" + item.sku() + "/explain?listing=" + listing.id() + (at == null ? "" : "&at=" + at);
        var answer = api.get(path);
        if (answer.status() == 401) { // much time has passed
            login();
            answer = api.get(path);
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var explained = answer.json().path("listing");
        var wanted = explained
                .path("terms")
                .valueStream()
                .filter(term -> kind(term).compareTo(Step.Kind.HELD) < 0)
                .toList();
        assertThat(sum(wanted))
                .as(answer.body())
                .isEqualTo(explained.path("desired").asLong(0));
        var all = explained.path("terms").valueStream().toList();
        assertThat(all.subList(0, wanted.size())).as("these come first").isEqualTo(wanted);
        if (explained.has("published")) {
            assertThat(sum(all))
                    .as(answer.body())
                    .isEqualTo(explained.path("published").asLong());
        } else {
            assertThat(kind(all.getLast())).isIn(Step.Kind.NEVER_READ, Step.Kind.NOT_RECORDED);
        }
        return explained;
    }

    private int published(Item item, Listing listing, @Nullable Instant at) {
        return explained(item, listing, at).path("published").asInt(-1);
    }

    private static Step.Kind kind(JsonNode term) {
        return Step.Kind.valueOf(term.path("kind").asString());
    }

    private static long sum(List<JsonNode> terms) {
        return terms.stream().mapToLong(term -> term.path("quantity").asLong()).sum();
    }

    private static JsonNode last(JsonNode explained) {
        return explained.path("terms").valueStream().toList().getLast();
    }

    private static List<String> terms(JsonNode explained) {
        return explained
                .path("terms")
                .valueStream()
                .map(term -> kind(term) + " " + term.path("quantity").asLong())
                .toList();
    }
}
