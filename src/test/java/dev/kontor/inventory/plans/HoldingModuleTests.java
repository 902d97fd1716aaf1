package dev.kontor.inventory.plans;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.PublishedEvents;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.PlanDecided;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.PlanOpened;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.imports.ItemImport;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Cause;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.plans.Holding.Change;
import dev.kontor.inventory.plans.Plan.State;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.orders.Shops;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@InventoryTest
@Import(Offers.class)
@TestPropertySource(properties = "kontor.inventory.publishing=false") // nobody else looks at these listings
class HoldingModuleTests {

    private static final String PERSON = "person 1";

    @Autowired
    Holding holding;

    @Autowired
    PlanDecision decision;

    @Autowired
    Plans plans;

    @Autowired
    Ledger ledger;

    @Autowired
    ItemImport imports;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Offers offers;

    @Autowired
    Shops shops;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    AccountId account;
    Map<ListingId, PlanId> holds;

    @BeforeEach
    void open() {
        account = shops.open(new FakeMarketplace()).id();
        holds = new HashMap<>();
    }

    private List<ListingId> listings(int number) {
        return IntStream.range(0, number)
                .mapToObj(it -> offers.selling(account, stockroom.anItemWith(5)))
                .toList();
    }

    /** As publication does: what is held now replaces what was held before. */
    private Map<ListingId, PlanId> show(long desired, boolean sold, List<ListingId> listings) {
        var changes = listings.stream()
                .map(it -> new Change(it, account, 5, desired, null, sold, holds.get(it)))
                .toList();
        var held = transaction.execute(status -> holding.examine(changes));
        listings.forEach(holds::remove);
        holds.putAll(held);
        return held;
    }

    private Map<ListingId, PlanId> zero(List<ListingId> listings) {
        return show(0, false, listings);
    }

    private PlanId onlyPlan() {
        var found = new HashSet<>(holds.values());
        assertThat(found).hasSize(1);
        return found.iterator().next();
    }

    private Plan plan(PlanId id) {
        return plans.find(id).orElseThrow();
    }

    @Test
    void letsAFewZeroesOut() {
        assertThat(zero(listings(9))).isEmpty();
    }

    @Test
    void letsManyZeroesOutThatAreASmallShare() {
        var listings = listings(50);

        assertThat(zero(listings.subList(0, 10))).isEmpty();
    }

    @Test
    void holdsAMassOfZeroesTogether(PublishedEvents events) {
        var listings = listings(12);

        zero(listings);

        assertThat(holds).containsOnlyKeys(listings);
        var plan = plan(onlyPlan());
        assertThat(plan.state()).isEqualTo(State.OPEN);
        assertThat(plan.held()).isEqualTo(12);
        assertThat(plans.listings(plan.id(), 3)).hasSize(3).allMatch(it -> it.shown() == 5 && it.held());
        assertThat(events.ofType(PlanOpened.class))
                .singleElement()
                .satisfies(it -> assertThat(it.listings()).isEqualTo(12));
    }

    @Test
    void neverHoldsWhatASaleMadeZero() {
        assertThat(show(0, true, listings(30))).isEmpty();
    }

    @Test
    void neverHoldsWhatIsNotZeroOrShowsNothingAnyway() {
        var listings = listings(30);

        assertThat(show(1, false, listings)).isEmpty();
        var empty = listings.stream()
                .map(it -> new Change(it, account, 0, 0, null, false, null))
                .toList();
        Map<ListingId, PlanId> held = transaction.execute(status -> holding.examine(empty));
        assertThat(held).isEmpty();
    }

    @Test
    void zeroesThatDripAreAMassTooAndJoinOnePlan(PublishedEvents events) {
        var listings = listings(30);

        listings.forEach(it -> zero(List.of(it)));

        assertThat(holds).hasSize(21).doesNotContainKeys(listings.subList(0, 9).toArray(ListingId[]::new));
        assertThat(plan(onlyPlan()).listings()).isEqualTo(21);
        assertThat(events.ofType(PlanOpened.class)).hasSize(1);
    }

