package dev.kontor.inventory.allocation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;

import static dev.kontor.inventory.allocation.Situations.after;
import static dev.kontor.inventory.allocation.Situations.buffering;
import static dev.kontor.inventory.allocation.Situations.item;
import static dev.kontor.inventory.allocation.Situations.offered;
import static dev.kontor.inventory.allocation.Situations.policy;
import static dev.kontor.inventory.allocation.Situations.random;
import static dev.kontor.inventory.allocation.Situations.selling;
import static dev.kontor.inventory.allocation.Situations.showing;
import static dev.kontor.inventory.allocation.Situations.with;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/** What holds in whatever situation. A failure names the seed that finds it again. */
class AllocationPropertyTests {

    private static final int CASES = 10_000;

    @Test
    void neverDividesMoreThanThereIs() {
        inEachCase(random -> {
            var situation = random(random, Strategy.ESCROW);
            promised(situation)
                    .forEach((item, promised) -> assertThat(promised)
                            .as("units of %s in %s", item, situation)
                            .isLessThanOrEqualTo(
                                    Math.max(0, situation.available().get(item) - leastBuffer(situation, item))));
        });
    }

    @Test
    void neverDividesMoreOfAScarceItemThanThereIsWhateverTheStrategies() {
        inEachCase(random -> {
            var situation = random(random, Strategy.values());
            promised(situation)
                    .forEach((item, promised) -> assertThat(promised)
                            .as("units of %s in %s", item, situation)
                            .isLessThanOrEqualTo(
                                    Math.max(0, situation.available().get(item))));
        });
    }

    @Test
    void keepsWithinEachListingsOwnLimits() {
        inEachCase(random -> {
            var situation = random(random, Strategy.values());
            var shares = shares(situation);
            for (var listing : situation.listings()) {
                var quantity = shares.get(listing.listing()).quantity();
                var policy = listing.policy();
                assertThat(quantity == 0
                                || !policy.paused()
                                        && quantity >= policy.minimum()
                                        && (policy.maximum() == null || quantity <= policy.maximum())
                                        && listing.each().entrySet().stream()
                                                .allMatch(part -> quantity * part.getValue()
                                                        <= situation.available().get(part.getKey()) - policy.buffer()))
                        .as("%d of %s in %s", quantity, listing, situation)
                        .isTrue();
            }
        });
    }

    @Test
    void theStepsAddUp() {
        inEachCase(random -> {
            for (var share : Allocation.divide(random(random, Strategy.values()))) {
                assertThat(share.steps().stream().mapToLong(Step::quantity).sum())
                        .isEqualTo(share.quantity());
            }
        });
    }

    @Test
    void whoeverHoldsUnitsShowsAsMany() {
        inEachCase(random -> {
            var situation = random(random, Strategy.values());
            var shares = shares(situation);
            for (var offered : situation.listings()) {
                for (var step :
                        Objects.requireNonNull(shares.get(offered.listing())).steps()) {
                    if (step.kind() == Step.Kind.OTHER_LISTINGS) {
                        var item = Objects.requireNonNull(step.item());
                        assertThat(Objects.requireNonNull(step.others()).most())
                                .containsExactlyInAnyOrderElementsOf(holders(situation, shares, item, offered));
                    }
                }
            }
        });
    }

    private static List<Step.Holder> holders(
            Situation situation, Map<ListingId, Share> shares, ItemId item, Offered but) {
        return situation.listings().stream()
                .filter(it -> it != but && it.each().containsKey(item))
                .filter(it -> Objects.requireNonNull(shares.get(it.listing())).quantity() > 0)
                .filter(it -> Objects.requireNonNull(shares.get(it.listing())).guarded())
                .map(it -> new Step.Holder(
                        it.listing(),
                        Objects.requireNonNull(shares.get(it.listing())).quantity()
                                * Objects.requireNonNull(it.each().get(item))))
                .toList();
    }

    @Test
    void theOrderInWhichListingsComeDoesNotMatter() {
        inEachCase(random -> {
            var situation = random(random, Strategy.values());
            var shuffled = new ArrayList<>(situation.listings());
            Collections.shuffle(shuffled, random);
            assertThat(shares(new Situation(situation.available(), shuffled))).isEqualTo(shares(situation));
        });
    }

    @Test
    void whatWasDoneNeedNotBeDoneAgain() {
        inEachCase(random -> {
            var before = random(random, Strategy.values());
            var after = after(before, Allocation.divide(before));
            assertThat(quantities(after)).as("%s", before).isEqualTo(quantities(before));
        });
    }

    /** Unless the seller itself ran dry, or has fewer than it wants to show and gives them away. */
    @Test
    void aSaleOfOneListingChangesNoOther() {
        inEachCase(random -> {
            var buffer =
                    random.nextInt(5); // of different ones the greatest must yield when the units below it are sold
            var drawn = with(random(random, Strategy.ESCROW), it -> buffering(buffer, it));
            var before = after(drawn, Allocation.divide(drawn));
            var selling = before.listings().stream()
                    .filter(it -> it.exposure() > 0)
                    .findFirst()
                    .orElse(null);
            if (selling == null) {
                return;
            }
            var sold = sold(before, selling);
            var quantities = quantities(sold);
            if (quantities.get(selling.listing()) == selling.exposure() - 1) {
                sold.listings().stream()
                        .filter(it -> !it.listing().equals(selling.listing()))
                        .forEach(it -> assertThat(quantities.get(it.listing()))
                                .as("%s when %s was sold in %s", it.listing(), selling.listing(), before)
                                .isEqualTo((int) it.exposure()));
            }
        });
    }

