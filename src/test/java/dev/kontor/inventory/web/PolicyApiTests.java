package dev.kontor.inventory.web;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.policies.Policies;
import dev.kontor.inventory.reservations.StockTakeover;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.orders.Shops;

import static org.assertj.core.api.Assertions.assertThat;

@InventoryTest
@Import(Offers.class)
@TestPropertySource(
        properties = { // nobody else looks at these listings
            "kontor.inventory.publishing=false",
            "kontor.inventory.loops.fake.listings=false",
        })
class PolicyApiTests {

    private static final String PREVIEW = "/api/v1/policies/preview";

    @LocalServerPort
    int port;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Offers offers;

    @Autowired
    Shops shops;

    @Autowired
    Policies policies;

    @Autowired
    StockTakeover takeover;

    @Autowired
    JdbcClient jdbc;

    HttpCaller caller;
    AccountId account;
    Item mug;

    @BeforeAll
    void login() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @BeforeEach
    void stock() {
        account = anAccount();
        mug = stockroom.anItemWith(30);
    }

    /** That is written to. */
    private AccountId anAccount() {
        var opened = shops.open(new FakeMarketplace()).id();
        takeover.takeOver(opened, Beginning.counted(Instant.now()), "test");
        return opened;
    }

    @AfterEach
    void sayNothing() {
        jdbc.sql("delete from inventory.policies").update();
    }

    private Answer put(String path, String body) {
        return caller.send("PUT", "/api/v1/policies/" + path, body);
    }

    private Answer preview(String level, String subject, String policy) {
        return caller.post(
                PREVIEW, "{\"level\":\"" + level + "\",\"subject\":\"" + subject + "\",\"policy\":" + policy + "}");
    }

