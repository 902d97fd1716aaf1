package dev.kontor.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kontor.faults.ThreeShops.Shop;
import dev.kontor.sandbox.world.Fault;

import static dev.kontor.ThreeAccounts.ok;
import static dev.kontor.faults.ThreeShops.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of the stock of three marketplaces that sell the same goods when something goes wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockStoryTests {

    private static final long SEED = Long.getLong("kontor.test.seed", 42);

    /** Of a listing: it is looked at, written, asked what became of it, and looked at again, once or twice over. */
    private static final int REQUESTS_OF_A_LISTING = 16;

    private static final Duration LISTING_ROUND = Duration.ofMinutes(15);

    private ThreeShops shops;
    private Market market;
    private StockView stock;
    private StoryTime time;

    @BeforeAll
    void open(@TempDir Path directory) {
        System.out.println("The shops' seed is " + SEED);
        shops = ThreeShops.open(SEED, directory);
        market = shops.market();
        stock = shops.stock();
        time = shops.time();
    }

    @AfterAll
    void close() {
        if (shops != null) {
            shops.close();
        }
    }

    @AfterEach
    void calm() {
        shops.sandbox().down(List.of());
        shops.faults();
    }

    // Sales

    @ParameterizedTest
    @EnumSource
    void aSaleOnOneLowersTheOthersAndTheLastOneEmptiesThem(Shop shop) {
        var sku = market.goods(1).getFirst();

        market.buy(shop, sku, 7);
        shops.awaitEverywhere(sku, UNITS - 7);

        market.buy(shop, sku, UNITS - 7);
        shops.awaitEverywhere(sku, 0);
    }

    // One is away

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void oneThatWasAwayForAnHourCatchesUpWithoutAStormAndNothingCountsTwice(Shop away) {
        var goods = market.goods(3);
        var others = away.others();
        shops.sandbox().down(List.of(away.code()));
        goods.forEach(sku -> market.buy(away, sku, 2)); // buyers still find it
        var told = away == Shop.WIX ? 2 : 0; // whose news come by themselves, and count before an order can be read
        var left = UNITS - told;
        for (int third = 1; third <= 3; third++) {
            for (var other : others) {
                for (var sku : goods) {
                    market.buy(other, sku, third);
                }
                left -= third;
            }
            for (var sku : goods) {
                shops.awaitAt(others, sku, left);
            }
            time.pass(Duration.ofMinutes(20));
        }
        goods.forEach(sku ->
                assertThat(market.truth(away, sku)).as("nobody reached it").isEqualTo(UNITS - 2));
        var asked = market.stockRequests(away);
        var refused = market.refusedForTheirNumber(away);

        shops.sandbox().down(List.of());
        var rest = left - 2 + told;
        shops.awaitInTime(() -> goods.forEach(sku -> shops.checkEverywhere(sku, rest))); // for minutes nobody knocks
        var requests = market.stockRequests(away) - asked;
        System.out.println(away + " got " + requests + " requests about stock after its return");
        assertThat(requests).isBetween((long) goods.size(), (long) goods.size() * REQUESTS_OF_A_LISTING);
        assertThat(market.refusedForTheirNumber(away) - refused)
                .as("answers of 429")
                .isLessThan(goods.size());
        assertThat(shops.sandbox().allegro().banned()).isFalse();
        assertThat(ok(shops.caller().post("/api/v1/inventory/proof", ""))
                        .path("proven")
                        .asBoolean())
                .isTrue();
    }

    // One is forbidden

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void aRevokedTokenStopsItsAccountAloneAndANewOneCatchesUp(Shop shop) {
        var sku = market.goods(1).getFirst();
        market.revoke(shop);

        market.buy(shop.others().getFirst(), sku, 5);
        ThreeShops.waiting().until(() -> stock.state(shop).equals("DEACTIVATED"));
        shops.awaitInTimeAt(shop.others(), sku, UNITS - 5);
        var writes = stock.writes(shop, sku).size();
        market.buy(shop.others().getLast(), sku, 5);
        market.buy(shop, sku, 1);
        shops.awaitInTimeAt(shop.others(), sku, UNITS - 10);
        time.pass(Duration.ofMinutes(20));

        assertThat(stock.writes(shop, sku)).hasSize(writes);
        assertThat(market.truth(shop, sku)).isEqualTo(UNITS - 1);
        assertThat(stock.state(shop)).isEqualTo("DEACTIVATED");
        shop.others().forEach(other -> assertThat(stock.state(other)).isEqualTo("ACTIVE"));

        shops.permitAgain(shop);
        shops.awaitInTime(() -> shops.checkEverywhere(sku, UNITS - 11));
    }

    // One has it no more

    @ParameterizedTest
    @EnumSource
    void whatIsDeletedOnOneIsLeftAloneAndTheOthersShareTheRest(Shop shop) {
        var sku = market.goodsAlone();
        market.remove(shop, sku);

        market.buy(shop.others().getFirst(), sku, 5);
        shops.awaitAt(shop.others(), sku, UNITS - 5);
        ThreeShops.waiting()
                .untilAsserted(
                        () -> assertThat(stock.listing(shop, sku).path("state").asString())
                                .as(() -> shops.explain(shop, sku))
                                .isEqualTo("GONE"));
        var writes = stock.writes(shop, sku).size();
        time.pass(ThreeShops.LIST_LAG.plusMinutes(1));
        stock.readListings(shop);
        assertThat(stock.listing(shop, sku).has("goneAt")).isTrue();
        market.buy(shop.others().getLast(), sku, UNITS - 5);
        shops.awaitAt(shop.others(), sku, 0);

        assertThat(stock.listing(shop, sku).path("state").asString()).isEqualTo("GONE");
        assertThat(stock.writes(shop, sku)).hasSize(writes);
        shop.others().forEach(other -> assertThat(market.buy(other, sku, 1)).isZero());
    }

    // Wix moves

    @Test
    @Tag("chaos")
    void aSiteThatIsMovedToAnotherCatalogAndBackEndsWithTheRightNumbers() {
        var goods = List.of(market.goodsAlone(), market.goodsOfSeveral());
        var left = UNITS;
        for (var catalog : List.of("V1_CATALOG", "V3_CATALOG")) {
            goods.forEach(sku -> market.buy(Shop.ALLEGRO, sku, 3));
            shops.sandbox().wix().moveCatalog(catalog);
            goods.forEach(sku -> market.buy(Shop.AMAZON, sku, 4));
            left -= 7;
            for (var sku : goods) {
                shops.awaitAt(List.of(Shop.ALLEGRO, Shop.AMAZON), sku, left);
            }
            stock.readListings(Shop.WIX);
            for (var sku : goods) {
                shops.awaitEverywhere(sku, left);
                market.buy(Shop.WIX, sku, 2);
            }
            left -= 2;
            for (var sku : goods) {
                shops.awaitEverywhere(sku, left);
                assertThat(market.counted(sku)).as("its quantity still counts").isTrue();
            }
        }
    }

    // Somebody's hand

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void aNumberChangedByHandIsFoundWithinOneRoundExplainedAndCorrected(Shop shop) {
        var goods = market.goods(2);
        var lower = goods.getFirst();
        var higher = goods.getLast();
        market.showByHand(shop, lower, 44);
        market.showByHand(shop, higher, 75);
        var changedAt = shops.sandbox().now();
        if (shop == Shop.ALLEGRO) {
            time.pass(ThreeShops.LIST_LAG); // until then its list does not tell
        }
        stock.readListings(shop);

        shops.awaitInTime(() -> shops.checkEverywhere(higher, UNITS));
        assertThat(stock.listing(shop, lower).path("shown").asInt()).isEqualTo(44);
        assertThat(Duration.between(changedAt, shops.sandbox().now())).isLessThan(LISTING_ROUND);
        if (shop == Shop.ALLEGRO) {
            time.pass(Duration.ofMinutes(31)); // less may be sales of which Allegro's log tells that late
        }
        shops.awaitInTime(() -> shops.checkEverywhere(lower, UNITS));
        var took = Duration.between(changedAt, shops.sandbox().now());
        System.out.println(shop + ": a number lowered by hand was put right after " + took);
        assertThat(took).isLessThan(LISTING_ROUND.plusMinutes(shop == Shop.ALLEGRO ? 31 : 0));
        for (var sku : goods) {
            assertThat(stock.explained(shop, sku).at("/listing/desired").asInt())
                    .isEqualTo(UNITS);
            assertThat(stock.explained(shop, sku)
                            .at("/listing/written/quantity")
                            .isNumber())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameNumberSetByHandOnceMoreIsFoundOnceMore(Shop shop) {
        var sku = market.goods(1).getFirst();
        for (int round = 1; round <= 2; round++) {
            market.showByHand(shop, sku, 75);
            if (shop == Shop.ALLEGRO) {
                time.pass(ThreeShops.LIST_LAG);
            }
            stock.readListings(shop);
            shops.awaitInTime(() -> shops.checkEverywhere(sku, UNITS));
        }
    }

    // Writes that lie or come late

    @ParameterizedTest
    @EnumSource(names = {"SILENT_NO_OP", "OUT_OF_ORDER", "STUCK_COMMAND"})
    void whateverBecomesOfWritesTheEndIsTheRightNumber(Fault fault) {
        var sold = new EnumMap<Shop, String>(Shop.class);
        for (var shop : Shop.values()) {
            sold.put(shop, market.goods(1).getFirst());
        }
        shops.faults(fault);
        sold.forEach((shop, sku) -> market.buy(shop, sku, 3));
        sold.forEach((shop, sku) -> shop.others().forEach(other -> shops.awaitSent(other, sku)));
        sold.forEach((shop, sku) -> market.buy(shop.others().getFirst(), sku, 9));
        time.pass(Duration.ofMinutes(1));
        shops.faults();
        sold.forEach((shop, sku) -> market.buy(shop.others().getLast(), sku, 4));

        shops.passUntil(
                Duration.ofMinutes(80), // by then the latest has come
                () -> sold.values().forEach(sku -> shops.checkEverywhere(sku, UNITS - 16)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("chaos")
    void afterAnOutageInWhichWritesWereLostLateAndRepeatedTheEndIsTheRightNumber(long number) {
        var random = new Random(SEED * 31 + number);
        System.out.println("The outage's seed is " + (SEED * 31 + number));
        var goods = market.goods(3);
        var left = new HashMap<String, Integer>();
        goods.forEach(sku -> left.put(sku, UNITS));
        var moods = List.of(
                List.of(Fault.OUT_OF_ORDER),
                List.of(Fault.ANSWER_LOST),
                List.of(Fault.OUT_OF_ORDER, Fault.ANSWER_LOST),
                List.of(Fault.UNAVAILABLE),
                List.<Fault>of());
        for (int step = 0; step < 8; step++) {
            var mood = moods.get(random.nextInt(moods.size()));
            shops.faults(mood.stream().collect(Collectors.toMap(it -> it, it -> 0.6)));
            for (var sku : goods) {
                var shop = Shop.values()[random.nextInt(3)];
                var bought = market.buy(shop, sku, 1 + random.nextInt(3));
                left.merge(sku, -bought, Integer::sum);
            }
            shops.breathe();
            time.pass(Duration.ofSeconds(20 + random.nextInt(100)));
        }
        shops.faults();

        shops.passUntil(
                Duration.ofMinutes(80), () -> left.forEach((sku, quantity) -> shops.checkEverywhere(sku, quantity)));
    }

    /** Or the next write would be sent while it is under way, and the late one would be the last. */
    @Test
    void aLatePatchIsNotTakenForDoneBecauseBuyersLeftTheNumberThatItWrites() {
        var sku = market.goods(1).getFirst();
        shops.faults(Fault.STUCK_COMMAND);
        market.buy(Shop.ALLEGRO, sku, 3);
        shops.awaitSent(Shop.AMAZON, sku);
        shops.faults();
        market.buy(Shop.AMAZON, sku, 3);
        assertThat(market.truth(Shop.AMAZON, sku)).isEqualTo(UNITS - 3);

        shops.awaitAt(List.of(Shop.ALLEGRO, Shop.WIX), sku, UNITS - 6);
        shops.breathe();
        assertThat(stock.writes(Shop.AMAZON, sku))
                .as(() -> shops.explain(Shop.AMAZON, sku))
                .hasSize(1);

        time.pass(Duration.ofMinutes(50)); // the latest that it comes
        shops.awaitEverywhere(sku, UNITS - 6);
    }

    // A source of counts

    @Test
    void aSourceThatSaysNothingChangesNothing() {
        time.pass(Duration.ofMinutes(11)); // what it said before is another matter
        var goods = market.goods(12);
        var counts = distinct(goods);
        var rows = goods.stream()
                .map(sku -> sku + ",Goods " + sku + "," + counts.get(sku))
                .toList();
        var writes = stock.writes(goods);

        assertThat(stock.importing("", true).status()).isEqualTo(400);
        assertThat(stock.importing("sku,name,count\n", true).status()).isEqualTo(400);
        var half = "sku,name,count\n" + String.join("\n", rows.subList(0, 6)) + "\n" + goods.get(6);
        ok(stock.importing(half, true));
        var mixed = goods.stream()
                .map(sku -> counts.get(sku) + "," + sku + ",Goods " + sku)
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(mixed, new Random(SEED));
        ok(stock.importing("count,sku,name\n" + String.join("\n", mixed), true));
        var moved = goods.stream()
                .map(sku -> sku + "," + counts.get(sku) + ",Goods " + sku)
                .toList();
        assertThat(ok(stock.importing("sku,name,count\n" + String.join("\n", moved), true))
                        .path("refused"))
                .hasSize(goods.size());

        time.pass(Duration.ofMinutes(1));
        goods.forEach(sku -> shops.awaitEverywhere(sku, counts.get(sku)));
        assertThat(stock.writes(goods)).isEqualTo(writes);
        assertThat(stock.plans("OPEN")).isEmpty();

        var numbers = new ArrayList<>(counts.values());
        Collections.shuffle(numbers, new Random(SEED));
        var shuffled = new HashMap<String, Integer>();
        counts.keySet().forEach(sku -> shuffled.put(sku, numbers.get(shuffled.size())));
        stock.count(shuffled, true);
        ThreeShops.waiting()
                .untilAsserted(() -> assertThat(stock.plans("OPEN"))
                        .singleElement()
                        .satisfies(plan -> assertThat(plan.path("listings").asInt())
                                .isEqualTo((int) changed(counts, shuffled) * 3)));
        stock.count(shuffled, true);
        time.pass(Duration.ofMinutes(20));

        assertThat(stock.plans("OPEN")).hasSize(1);
        assertThat(stock.plans("OPEN").getFirst().path("cause").asString()).isEqualTo("SOURCE");
        assertThat(stock.writes(goods)).isEqualTo(writes);
        var sold = goods.getLast();
        market.buy(Shop.WIX, sold, 7);
        ThreeShops.waiting()
                .untilAsserted(() -> assertThat(Shop.values())
                        .allSatisfy(shop -> assertThat(market.truth(shop, sold)).isEqualTo(counts.get(sold) - 7)));

        stock.count(counts, true);
        ThreeShops.waiting().untilAsserted(() -> assertThat(stock.plans("OPEN")).isEmpty());
        goods.forEach(sku -> shops.awaitEverywhere(sku, counts.get(sku) - (sku.equals(sold) ? 7 : 0)));
    }

    /** Of each there is another number, of which a person has said that it is right. */
    private Map<String, Integer> distinct(List<String> goods) {
        var counts = new LinkedHashMap<String, Integer>();
        goods.forEach(sku -> counts.put(sku, UNITS * (counts.size() + 1)));
        stock.count(counts, true);
        ThreeShops.waiting()
                .untilAsserted(() -> assertThat(stock.plans("OPEN"))
                        .singleElement()
                        .satisfies(plan ->
                                assertThat(plan.path("listings").asInt()).isEqualTo((goods.size() - 1) * 3)));
        var plan = stock.plans("OPEN").getFirst().path("id").asString();
        ok(shops.caller().post("/api/v1/plans/" + plan + "/approve", ""));
        goods.forEach(sku -> shops.awaitEverywhere(sku, counts.get(sku)));
        return counts;
    }

    private static long changed(Map<String, Integer> before, Map<String, Integer> after) {
        return before.keySet().stream()
                .filter(sku -> !before.get(sku).equals(after.get(sku)))
                .count();
    }

    @Test
    void aSourceOfWhichTooMuchFallsTooFarIsHeldOnceAndBelievedWhenItTakesItBack() {
        time.pass(Duration.ofMinutes(11)); // what it said before is another matter
        var goods = market.goods(12);
        var writes = stock.writes(goods);
        var before = stock.plans("OPEN").size();
        var none = goods.stream().collect(Collectors.toMap(sku -> sku, sku -> 0));

        stock.count(none, true);
        ThreeShops.waiting().untilAsserted(() -> {
            assertThat(stock.plans("OPEN")).hasSize(before + 1);
            assertThat(stock.plans("OPEN").getLast().path("listings").asInt()).isEqualTo(goods.size() * 3);
        });
        stock.count(none, true);
        time.pass(Duration.ofMinutes(1));

        assertThat(stock.plans("OPEN")).hasSize(before + 1);
        assertThat(stock.plans("OPEN").getLast().path("cause").asString()).isEqualTo("SOURCE");
        goods.forEach(sku -> Arrays.stream(Shop.values())
                .forEach(shop -> assertThat(market.truth(shop, sku)).isEqualTo(UNITS)));
        assertThat(stock.writes(goods)).isEqualTo(writes);

        stock.count(goods.stream().collect(Collectors.toMap(sku -> sku, sku -> UNITS - 1)), true);
        goods.forEach(sku -> shops.awaitEverywhere(sku, UNITS - 1));
        assertThat(stock.plans("OPEN")).hasSize(before);
    }
}
