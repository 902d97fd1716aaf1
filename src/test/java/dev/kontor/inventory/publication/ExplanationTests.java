package dev.kontor.inventory.publication;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;

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
        assertThat(sum(explained.at("/listing/terms"))).isEqualTo(507);
        assertThat(explained.at("/positions/0/available").asInt()).isEqualTo(507);
        assertThat(explained.at("/listing/written/kind").asString()).isEqualTo("RELATIVE");
        assertThat(explained.at("/listing/written/quantity").asInt()).isEqualTo(10);
        assertThat(explained.at("/listing/written/verifiedAt").isMissingNode()).isFalse();
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

    private static int sum(JsonNode terms) {
        int sum = 0;
        for (var term : terms) {
            sum += term.at("/quantity").asInt();
        }
        return sum;
    }
}
