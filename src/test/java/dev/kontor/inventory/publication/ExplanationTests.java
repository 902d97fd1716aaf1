package dev.kontor.inventory.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.inventory.allocation.Step.Kind;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.marketplaces.FakeMarketplace.Mishap;

import static org.assertj.core.api.Assertions.assertThat;

/** Why a listing shows what it shows. */
class ExplanationTests extends PublicationFixture {

    @LocalServerPort
    int port;

    private HttpCaller api;
    private Stall stall;
    private Item mug;
    private Listing here;

    @BeforeEach
    void sell() {
        api = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        stall = aStall();
        mug = stockroom.anItemWith(500);
        here = list(stall, mug, 500);
        work();
        buy(stall, here, 3);
        hear(stall);
        stockroom.receive(mug, 10);
        work();
    }

    @Test
    void theTermsAddUpToWhatIsShown() {
        var explained = json("/api/v1/items/" + mug.sku() + "/explain?listing=" + here.id());

        assertThat(stall.shows(here)).isEqualTo(507);
        assertThat(explained.at("/listing/desired").asInt()).isEqualTo(507);
        assertThat(explained.at("/listing/published").asInt()).isEqualTo(507);
        assertThat(sum(explained.at("/listing/terms"))).isEqualTo(507);
        assertThat(explained.at("/positions/0/available").asInt()).isEqualTo(507);
        assertThat(explained.at("/listing/written/kind").asString()).isEqualTo("RELATIVE");
        assertThat(explained.at("/listing/written/quantity").asInt()).isEqualTo(10);
        assertThat(explained.at("/listing/written/verifiedAt").isMissingNode()).isFalse();
    }

    /** Sixty of them: more come in, and the listing shows as many as before. */
    @Test
    void theTermsAreOfNowAlsoWhereTheyComeToTheSameAsBefore() {
        api.send("PUT", "/api/v1/policies/listings/" + here.id(), "{\"maximum\":60}");
        work();
        stockroom.receive(mug, 5);
        work();

        var explained = json("/api/v1/items/" + mug.sku() + "/explain?listing=" + here.id());

        assertThat(explained.at("/positions/0/available").asInt()).isEqualTo(512);
        assertThat(explained.at("/listing/desired").asInt()).isEqualTo(60);
        assertThat(terms(explained)).containsExactly("AVAILABLE 512", "MAXIMUM -452");
    }

    /** What another listing sells is not taken from this one, whose terms change all the same. */
    @Test
    void theTermsOfWhatIsDividedAreOfNowToo() {
        var other = aStall();
        var plate = stockroom.anItemWith(4);
        var one = list(stall, plate, 2);
        var two = list(other, plate, 2);
        settle(stall, other);
        buy(other, two, 1);
        hear(other);
        work();

        var explained = json("/api/v1/items/" + plate.sku() + "/explain?listing=" + one.id());

        assertThat(explained.at("/positions/0/available").asInt()).isEqualTo(3);
        assertThat(explained.at("/listing/desired").asInt()).isEqualTo(2);
        assertThat(terms(explained)).containsExactly("AVAILABLE 3", "OTHER_LISTINGS -1");
    }

    /** Nothing was sent when it was sold here, and the number was another one all the same. */
    @Test
    void anyMomentOfThePastIsExplained() {
        var before = clock.instant();
        buy(stall, here, 4);
        hear(stall);
        work();
        var sold = clock.instant();
        clock.advance(Duration.ofSeconds(10));
        mode(stall, "OBSERVING");
        stockroom.receive(mug, 20);
        work();
        var observed = clock.instant();
        clock.advance(Duration.ofSeconds(10));
        stockroom.receive(mug, 1);
        work();

        assertThat(explained(before)).isEqualTo("507 of 507");
        assertThat(explained(sold)).isEqualTo("503 of 503");
        assertThat(explained(observed)).isEqualTo("523 of 523");
        assertThat(explained(clock.instant())).isEqualTo("524 of 524");
        assertThat(json("/api/v1/items/" + mug.sku() + "/explain?at=2020-01-01T00:00:00Z&listing=" + here.id())
                        .at("/listing")
                        .has("desired"))
                .isFalse();
    }

