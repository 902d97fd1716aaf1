package dev.kontor.inventory.allocation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.allocation.Policy.Field;
import dev.kontor.inventory.allocation.Policy.Level;
import dev.kontor.inventory.allocation.Step.Holder;
import dev.kontor.inventory.allocation.Step.Kind;
import dev.kontor.inventory.allocation.Step.Others;

import static dev.kontor.inventory.allocation.Situations.after;
import static dev.kontor.inventory.allocation.Situations.item;
import static dev.kontor.inventory.allocation.Situations.ofOneItem;
import static dev.kontor.inventory.allocation.Situations.offered;
import static dev.kontor.inventory.allocation.Situations.policy;
import static dev.kontor.inventory.allocation.Situations.selling;
import static dev.kontor.inventory.allocation.Situations.showing;
import static dev.kontor.inventory.allocation.Situations.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AllocationTests {

    private static final Policy MIRROR = policy(Strategy.MIRROR);
    private static final Policy AUTO = policy(Strategy.AUTO);
    private static final Policy ESCROW = policy(Strategy.ESCROW);

    @Test
    void mirrorsWhatIsAvailableLessTheBufferInWholeSales() {
        var pairs = offered(1, Map.of(item(0), 2L), new Policy(Strategy.MIRROR, 3, 0, null, false, Map.of()));

        assertThat(quantities(ofOneItem(10, pairs, single(2, MIRROR)))).containsExactly(3, 10);
        assertThat(quantities(ofOneItem(2, pairs))).containsExactly(0);
        assertThat(quantities(ofOneItem(-2, pairs))).containsExactly(0);
    }

    @Test
    void aBundleShowsWhatItsScarcestPartAllows() {
        var set = offered(1, Map.of(item(0), 1L, item(1), 4L), MIRROR);

        assertThat(quantities(new Situation(Map.of(item(0), 50L, item(1), 11L), List.of(set))))
                .containsExactly(2);
    }

    @Test
    void showsNoMoreThanTheMaximumNothingBelowTheMinimumAndNothingWhenPaused() {
        var capped = single(1, new Policy(Strategy.MIRROR, 0, 0, 4, false, Map.of()));
        var least = single(2, new Policy(Strategy.MIRROR, 0, 11, null, false, Map.of()));
        var paused = single(3, new Policy(Strategy.MIRROR, 0, 0, null, true, Map.of()));

        assertThat(quantities(ofOneItem(10, capped, least, paused))).containsExactly(4, 0, 0);
    }

    @Test
    void tellsEveryStepAndWhoAskedForIt() {
        var from = Map.of(Field.BUFFER, Level.ITEM, Field.MAXIMUM, Level.ACCOUNT);
        var pairs = offered(1, Map.of(item(0), 2L), new Policy(Strategy.MIRROR, 1, 0, 5, false, from));

        assertThat(Allocation.divide(ofOneItem(20, pairs)).getFirst().steps())
                .containsExactly(
                        new Step(Kind.AVAILABLE, 20, item(0), null),
                        new Step(Kind.BUFFER, -1, item(0), Level.ITEM),
                        new Step(Kind.UNITS_PER_SALE, -10, item(0), null),
                        new Step(Kind.MAXIMUM, -4, null, Level.ACCOUNT));
    }

    @Test
    void escrowDividesBySpeedAndLeavesNobodyWithNothing() {
        var fast = selling(9, single(1, ESCROW));
        var slow = selling(1, single(2, ESCROW));
        var never = selling(0, single(3, ESCROW));

        var quantities = quantities(ofOneItem(20, fast, slow, never));

        assertThat(quantities.stream().mapToInt(it -> it).sum()).isEqualTo(20);
        assertThat(quantities.get(0)).isBetween(14, 17);
        assertThat(quantities.get(2)).isPositive();
    }

    @Test
    void theLastUnitGoesToOneListingAlone() {
        var shares = Allocation.divide(ofOneItem(1, selling(1, single(1, ESCROW)), selling(2, single(2, ESCROW))));

        assertThat(shares).extracting(Share::quantity).containsExactly(0, 1);
        assertThat(shares.getFirst().steps())
                .last()
                .isEqualTo(new Step(
                        Kind.OTHER_LISTINGS,
                        -1,
                        item(0),
                        null,
                        new Others(List.of(new Holder(shares.getLast().listing(), 1)), 0)));
    }

    @Test
    void namesTheListingsThatHoldMostAndCountsTheOthers() {
        var listings = IntStream.rangeClosed(1, 14)
                .mapToObj(number -> showing(10 + number, true, single(number, ESCROW)))
                .toArray(Offered[]::new);

        var shares = Allocation.divide(ofOneItem(245, listings));

        var others = others(shares.getFirst());
        assertThat(others.most()).hasSize(10);
        assertThat(others.most())
                .extracting(Holder::units)
                .containsExactly(24L, 23L, 22L, 21L, 20L, 19L, 18L, 17L, 16L, 15L);
        assertThat(others.rest()).isEqualTo(3);
        assertThat(others(shares.getLast()).most().getFirst().units()).isEqualTo(23);
    }

    @Test
    void whatIsKeptForOthersIsOfTheItemOfWhichTheyLeaveLeast() {
        var set = showing(2, true, offered(1, Map.of(item(0), 1L, item(1), 1L), ESCROW));
        var plates = showing(6, true, offered(2, Map.of(item(1), 2L), ESCROW));

        var shares = Allocation.divide(new Situation(Map.of(item(0), 3L, item(1), 14L), List.of(set, plates)));

        assertThat(shares).extracting(Share::quantity).containsExactly(2, 6);
        var step = shares.getFirst().steps().getLast();
        assertThat(step.item()).isEqualTo(item(1));
        assertThat(others(shares.getFirst()).most()).containsExactly(new Holder(plates.listing(), 12));
    }

    @Test
    void saysWhoAskedForDividing() {
        var asked = new Policy(Strategy.ESCROW, 0, 0, null, false, Map.of(Field.STRATEGY, Level.ACCOUNT));
        var shares = Allocation.divide(ofOneItem(4, single(1, MIRROR), single(2, asked)));

        assertThat(shares).extracting(it -> it.steps().getLast().level()).containsExactly(Level.ACCOUNT, Level.ACCOUNT);
    }

    private static Others others(Share share) {
        return Objects.requireNonNull(share.steps().getLast().others());
    }

    @Test
    void whoeverHasTheLastUnitKeepsItThoughAnotherSellsFaster() {
        var slow = showing(1, true, selling(1, single(1, ESCROW)));

        assertThat(quantities(ofOneItem(1, slow, selling(9, single(2, ESCROW)))))
                .containsExactly(1, 0);
    }

    @Test
    void aSaleMovesNothingElsewhere() {
        var one = showing(5, true, single(1, ESCROW));
        var other = showing(5, true, single(2, ESCROW));

        assertThat(quantities(ofOneItem(9, showing(4, true, one), other))).containsExactly(4, 5);
        assertThat(quantities(ofOneItem(7, showing(2, true, one), other))).containsExactly(2, 5);
    }

    @Test
    void whoeverRanDryGetsHisShareFromWhoeverHasPlenty() {
        var dry = showing(0, true, single(1, ESCROW));
        var plenty = showing(9, true, single(2, ESCROW));
        var little = showing(3, true, single(3, ESCROW));

        assertThat(quantities(ofOneItem(12, dry, plenty, little))).containsExactly(4, 5, 3);
    }

    @Test
    void theMostCarefulStrategyWinsForAllThatItemsConnect() {
        var mug = single(1, MIRROR);
        var set = offered(2, Map.of(item(0), 1L, item(1), 1L), MIRROR);
        var plate = offered(3, Map.of(item(1), 1L), ESCROW);
        var stranger = offered(4, Map.of(item(2), 1L), MIRROR);

        var shares = Allocation.divide(
                new Situation(Map.of(item(0), 10L, item(1), 10L, item(2), 10L), List.of(mug, set, plate, stranger)));

        assertThat(shares)
                .filteredOn(Share::guarded)
                .extracting(Share::listing)
                .containsExactlyInAnyOrder(mug.listing(), set.listing(), plate.listing());
    }

    @Test
    void whatOneListingLeavesAloneTheOtherMayHave() {
        var modest = single(1, new Policy(Strategy.ESCROW, 5, 0, null, false, Map.of()));
        var greedy = single(2, ESCROW);

        assertThat(quantities(ofOneItem(5, modest, greedy))).containsExactly(0, 5);
        assertThat(quantities(ofOneItem(8, modest, greedy))).containsExactly(3, 5);
    }

    @Test
    void autoMirrorsPlentyAndDividesTheLastUnits() {
        var one = single(1, AUTO);
        var other = single(2, AUTO);

        assertThat(quantities(ofOneItem(7, one, other))).containsExactly(7, 7);
        assertThat(quantities(ofOneItem(6, one, other))).containsExactly(3, 3);
    }

    @Test
    void autoDividesTheEarlierTheFasterTheyAreSold() {
        var fast = selling(3600, single(1, AUTO)); // ten while the news of one is on its way
        var other = single(2, AUTO);

        assertThat(Allocation.divide(ofOneItem(19, fast, other))).allMatch(Share::guarded);
        assertThat(Allocation.divide(ofOneItem(21, fast, other))).noneMatch(Share::guarded);
    }

    @Test
    void autoGoesBackToMirrorOnlyWhenThereIsClearlyPlenty() {
        var divided = ofOneItem(6, single(1, AUTO), single(2, AUTO));
        var guarded = after(divided, Allocation.divide(divided));

        assertThat(Allocation.divide(new Situation(Map.of(item(0), 12L), guarded.listings())))
                .allMatch(Share::guarded);
        assertThat(Allocation.divide(new Situation(Map.of(item(0), 13L), guarded.listings())))
                .noneMatch(Share::guarded);
    }

    @Test
    void stockThatNobodyKnowsIsNoStockOfZero() {
        assertThatThrownBy(() -> new Situation(Map.of(), List.of(single(1, AUTO))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> quantities(Situation situation) {
        return Allocation.divide(situation).stream().map(Share::quantity).toList();
    }
}
