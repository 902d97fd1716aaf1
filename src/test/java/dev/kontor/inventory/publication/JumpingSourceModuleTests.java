package dev.kontor.inventory.publication;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.imports.ItemImport;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Cause;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.plans.Plan;
import dev.kontor.inventory.plans.Plan.State;
import dev.kontor.inventory.plans.PlanDecision;
import dev.kontor.inventory.plans.Plans;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

import static org.assertj.core.api.Assertions.assertThat;

/** A source of counts of which many are far from what was there, and two shops that sell the goods. */
class JumpingSourceModuleTests extends PublicationFixture {

    private static final List<Integer> COUNTS = List.of(400, 70, 950, 180, 600, 110, 330, 1500, 250, 720, 140, 1100);

    @Autowired
    ItemImport imports;

    @Autowired
    Ledger ledger;

    @Autowired
    Plans plans;

    @Autowired
    PlanDecision decisions;

    private String source;
    private Stall one;
    private Stall other;
    private List<Item> goods;
    private List<Listing> here;
    private List<Listing> there;

    @BeforeEach
    void open() {
        source = "api_key " + UUID.randomUUID();
        one = aStall();
        other = aStall();
        goods = COUNTS.stream().map(stockroom::anItemWith).toList();
        here = all(it -> list(one, goods.get(it), COUNTS.get(it)));
        there = all(it -> list(other, goods.get(it), COUNTS.get(it)));
        settle(one, other);
    }

    private static List<Listing> all(IntFunction<Listing> each) {
        return IntStream.range(0, COUNTS.size()).mapToObj(each).toList();
    }

    private void recount(List<Item> items, IntUnaryOperator count) {
        var rows = IntStream.range(0, items.size())
                .mapToObj(it -> items.get(it).sku() + "," + count.applyAsInt(it))
                .collect(Collectors.joining("\n", "sku,count\n", ""));
        var report = imports.csv(
                rows.getBytes(StandardCharsets.UTF_8), UUID.randomUUID().toString(), source);
        assertThat(report.refused()).isEmpty();
    }

    private void count(Item item, int present, String actor) {
        ledger.post(List.of(new Entry(
                UUID.randomUUID().toString(),
                stockroom.stock(item),
                MovementKind.COUNT,
                new Change.To(present),
                Cause.of(actor, "counted"))));
    }

    private static IntUnaryOperator shifted() {
        return it -> COUNTS.get((it + 1) % COUNTS.size());
    }

    private List<Plan> plans(State state) {
        return plans.list(new Plans.Filter(state), null, 1000).stream()
                .filter(it -> it.subject().equals(source))
                .toList();
    }

    private void show(IntUnaryOperator quantity) {
        for (int it = 0; it < COUNTS.size(); it++) {
            assertThat(one.shows(here.get(it))).isEqualTo(quantity.applyAsInt(it));
            assertThat(other.shows(there.get(it))).isEqualTo(quantity.applyAsInt(it));
        }
    }

    private int writes() {
        return one.shop().calls(Operation.WRITE) + other.shop().calls(Operation.WRITE);
    }

    private void isHeldOnceAndWrites(IntUnaryOperator counts) {
        int written = writes();
        recount(goods, counts);
        settle(one, other);
        clock.advance(Duration.ofHours(2));
        settle(one, other);

        assertThat(writes()).isEqualTo(written);
        show(COUNTS::get);
        assertThat(plans(State.OPEN)).singleElement().satisfies(plan -> {
            assertThat(plan.cause()).isEqualTo(Plan.Cause.SOURCE);
            assertThat(plan.held()).isEqualTo(24);
            assertThat(plans.listings(plan.id(), 100)).allSatisfy(it -> {
                var number = here.stream().map(Listing::id).toList().indexOf(it.listing());
                var place =
                        number < 0 ? there.stream().map(Listing::id).toList().indexOf(it.listing()) : number;
                assertThat(it.shown()).isEqualTo(COUNTS.get(place).longValue());
                assertThat(it.planned()).isEqualTo(counts.applyAsInt(place));
            });
        });
    }

    // What is held