    @Test
    void whatAListingWasToShowEndsWhereItsLinkDoes() {
        var linked = clock.instant();
        clock.advance(Duration.ofSeconds(10));
        linking.link(here.id(), null, version -> {});
        var unlinked = clock.instant();
        clock.advance(Duration.ofSeconds(10));
        linking.link(here.id(), new Link(mug.id(), 1, "test"), version -> {});
        work();

        assertThat(explained(linked)).isEqualTo("507 of 507");
        assertThat(json("/api/v1/items/" + mug.sku() + "/explain?at=" + unlinked + "&listing=" + here.id())
                        .at("/listing")
                        .has("desired"))
                .isFalse();
        assertThat(explained(clock.instant())).isEqualTo("507 of 507");
    }

    private String explained(Instant at) {
        var explained = json("/api/v1/items/" + mug.sku() + "/explain?listing=" + here.id() + "&at=" + at);
        assertThat(sum(wanted(explained.at("/listing/terms"))))
                .isEqualTo(explained.at("/listing/desired").asInt());
        assertThat(sum(explained.at("/listing/terms")))
                .isEqualTo(explained.at("/listing/published").asInt());
        assertThat(Instant.parse(explained.at("/listing/decidedAt").asString())).isBeforeOrEqualTo(at);
        return explained.at("/listing/desired").asInt() + " of "
                + explained.at("/positions/0/available").asInt();
    }

    private static List<String> terms(JsonNode explained) {
        return explained
                .at("/listing/terms")
                .valueStream()
                .map(term ->
                        term.at("/kind").asString() + " " + term.at("/quantity").asInt())
                .toList();
    }

    @Test
    void whatIsUnderWayIsShown() {
        stall.shop().nextWrite(Mishap.STUCK);
        stockroom.receive(mug, 3);
        work();

        var underWay = json("/api/v1/listings/" + here.id());

        assertThat(underWay.at("/desired").asInt()).isEqualTo(510);
        assertThat(underWay.at("/inFlight").asInt()).isEqualTo(510);
        assertThat(underWay.at("/inFlightSince").isMissingNode()).isFalse();
        assertThat(underWay.at("/verified").asInt()).isEqualTo(507);
        stall.shop().applyLate();
        clock.advance(Duration.ofMinutes(1));
        work();
        assertThat(json("/api/v1/listings/" + here.id()).has("inFlight")).isFalse();
    }

    @Test
    void everyWriteIsKept() {
        var writes = json("/api/v1/listings/" + here.id() + "/writes").at("/items");

        assertThat(writes.size()).isPositive();
        assertThat(writes.at("/0/state").asString()).isEqualTo("VERIFIED");
    }

    @Test
    void listingsAreFoundByHowFarTheyHaveCome() {
        assertThat(json("/api/v1/listings?state=VERIFIED&account="
                                + stall.account().id())
                        .at("/items")
                        .size())
                .isEqualTo(1);
        mode(stall, "OBSERVING");
        stockroom.receive(mug, 1);
        work();

        var observed = json("/api/v1/listings?state=OBSERVED&account="
                        + stall.account().id())
                .at("/items/0");
        assertThat(observed.at("/desired").asInt()).isEqualTo(508);
        assertThat(observed.at("/verified").asInt()).isEqualTo(507);
        assertThat(stall.shows(here)).isEqualTo(507);
    }

    @Test
    void aListingOfOtherGoodsIsRefused() {
        var other = stockroom.anItemWith(1);

        var refused = api.get("/api/v1/items/" + other.sku() + "/explain?listing=" + here.id());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("\"listing\"");
    }

    private JsonNode json(String path) {
        var answer = api.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** The terms that lead to what it was to show. */
    private static List<JsonNode> wanted(JsonNode terms) {
        return terms.valueStream()
                .takeWhile(term -> Kind.valueOf(term.at("/kind").asString()).compareTo(Kind.HELD) < 0)
                .toList();
    }

    private static int sum(Iterable<JsonNode> terms) {
        int sum = 0;
        for (var term : terms) {
            sum += term.at("/quantity").asInt();
        }
        return sum;
    }
}