    @Test
    void leavesNoUnitThatSomebodyWhoSellsCouldShow() {
        inEachCase(random -> {
            var situation = random(random, Strategy.ESCROW);
            var quantities = quantities(situation);
            for (var listing : situation.listings()) {
                var quantity = quantities.get(listing.listing());
                if (quantity > 0 && quantity < alone(situation, listing)) {
                    var one = new HashMap<>(quantities);
                    one.put(listing.listing(), quantity + 1);
                    assertThat(fits(situation, one))
                            .as("%s could have one more in %s", listing.listing(), situation)
                            .isFalse();
                }
            }
        });
    }

    @Test
    void moreStockTakesNothingFromAnybodyAndEverybodyHasOneWhileThereAreEnough() {
        inEachCase(random -> {
            var listings = IntStream.range(0, random.nextInt(1, 8))
                    .mapToObj(number ->
                            selling(random.nextInt(5), offered(number, Map.of(item(0), 1L), policy(Strategy.ESCROW))))
                    .toList();
            var available = random.nextLong(60);
            var less = quantities(new Situation(Map.of(item(0), available), listings));
            var more = quantities(new Situation(Map.of(item(0), available + 1), listings));
            assertThat(sum(less)).isEqualTo(available);
            less.forEach((listing, quantity) -> assertThat(more.get(listing)).isGreaterThanOrEqualTo(quantity));
            assertThat(less.values().stream().filter(it -> it > 0).count())
                    .isEqualTo(Math.min(available, listings.size()));
        });
    }

    @Test
    void oneUnitMoreIsOneWrite() {
        inEachCase(random -> {
            var listings = IntStream.range(0, random.nextInt(1, 8))
                    .mapToObj(number ->
                            selling(random.nextInt(5), offered(number, Map.of(item(0), 1L), policy(Strategy.ESCROW))))
                    .toList();
            var drawn = new Situation(Map.of(item(0), random.nextLong(60)), listings);
            var before = after(drawn, Allocation.divide(drawn));
            var after = new Situation(Map.of(item(0), drawn.available().get(item(0)) + 1), before.listings());
            var quantities = quantities(after);
            assertThat(before.listings().stream()
                            .filter(it -> quantities.get(it.listing()) != it.exposure())
                            .count())
                    .isEqualTo(1);
        });
    }

    private static void inEachCase(Consumer<Random> property) {
        for (var seed = 0; seed < CASES; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static Map<ListingId, Share> shares(Situation situation) {
        return Allocation.divide(situation).stream().collect(toMap(Share::listing, share -> share));
    }

    private static Map<ListingId, Integer> quantities(Situation situation) {
        return Allocation.divide(situation).stream().collect(toMap(Share::listing, Share::quantity));
    }

    /** Of items all of whose listings are guarded. */
    private static Map<ItemId, Long> promised(Situation situation) {
        var shares = shares(situation);
        var promised = new HashMap<ItemId, Long>();
        for (var listing : situation.listings()) {
            var share = shares.get(listing.listing());
            listing.each().forEach((item, each) -> {
                if (share.guarded()) {
                    promised.merge(item, each * share.quantity(), Math::addExact);
                }
            });
        }
        return promised;
    }

    private static int leastBuffer(Situation situation, ItemId item) {
        return situation.listings().stream()
                .filter(it -> it.each().containsKey(item))
                .mapToInt(it -> it.policy().buffer())
                .min()
                .orElse(0);
    }

    private static long alone(Situation situation, Offered listing) {
        var mirrored = new Offered(
                listing.listing(),
                listing.account(),
                listing.each(),
                new Policy(
                        Strategy.MIRROR,
                        listing.policy().buffer(),
                        listing.policy().minimum(),
                        listing.policy().maximum(),
                        listing.policy().paused(),
                        Map.of()),
                0,
                false,
                0,
                listing.delay());
        return Allocation.divide(new Situation(situation.available(), List.of(mirrored)))
                .getFirst()
                .quantity();
    }

    /** Also the buffers that only some listings want. */
    private static boolean fits(Situation situation, Map<ListingId, Integer> quantities) {
        return situation.available().entrySet().stream()
                .allMatch(stock -> situation.listings().stream()
                        .map(it -> it.policy().buffer())
                        .distinct()
                        .allMatch(buffer -> situation.listings().stream()
                                        .filter(it -> it.policy().buffer() >= buffer)
                                        .mapToLong(it -> quantities.get(it.listing())
                                                * it.each().getOrDefault(stock.getKey(), 0L))
                                        .sum()
                                <= Math.max(0, stock.getValue() - buffer)));
    }

    private static Situation sold(Situation before, Offered selling) {
        var left = new HashMap<>(before.available());
        selling.each().forEach((item, each) -> left.merge(item, -each, Math::addExact));
        var exposed = with(
                before,
                it -> it.listing().equals(selling.listing()) ? showing(it.exposure() - 1, it.guarded(), it) : it);
        return new Situation(left, exposed.listings());
    }

    private static long sum(Map<ListingId, Integer> quantities) {
        return quantities.values().stream().mapToLong(it -> it).sum();
    }
}