    @Test
    void zeroesOfAnotherTimeAreNotOfTheMass() {
        var listings = listings(18);
        zero(listings.subList(0, 9));
        jdbc.sql("update inventory.zeroings set at = at - interval '11 minutes'")
                .update();

        assertThat(zero(listings.subList(9, 18))).isEmpty();
    }

    @Test
    void accountsAreCountedApart() {
        var here = listings(9);
        zero(here);
        account = shops.open(new FakeMarketplace()).id();

        assertThat(zero(listings(9))).isEmpty();
    }

    @Test
    void whatIsToShowSomethingAgainIsHeldNoLonger(PublishedEvents events) {
        var listings = listings(12);
        zero(listings);
        var plan = onlyPlan();

        show(4, false, listings.subList(0, 5));

        assertThat(holds).containsOnlyKeys(listings.subList(5, 12));
        assertThat(plan(plan).held()).isEqualTo(7);
        show(4, false, listings.subList(5, 12));
        assertThat(plan(plan).state()).isEqualTo(State.OBSOLETE);
        assertThat(events.ofType(PlanDecided.class)).hasSize(1);
        assertThatThrownBy(() -> decision.approve(plan, PERSON, null)).isInstanceOf(Conflict.class);
    }

    @Test
    void aSaleOfAHeldListingDoesNotLetTheDoubtfulZeroOut() {
        var listings = listings(12);
        zero(listings);

        show(0, true, listings.subList(0, 1));

        assertThat(holds).hasSize(12);
    }