    @Test
    void countsOfWhichEachIsThatOfTheNextRowAreHeldOnceAndNothingIsWritten() {
        isHeldOnceAndWrites(shifted());
    }

    @Test
    void shuffledCountsAreHeldOnceAndNothingIsWritten() {
        var shuffled = new ArrayList<>(COUNTS);
        Collections.rotate(shuffled, 5);

        isHeldOnceAndWrites(shuffled::get);
    }

    @Test
    void tenTimesAsManyAreHeldOnceAndNothingIsWritten() {
        isHeldOnceAndWrites(it -> COUNTS.get(it) * 10);
    }

    @Test
    void oneFigureThatIsTheSameForAllIsHeldOnceAndNothingIsWritten() {
        isHeldOnceAndWrites(_ -> 50_000);
    }

    @Test
    void afterwardsOfAnotherHourTheSameFileIsHeldByTheSamePlan() {
        isHeldOnceAndWrites(shifted());

        recount(goods, shifted());
        settle(one, other);

        show(COUNTS::get);
        assertThat(plans(State.OPEN)).hasSize(1);
    }

    @Test
    void aProgramThatCountsOneByOneIsHeldFromTheTenthOn() {
        for (int it = 0; it < COUNTS.size(); it++) {
            count(goods.get(it), COUNTS.get(it) * 10, source);
            work();
        }

        assertThat(plans(State.OPEN))
                .singleElement()
                .satisfies(it -> assertThat(it.held()).isEqualTo(6));
        assertThat(one.shows(here.getLast())).isEqualTo(COUNTS.getLast());
    }

    // What is not

    @Test
    void aNightlyCountWithSmallDifferencesAndABigDeliveryOfSomeGoesOut() {
        IntUnaryOperator counted = it -> it < 3 ? COUNTS.get(it) + 2000 : COUNTS.get(it) - it % 4;

        recount(goods, counted);
        settle(one, other);

        show(counted);
        assertThat(plans(null)).isEmpty();
    }

    @Test
    void aFirstCountIsNoJump() {
        var fresh = COUNTS.stream().map(_ -> stockroom.anItem()).toList();
        var listings = fresh.stream().map(it -> list(one, it, 3)).toList();
        settle(one, other);

        recount(fresh, COUNTS::get);
        settle(one, other);

        for (int it = 0; it < COUNTS.size(); it++) {
            assertThat(one.shows(listings.get(it))).isEqualTo(COUNTS.get(it));
        }
        assertThat(plans(null)).isEmpty();
    }

    @Test
    void whatEverybodyWouldShowAnywayIsNotHeld() {
        recount(goods, it -> COUNTS.get(it) * 10);
        stockroom.receive(goods.getFirst(), 3); // of which the same delivery is in both numbers
        settle(one, other);

        assertThat(one.shows(here.getFirst())).isEqualTo(COUNTS.getFirst() + 3);
        assertThat(plans(State.OPEN)).hasSize(1);
    }

    // Sales meanwhile

    @Test
    void aSaleLowersWhatIsHeldAtOnceAndTheLastOneEmptiesIt() {
        recount(goods, it -> COUNTS.get(it) * 10);
        settle(one, other);

        buy(one, here.get(1), 3);
        settle(one, other);
        assertThat(one.shows(here.get(1))).isEqualTo(67);
        assertThat(other.shows(there.get(1))).isEqualTo(67);

        buy(other, there.get(1), 67);
        settle(one, other);
        assertThat(one.shows(here.get(1))).isZero();
        assertThat(plans(State.OPEN)).hasSize(1);
        assertThat(row(here.get(1))).containsEntry("planned", 630L);
    }

    @Test
    void aSaleThatIsHeardBeforeTheCountsAreThoughtOverIsToldToo() {
        recount(goods, shifted());
        here.forEach(it -> buy(one, it, 1));
        hear(one);
        perform("follow");
        settle(one, other);

        show(it -> COUNTS.get(it) - 1);
        assertThat(plans(State.OPEN)).hasSize(1);
    }