    @Test
    void keepsWhatWasSaidUnderAVersion() {
        var path = "items/" + mug.sku();
        assertThat(caller.get("/api/v1/policies/" + path).status()).isEqualTo(404);

        var said = put(path, "{\"buffer\":2,\"strategy\":\"ESCROW\"}");

        assertThat(said.status()).as(said.body()).isEqualTo(200);
        assertThat(said.text("changedBy")).startsWith("person ");
        assertThat(said.json().path("subject").asString()).isEqualTo(mug.id().toString());
        assertThat(said.json().has("maximum")).isFalse();
        assertThat(caller.get("/api/v1/policies/" + path).header("ETag")).isEqualTo(said.header("ETag"));
        assertThat(put(path, "{\"buffer\":2,\"strategy\":\"ESCROW\"}").header("ETag"))
                .isEqualTo(said.header("ETag"));
        var stale = caller.with("If-Match", said.header("ETag"));
        assertThat(stale.send("PUT", "/api/v1/policies/" + path, "{\"buffer\":3}")
                        .status())
                .isEqualTo(200);
        assertThat(stale.send("PUT", "/api/v1/policies/" + path, "{\"buffer\":4}")
                        .status())
                .isEqualTo(412);
        assertThat(stale.delete("/api/v1/policies/" + path).status()).isEqualTo(412);
        assertThat(caller.delete("/api/v1/policies/" + path).status()).isEqualTo(204);
        assertThat(caller.delete("/api/v1/policies/" + path).status()).isEqualTo(204);
        assertThat(stale.send("PUT", "/api/v1/policies/" + path, "{\"buffer\":4}")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void tellsWhatIsWrong() {
        var path = "accounts/" + account;
        assertThat(field(put(path, "{}"))).isEqualTo("body");
        assertThat(field(put(path, "{\"buffer\":-1}"))).isEqualTo("buffer");
        assertThat(field(put(path, "{\"minimum\":5,\"maximum\":4}"))).isEqualTo("minimum");
        assertThat(field(put(path, "{\"strategy\":\"BOTH\"}"))).isEqualTo("strategy");
        assertThat(put(path, "{\"bufer\":1}").status()).isEqualTo(400);
        assertThat(put("accounts/" + UUID.randomUUID(), "{\"buffer\":1}").status())
                .isEqualTo(404);
        assertThat(field(preview("ITEM", "nowhere", "{}"))).isEqualTo("subject");
        assertThat(field(preview("ACCOUNT", "nowhere", "{}"))).isEqualTo("subject");
        assertThat(field(preview("DEFAULT", "nowhere", "{}"))).isEqualTo("subject");
    }

    private static String field(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return answer.json().at("/errors/0/field").asString();
    }

    @Test
    void tellsWhatHoldsForAListingAndWhoDecidedIt() {
        var listing = offers.selling(account, mug);
        put("default", "{\"strategy\":\"ESCROW\",\"buffer\":1}");
        put("items/" + mug.id(), "{\"buffer\":2,\"maximum\":20}");
        put("accounts/" + account, "{\"maximum\":10}");
        put("listings/" + listing, "{\"paused\":true}");

        var resolved =
                caller.get("/api/v1/policies/listings/" + listing + "/resolved").json();

        assertThat(resolved.path("strategy").asString()).isEqualTo("ESCROW");
        assertThat(resolved.path("buffer").asInt()).isEqualTo(2);
        assertThat(resolved.path("maximum").asInt()).isEqualTo(10);
        assertThat(resolved.path("paused").asBoolean()).isTrue();
        assertThat(resolved.at("/from/STRATEGY").asString()).isEqualTo("DEFAULT");
        assertThat(resolved.at("/from/BUFFER").asString()).isEqualTo("ITEM");
        assertThat(resolved.at("/from/MAXIMUM").asString()).isEqualTo("ACCOUNT");
        assertThat(resolved.at("/from/PAUSED").asString()).isEqualTo("LISTING");
        assertThat(resolved.at("/from").has("MINIMUM")).isFalse();
    }

    @Test
    void resolvesManyListingsAtOnce() {
        var one = offers.selling(account, mug);
        var other = offers.selling(anAccount(), mug);
        put("accounts/" + account, "{\"strategy\":\"MIRROR\"}");

        var resolved = policies.of(List.of(one, other));

        assertThat(resolved.get(one).strategy()).isEqualTo(Strategy.MIRROR);
        assertThat(resolved.get(other).strategy()).isEqualTo(Strategy.AUTO);
    }

    @Test
    void hasWorkedOutAgainWhatAChangeIsAbout() {
        var plate = stockroom.anItemWith(5);
        var set = stockroom.aBundleOf(new Item.Part(mug.sku(), 1), new Item.Part(plate.sku(), 2));
        offers.selling(account, set);
        offers.selling(anAccount(), mug);
        offers.changedItems();

        put("items/" + set.sku(), "{\"buffer\":1}");
        assertThat(offers.changedItems()).containsExactlyInAnyOrder(mug.id(), plate.id());
        put("items/" + set.sku(), "{\"buffer\":1}");
        assertThat(offers.changedItems()).isEmpty();
        put("accounts/" + account, "{\"paused\":true}");
        assertThat(offers.changedItems()).containsExactlyInAnyOrder(mug.id(), plate.id());
        caller.delete("/api/v1/policies/accounts/" + account);
        assertThat(offers.changedItems()).containsExactlyInAnyOrder(mug.id(), plate.id());
        put("items/" + mug.sku(), "{\"buffer\":1}");
        assertThat(offers.changedItems()).containsExactly(mug.id());
        put("default", "{\"buffer\":1}");
        assertThat(offers.changedItems()).contains(mug.id(), plate.id());
    }

    @Test
    void previewsWhatAPolicyWouldChangeAndChangesNothing() {
        var here = offers.selling(account, mug);
        var there = offers.selling(anAccount(), mug);
        offers.changedItems();

        var paused = preview("ACCOUNT", account.toString(), "{\"paused\":true}").json();

        assertThat(paused.path("listings").asInt()).isEqualTo(2);
        assertThat(paused.path("changed").asInt()).isEqualTo(1);
        assertThat(paused.path("toZero").asInt()).isEqualTo(1);
        assertThat(paused.at("/items/0/listing").asString()).isEqualTo(here.toString());
        assertThat(paused.at("/items/0/before").asInt()).isEqualTo(30);
        assertThat(paused.at("/items/0/after").asInt()).isZero();

        var divided = preview("LISTING", there.toString(), "{\"strategy\":\"ESCROW\"}")
                .json();

        assertThat(divided.path("changed").asInt()).isEqualTo(2);
        assertThat(divided.path("items")
                        .valueStream()
                        .mapToInt(it -> it.path("after").asInt())
                        .sum())
                .isEqualTo(30);
        assertThat(divided.at("/items/0/dividedAfter").asBoolean()).isTrue();
        assertThat(offers.changedItems()).isEmpty();
        assertThat(caller.get("/api/v1/policies/accounts/" + account).status()).isEqualTo(404);
    }

    @Test
    void previewsWhatTakingAPolicyBackWouldChange() {
        offers.selling(account, mug);
        put("items/" + mug.sku(), "{\"buffer\":10}");

        var back = preview("ITEM", mug.sku(), "{}").json();

        assertThat(back.at("/items/0/before").asInt()).isEqualTo(20);
        assertThat(back.at("/items/0/after").asInt()).isEqualTo(30);
    }

    @Test
    void previewsByHowLongItReallyTakesUntilASaleIsShownElsewhere() {
        var quick = List.of(offers.selling(account, mug), offers.selling(anAccount(), mug));
        var plate = stockroom.anItemWith(30);
        var slow = List.of(offers.selling(anAccount(), plate), offers.selling(anAccount(), plate));
        quick.forEach(listing -> sells(listing, Duration.ofSeconds(5)));
        slow.forEach(listing -> sells(listing, Duration.ofMinutes(30)));
        put("items/" + mug.sku(), "{\"strategy\":\"MIRROR\"}");
        put("items/" + plate.sku(), "{\"strategy\":\"MIRROR\"}");

        assertThat(preview("ITEM", mug.sku(), "{}").json().path("changed").asInt())
                .isZero();
        assertThat(preview("ITEM", plate.sku(), "{}").json().path("items"))
                .hasSize(2)
                .allSatisfy(listing ->
                        assertThat(listing.path("dividedAfter").asBoolean()).isTrue());
    }

    /** Forty an hour. @param shown how long it takes until what is written is seen there */
    private void sells(ListingId listing, Duration shown) {
        jdbc.sql("update inventory.publications set pace = 4000, pace_at = now() where listing = ?")
                .param(listing.value())
                .update();
        jdbc.sql("""
                        insert into inventory.writes (listing, command, kind, quantity, state, sent_at, verified_at)
                        values (?, gen_random_uuid(), 'SET', 30, 'VERIFIED', now() - interval '40 minutes',
                          now() - interval '40 minutes' + make_interval(secs => ?))""").params(listing.value(), shown.toSeconds()).update();
    }

    @Test
    void leavesOutOfThePreviewWhatNobodyHasCounted() {
        offers.selling(account, stockroom.anItem());

        var preview = preview("ACCOUNT", account.toString(), "{\"paused\":true}");

        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().path("listings").asInt()).isZero();
    }

    /** As quantities are published: what is written shares without what is not. */
    @Test
    void leavesOutOfThePreviewWhatIsLeftAloneAndShowsWhatIsOnlyObservedApart() {
        var here = offers.selling(account, mug);
        var unanswered = offers.selling(shops.open(new FakeMarketplace()).id(), mug);
        var observing = anAccount();
        takeover.change(observing, Mode.OBSERVING, version -> {});
        var observed = offers.selling(observing, mug);
        var offSale = offers.selling(account, mug);
        jdbc.sql("""
                        insert into inventory.listing_readings (listing, account, round, fulfilment, status,
                          marketplace_status, as_of, read_at)
                        values (?, ?, 1, 'SELLER', 'OFF_SALE', 'ENDED', now(), now())""").params(offSale.value(), account.value()).update();

        var preview = preview("ITEM", mug.sku(), "{\"strategy\":\"ESCROW\"}").json();

        assertThat(preview.path("listings").asInt()).isEqualTo(2);
        var after = new HashMap<String, Integer>();
        preview.path("items")
                .forEach(it -> after.put(
                        it.path("listing").asString(), it.path("after").asInt()));
        assertThat(after)
                .containsOnlyKeys(here.toString(), observed.toString())
                .doesNotContainKey(unanswered.toString());
        assertThat(after.get(here.toString())).as("has them for itself").isEqualTo(30);
        assertThat(after.get(observed.toString())).as("would share them").isEqualTo(15);
    }

    @Test
    void previewsPageByPage() {
        var listings = IntStream.range(0, 5)
                .mapToObj(number -> offers.selling(account, stockroom.anItemWith(9)))
                .map(ListingId::toString)
                .toList();
        var body = "{\"level\":\"ACCOUNT\",\"subject\":\"" + account + "\",\"policy\":{\"maximum\":4}}";

        var first = caller.post(PREVIEW + "?limit=3", body).json();
        var second = caller.post(
                        PREVIEW + "?limit=3&after=" + first.path("next").asString(), body)
                .json();

        assertThat(first.path("changed").asInt()).isEqualTo(5);
        assertThat(second.path("changed").asInt()).isEqualTo(5);
        assertThat(second.has("next")).isFalse();
        assertThat(List.of(first, second).stream()
                        .flatMap(page -> page.path("items").valueStream())
                        .map(it -> it.path("listing").asString()))
                .containsExactlyInAnyOrderElementsOf(listings);
    }
}