    @Test
    void approvedZeroesGoOutAndTheCountBeginsAnew() {
        var listings = listings(40);
        zero(listings.subList(0, 12));
        var id = onlyPlan();
        jdbc.sql("update inventory.publications set plan = ? where listing = any(?)")
                .params(
                        id.value(),
                        holds.keySet().stream().map(ListingId::value).toArray(UUID[]::new))
                .update();

        var approved = decision.approve(id, PERSON, "season's end");

        assertThat(approved.state()).isEqualTo(State.APPROVED);
        assertThat(approved.decidedBy()).isEqualTo(PERSON);
        assertThat(approved.held()).isZero();
        assertThat(decision.approve(id, "person 2", null)).isEqualTo(approved);
        assertThat(jdbc.sql("select count(*) from inventory.publications where plan = ?")
                        .param(id.value())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(zero(listings.subList(0, 12))).as("worked out again").isNotEmpty(); // would be a mass of its own
        assertThatThrownBy(() -> decision.reject(id, PERSON, null)).isInstanceOf(Conflict.class);
    }

    @Test
    void rejectedZeroesStayUntilTheGoodsAreCountedAgain() {
        var items =
                IntStream.range(0, 12).mapToObj(it -> stockroom.anItemWith(5)).toList();
        var listings = items.stream().map(it -> offers.selling(account, it)).toList();
        zero(listings);
        var id = onlyPlan();

        var rejected = decision.reject(id, PERSON, "wrong file");

        assertThat(rejected.state()).isEqualTo(State.REJECTED);
        assertThat(decision.reject(id, PERSON, null)).isEqualTo(rejected);
        zero(listings);
        assertThat(holds).as("worked out again").hasSize(12);
        count(PERSON, items.getFirst(), 0);
        zero(listings);
        assertThat(holds).containsOnlyKeys(listings.subList(1, 12));
        assertThat(decision.approve(id, PERSON, "it was right after all").state())
                .isEqualTo(State.APPROVED);
    }

    private void count(String source, Item item, int present) {
        ledger.post(List.of(new Entry(
                UUID.randomUUID().toString(),
                stockroom.stock(item),
                MovementKind.COUNT,
                new Entry.Change.To(present),
                Cause.of(source, "counted"))));
    }

    @Test
    void doubtsASourceThatJumpsFromItsFirstZeroOn(PublishedEvents events) {
        var items =
                IntStream.range(0, 12).mapToObj(it -> stockroom.anItemWith(50)).toList();
        var listings = items.stream().map(it -> offers.selling(account, it)).toList();
        var elsewhere = shops.open(new FakeMarketplace()).id();
        var there = items.stream().map(it -> offers.selling(elsewhere, it)).toList();
        var source = "api_key " + UUID.randomUUID();
        items.forEach(it -> count(source, it, 0));

        listings.forEach(it -> zero(List.of(it)));
        account = elsewhere;
        zero(there);

        assertThat(holds).hasSize(24);
        assertThat(plan(onlyPlan()).subject()).isEqualTo(source);
        assertThat(events.ofType(PlanOpened.class)).hasSize(1);
        decision.approve(onlyPlan(), PERSON, null);
        holds.clear();
        assertThat(zero(there.subList(0, 9))).isEmpty();
    }

    @Test
    void believesASourceOfWhichMostCountsAreLikeBefore() {
        var items =
                IntStream.range(0, 20).mapToObj(it -> stockroom.anItemWith(50)).toList();
        var source = "api_key " + UUID.randomUUID();
        IntStream.range(0, 20).forEach(it -> count(source, items.get(it), it < 6 ? 0 : 49));

        assertThat(zero(items.subList(0, 6).stream()
                        .map(it -> offers.selling(account, it))
                        .toList()))
                .isEmpty();
    }

    @Test
    void doubtsAFileAsAWhole() {
        var items =
                IntStream.range(0, 12).mapToObj(it -> stockroom.anItemWith(50)).toList();
        var listings = items.stream().map(it -> offers.selling(account, it)).toList();
        var source = "api_key " + UUID.randomUUID();

        recount(source, items.subList(0, 6), 50); // half a file says nothing of the other half
        assertThat(stockroom.present(items.getLast())).isEqualTo(50);
        recount(source, items, 0);

        assertThat(zero(listings.subList(0, 1))).hasSize(1);
        assertThat(plan(onlyPlan()).cause()).isEqualTo(Plan.Cause.SOURCE);
    }

    private void recount(String source, List<Item> items, int present) {
        var rows = items.stream().map(it -> it.sku() + "," + present).collect(joining("\n", "sku,count\n", ""));
        var report = imports.csv(
                rows.getBytes(StandardCharsets.UTF_8), UUID.randomUUID().toString(), source);
        assertThat(report.refused()).isEmpty();
    }

    @Test
    void whateverASourceDoesThereIsOnePlan() throws Exception {
        var items =
                IntStream.range(0, 60).mapToObj(it -> stockroom.anItemWith(50)).toList();
        var listings = new ArrayList<ListingId>();
        items.forEach(it -> listings.add(offers.selling(account, it)));
        var source = "api_key " + UUID.randomUUID();
        items.forEach(it -> count(source, it, 0));
        Collections.shuffle(listings, new Random(7));

        try (var workers = Executors.newFixedThreadPool(4)) {
            var batches = IntStream.range(0, 12)
                    .mapToObj(it -> listings.subList(it * 5, it * 5 + 5))
                    .map(batch -> (Callable<Map<ListingId, PlanId>>) () -> transaction.execute(status ->
                            holding.examine(batch.stream().map(this::toZero).toList())))
                    .toList();
            for (var held : workers.invokeAll(batches)) {
                holds.putAll(held.get());
            }
        }

        assertThat(holds).containsOnlyKeys(listings);
        assertThat(plan(onlyPlan()).held()).isEqualTo(60);
    }

    private Change toZero(ListingId listing) {
        return new Change(listing, account, 5, 0, null, false, null);
    }

    @Test
    void whatJoinsWhileSomebodyDecidesIsNotForgotten() throws Exception {
        var listings = listings(60);
        zero(listings.subList(0, 20));
        var id = onlyPlan();

        try (var workers = Executors.newFixedThreadPool(2)) {
            var decided = workers.submit(() -> decision.approve(id, PERSON, null));
            var joined = workers.submit(() -> transaction.execute(status -> holding.examine(
                    listings.subList(20, 60).stream().map(this::toZero).toList())));
            decided.get();
            holds.clear();
            holds.putAll(joined.get());
        }

        assertThat(holds).hasSize(40);
        var plan = plan(onlyPlan());
        assertThat(plan.state() == State.OPEN ? plan.held() : 0)
                .as("%s", plan)
                .isEqualTo(plan.state() == State.OPEN ? 40 : 0);
    }
}
