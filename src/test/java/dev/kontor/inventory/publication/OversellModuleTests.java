package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** What is sold and not there is offered with what can be done. */
class OversellModuleTests extends OversellFixture {

    private static final String PATH = "/api/v1/oversells";

    @Test
    void isOfferedWithWhoCompetesAndWhatCanBeDone() {
        var mug = mirrored(2);
        var here = aPlace(mug, 2);
        var there = aPlace(mug, 2);
        work();
        buy(here, 2);
        buy(there, 1);
        hear(here);
        hear(there);
        work();
        login();
        var id = of(mug).getFirst().id();

        var shown = caller.get(PATH + "/" + id);

        assertThat(shown.status()).as(shown.body()).isEqualTo(200);
        var body = shown.json();
        assertThat(body.path("cause").asString()).isEqualTo("NOT_HEARD");
        assertThat(body.path("explanation").asString()).isNotEmpty();
        assertThat(body.path("oversoldNow").asInt()).isEqualTo(1);
        assertThat(body.path("competitors")
                        .valueStream()
                        .map(it -> it.path("units").asInt()))
                .containsExactly(1, 2);
        assertThat(body.path("actions").valueStream().map(it -> it.path("kind").asString()))
                .containsExactly("CANCEL_ORDER", "RECEIVE_STOCK", "PUT_INTO_ESCROW", "ACKNOWLEDGE");
        assertThat(body.at("/actions/0/candidates/0/account").asString())
                .isEqualTo(there.account().toString());

        caller.send("PUT", body.at("/actions/2/path").asString(), "{\"strategy\":\"ESCROW\"}");
        var received = caller.with("Idempotency-Key", aKey())
                .post(
                        body.at("/actions/1/path").asString(),
                        "{\"kind\":\"RECEIPT\",\"quantity\":1,\"reason\":\"more\"}");

        assertThat(received.status()).as(received.body()).isEqualTo(201);
        var after = caller.get(PATH + "/" + id);
        assertThat(after.text("state")).isEqualTo("RESOLVED");
        assertThat(after.header("ETag")).isNotEqualTo(shown.header("ETag"));
        assertThat(after.json()
                        .path("actions")
                        .valueStream()
                        .map(it -> it.path("kind").asString()))
                .containsExactly("ACKNOWLEDGE");
    }

    @Test
    void aManagerAcceptsItWithANote() {
        var mug = stockroom.anItemWith(1);
        ledger.post(List.of(reservation(mug, 2)));
        var path = PATH + "/" + explained(mug).id();
        var etag = caller.get(path).header("ETag");
        var key = caller.post("/api/v1/api-keys", Map.of("name", "looks on", "scopes", List.of("inventory:read")))
                .text("key");
        var viewer = HttpCaller.nobody(port).withKey(key);
        assertThat(viewer.get(path).status()).isEqualTo(200);
        assertThat(viewer.post(path + "/acknowledge", "{\"note\":\"fine\"}").status())
                .isEqualTo(403);
        assertThat(caller.post(path + "/acknowledge", "{}").status()).isEqualTo(400);
        assertThat(caller.post(path + "/acknowledge", "{\"note\":\" \"}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("note");
        assertThat(caller.post(PATH + "/" + UUID.randomUUID() + "/acknowledge", "{\"note\":\"fine\"}")
                        .status())
                .isEqualTo(404);

        var accepted = caller.with("If-Match", etag).post(path + "/acknowledge", "{\"note\":\"told the buyer\"}");

        assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
        assertThat(accepted.text("state")).isEqualTo("ACKNOWLEDGED");
        assertThat(accepted.text("note")).isEqualTo("told the buyer");
        assertThat(accepted.text("acknowledgedBy")).startsWith("person ");
        assertThat(accepted.text("acknowledgedAt")).isNotEmpty();
        assertThat(caller.post(path + "/acknowledge", "{\"note\":\"told the buyer\"}")
                        .status())
                .isEqualTo(200);
        assertThat(caller.post(path + "/acknowledge", "{\"note\":\"something else\"}")
                        .text("type"))
                .isEqualTo("urn:kontor:problem:oversell-acknowledged");
        var plate = stockroom.anItemWith(1);
        ledger.post(List.of(reservation(plate, 2)));
        assertThat(caller.with("If-Match", "\"99\"")
                        .post(PATH + "/" + explained(plate).id() + "/acknowledge", "{\"note\":\"fine\"}")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void listsPageByPageAndAsATable() {
        var mug = stockroom.anItemWith(1);
        for (int number = 0; number < 3; number++) {
            ledger.post(List.of(reservation(mug, 2)));
        }
        var path = PATH + "?item=" + mug.sku();

        var first = caller.get(path + "&limit=2").json();
        var rest = caller.get(path + "&limit=2&after=" + first.path("next").asString())
                .json();

        assertThat(first.path("items").valueStream().map(it -> it.path("units").asInt()))
                .containsExactly(2, 2);
        assertThat(rest.path("items").valueStream().map(it -> it.path("units").asInt()))
                .containsExactly(1);
        assertThat(rest.has("next")).isFalse();
        assertThat(caller.get(path + "&state=RESOLVED").json().path("items")).isEmpty();
        assertThat(caller.get(path + "&account=" + UUID.randomUUID()).json().path("items"))
                .isEmpty();
        assertThat(caller.with("Accept", "text/csv").get(path).body().lines()).hasSize(4);
        assertThat(caller.get(PATH + "?state=OVER").status()).isEqualTo(400);
        assertThat(caller.get(PATH + "?item=nothing")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("item");
        assertThat(caller.get(PATH + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void measuresTheWindowOfAnAccount() {
        var mug = mirrored(50);
        var here = aPlace(mug, 50);
        var there = aPlace(mug, 50);
        work();
        var path = "/api/v1/accounts/" + there.account() + "/inventory/window";
        assertThat(caller.get(path).json().at("/seenToWritten/measured").asInt())
                .isZero();

        buy(here, 3);
        clock.advance(Duration.ofSeconds(14));
        hear(here); // six more
        follow();
        clock.advance(Duration.ofSeconds(3));
        work();

        login();
        var window = caller.get(path).json();
        assertThat(window.at("/placedToSeen/measured").asInt()).isZero();
        assertThat(window.at("/seenToWritten/measured").asInt()).isEqualTo(1);
        assertThat(window.at("/seenToWritten/median").asDouble()).isEqualTo(3);
        assertThat(window.at("/writtenToVerified/measured").asInt()).isEqualTo(1);
        assertThat(window.at("/writtenToVerified/longest").asDouble()).isNotNegative();
        var seller = caller.get("/api/v1/accounts/" + here.account() + "/inventory/window")
                .json();
        assertThat(seller.at("/placedToSeen/p95").asDouble()).isEqualTo(20);
        assertThat(caller.get("/api/v1/accounts/" + UUID.randomUUID() + "/inventory/window")
                        .status())
                .isEqualTo(404);
    }
}