    @Test
    void aSaleOfWhatIsHeldAtZeroIsToldAndSoIsItsShipment() {
        recount(goods, _ -> 0);
        settle(one, other);
        var order = buy(one, here.get(1), 3);
        settle(one, other);
        assertThat(other.shows(there.get(1))).isEqualTo(67);

        one.shop().change(order.id(), it -> it.withStatus("SHIPPED"));
        settle(one, other);

        assertThat(one.shows(here.get(1))).isEqualTo(67);
        assertThat(other.shows(there.get(1))).isEqualTo(67);
        assertThat(plans(State.OPEN))
                .singleElement()
                .satisfies(it -> assertThat(it.held()).isEqualTo(24));
    }

    /** If the new count is right, nothing is left. */
    @Test
    void whatSalesEmptyByTheNewCountIsEmptyWhoeverIsRight() {
        recount(goods, shifted());
        settle(one, other);

        buy(one, here.getFirst(), 70);
        settle(one, other);

        assertThat(one.shows(here.getFirst())).isZero();
        assertThat(other.shows(there.getFirst())).isZero();
    }

    // What becomes of it

    @Test
    void approvedNumbersGoOutWithTheSalesOfMeanwhile() {
        recount(goods, shifted());
        settle(one, other);
        buy(one, here.getFirst(), 2);
        settle(one, other);

        decisions.approve(plans(State.OPEN).getFirst().id(), "person 1", null);
        settle(one, other);

        show(it -> shifted().applyAsInt(it) - (it == 0 ? 2 : 0));
        assertThat(row(here.getFirst())).containsEntry("plan", null).containsEntry("planned", null);
        recount(goods, it -> shifted().applyAsInt(it) - (it == 0 ? 0 : 1));
        settle(one, other);
        assertThat(plans(State.OPEN)).isEmpty();
    }

    @Test
    void rejectedNumbersStayBackWhileSalesGoOnUntilTheGoodsAreCountedAgain() {
        recount(goods, shifted());
        settle(one, other);
        decisions.reject(plans(State.OPEN).getFirst().id(), "person 1", null);
        clock.advance(Duration.ofDays(2));
        buy(one, here.getFirst(), 2);
        settle(one, other);
        show(it -> COUNTS.get(it) - (it == 0 ? 2 : 0));

        recount(goods, it -> COUNTS.get(it) - 1);
        settle(one, other);

        show(it -> COUNTS.get(it) - 1 - (it == 0 ? 2 : 0));
        assertThat(plans(State.OPEN)).isEmpty();
    }

    @Test
    void aSourceThatTakesItBackIsBelievedWhateverWasSoldMeanwhile() {
        recount(goods, it -> COUNTS.get(it) * 10);
        settle(one, other);
        buy(one, here.getFirst(), 2);
        settle(one, other);

        recount(goods, it -> COUNTS.get(it) + 1);
        settle(one, other);

        show(it -> COUNTS.get(it) + 1 - (it == 0 ? 2 : 0));
        assertThat(plans(State.OPEN)).isEmpty();
        assertThat(plans(State.OBSOLETE)).hasSize(1);
    }

    @Test
    void somebodyElseWhoCountsOneOfThemIsBelieved() {
        recount(goods, it -> COUNTS.get(it) * 10);
        settle(one, other);

        count(goods.getFirst(), 380, "somebody else");
        settle(one, other);

        show(it -> it == 0 ? 380 : COUNTS.get(it));
        assertThat(plans(State.OPEN))
                .singleElement()
                .satisfies(it -> assertThat(it.held()).isEqualTo(22));
    }

    @Test
    void aMistakeThatIsCorrectedIsForgotten() {
        recount(goods, it -> COUNTS.get(it) * 10);
        settle(one, other);

        for (int it = 0; it < COUNTS.size(); it++) {
            correct(goods.get(it), -9 * COUNTS.get(it));
        }
        settle(one, other);

        show(COUNTS::get);
        assertThat(plans(State.OPEN)).isEmpty();
    }

    @Test
    void whoeverAsksIsToldThatTheCountIsNotBelievedYet() {
        recount(goods, it -> COUNTS.get(it) * 10);
        settle(one, other);

        assertThat((Object) row(here.getFirst()).get("steps"))
                .asString()
                .contains("\"AVAILABLE\"", "4000", "\"DOUBTED\"", "-3600");
    }
}
