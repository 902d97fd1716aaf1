package dev.kontor.inventory.reservations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item.Part;
import dev.kontor.inventory.ledger.Movement;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Proposal.State;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.Source;

import static dev.kontor.inventory.ledger.MovementKind.CORRECTION;
import static dev.kontor.inventory.ledger.MovementKind.RECEIPT;
import static dev.kontor.inventory.ledger.MovementKind.RELEASE;
import static dev.kontor.inventory.ledger.MovementKind.RESERVATION;
import static dev.kontor.inventory.ledger.MovementKind.SHIPMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What orders do to the stock, by what the archive says of them. */
class ReservationModuleTests extends ReservationFixture {

    @Test
    void anOrderReservesWhatItSellsAsSoonAsItIsHeardOf() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2)).withStatus("UNPAID");

        transaction.executeWithoutResult(
                status -> archive.store(account, List.of(order.read(Instant.now())), Source.FEED));

        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(2));
        assertThat(stockroom.present(mug)).isEqualTo(10);
        assertThat(stockroom.movements(mug).getLast().cause().order()).isEqualTo(id("o-1"));
    }

    @Test
    void howeverOftenItIsToldItReservesOnce() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order);

        for (int time = 0; time < 3; time++) {
            judge(order);
            transaction.executeWithoutResult(status -> events.publishEvent(new OrdersArchived(
                    account.id(),
                    Source.SWEEP,
                    List.of(id("o-1")),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Instant.now())));
        }

        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, RESERVATION));
    }

    @Test
    void cancellationReleases() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order);

        seen(order.withStatus("CANCELLED"));

        assertThat(stockroom.available(mug)).isEqualTo(10);
        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, RESERVATION, RELEASE);
    }

    @Test
    void shipmentTakesPresentAndReservedTogether() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order);

        seen(order.withStatus("SHIPPED"));
        seen(order.withStatus("DELIVERED"));

        assertThat(stockroom.present(mug)).isEqualTo(8);
        assertThat(stockroom.reserved(mug)).isZero();
        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, RESERVATION, SHIPMENT);
    }

    @Test
    void whatWasFirstSeenShippedIsTakenOffOnce() {
        var mug = stockroom.anItemWith(10);

        seen(anOrder("o-1", line("a", mug, 2)).withStatus("SHIPPED"));

        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, SHIPMENT);
        assertThat(stockroom.present(mug)).isEqualTo(8);
    }

    @Test
    void whatWasNotShippedAfterAllIsThereAgain() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order.withStatus("SHIPPED"));

        seen(order.withStatus("PROCESSING"));

        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, SHIPMENT, CORRECTION, RESERVATION);
        assertThat(stockroom.present(mug)).isEqualTo(10);
        assertThat(stockroom.reserved(mug)).isEqualTo(2);
    }

    @Test
    void whatWasShippedAndThenCancelledComesBackOnlyByHand() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order.withStatus("SHIPPED"));

        seen(order.withStatus("CANCELLED"));
        seen(order.withStatus("RETURNED"));

        assertThat(stockroom.present(mug)).isEqualTo(8);
    }

    @Test
    void aStatusThatKontorDoesNotKnowReservesAndUndoesNothing() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order.withStatus("PONDERED"));
        assertThat(stockroom.reserved(mug)).isEqualTo(2);
        seen(order.withStatus("SHIPPED"));

        seen(order.withStatus("PONDERED"));

        assertThat(stockroom.present(mug)).isEqualTo(8);
        assertThat(stockroom.reserved(mug)).isZero();
    }

    @Test
    void aChangedQuantityIsCorrected() {
        var mug = stockroom.anItemWith(10);
        seen(anOrder("o-1", line("a", mug, 2)));

        seen(anOrder("o-1", line("a", mug, 5)));
        assertThat(stockroom.reserved(mug)).isEqualTo(5);
        seen(anOrder("o-1", line("a", mug, 1)));

        assertThat(stockroom.reserved(mug)).isEqualTo(1);
        assertThat(stockroom.movements(mug)).extracting(Movement::reserved).containsExactly(0L, 2L, 3L, -4L);
    }

    @Test
    void aLineThatLeftTheOrderIsReleased() {
        var mug = stockroom.anItemWith(10);
        var cup = stockroom.anItemWith(10);
        seen(anOrder("o-1", line("a", mug, 2), line("b", cup, 1)));

        seen(anOrder("o-1", line("b", cup, 1)));

        assertThat(stockroom.reserved(mug)).isZero();
        assertThat(stockroom.reserved(cup)).isEqualTo(1);
    }

    @Test
    void linesOfTheSameItemAddUp() {
        var mug = stockroom.anItemWith(10);

        seen(anOrder("o-1", line("a", mug, 2), line("b", mug, 3)));

        assertThat(stockroom.reserved(mug)).isEqualTo(5);
    }

    @Test
    void aMergeCarriesTheReservationOverWithoutAGap() {
        var mug = stockroom.anItemWith(10);
        seen(anOrder("o-1", line("a", mug, 2)), anOrder("o-2", line("b", mug, 3)));

        seen(anOrder("o-3", line("a", mug, 2), line("b", mug, 3)));

        assertThat(stockroom.reserved(mug)).isEqualTo(5);
        assertThat(stockroom.movements(mug).stream()
                        .filter(it -> id("o-3").equals(it.cause().order()))
                        .mapToLong(Movement::reserved)
                        .sum())
                .isEqualTo(5);
        seen(anOrder("o-3", line("a", mug, 2), line("b", mug, 3)).withStatus("SHIPPED"));
        assertThat(stockroom.present(mug)).isEqualTo(5);
        assertThat(stockroom.reserved(mug)).isZero();
    }

    @Test
    void theMergeMayBeHeardOfBeforeItsPredecessors() {
        var mug = stockroom.anItemWith(10);
        seen(anOrder("o-3", line("a", mug, 2), line("b", mug, 3)));

        minutes = -1;
        seen(anOrder("o-1", line("a", mug, 2)));

        assertThat(stockroom.reserved(mug)).isEqualTo(5);
    }

    @Test
    void anOrderThatIsGoneReleasesAndOneThatReappearsReservesAgain() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order);

        transaction.executeWithoutResult(status -> archive.gone(account.id(), List.of("o-1"), Source.SWEEP));
        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isZero());
        seen(order);

        assertThat(stockroom.reserved(mug)).isEqualTo(2);
        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, RESERVATION, RELEASE, RESERVATION);
    }

    @Test
    void aBundleReservesAllItsParts() {
        var cup = stockroom.anItemWith(10);
        var saucer = stockroom.anItemWith(10);
        var set = stockroom.aBundleOf(new Part(cup.sku(), 1), new Part(saucer.sku(), 2));
        var box = stockroom.aBundleOf(new Part(set.sku(), 3));

        seen(anOrder("o-1", line("a", box, 1)));

        assertThat(stockroom.reserved(cup)).isEqualTo(3);
        assertThat(stockroom.reserved(saucer)).isEqualTo(6);
    }

    @Test
    void aBundleThatWasSoldShipsWhatItConsistedOfThen() {
        var cup = stockroom.anItemWith(10);
        var saucer = stockroom.anItemWith(10);
        var spoon = stockroom.anItemWith(10);
        var set = stockroom.aBundleOf(new Part(cup.sku(), 1), new Part(saucer.sku(), 2));
        var sold = anOrder("o-1", line("a", set, 1)).withStatus("UNPAID");
        var shippedAtOnce = anOrder("o-2", line("b", set, 1));
        seen(sold, shippedAtOnce);

        stockroom.reassemble(set, new Part(cup.sku(), 2), new Part(spoon.sku(), 1));
        seen(sold.withStatus("PROCESSING"), shippedAtOnce.withStatus("SHIPPED"));

        assertThat(stockroom.reserved(cup)).isEqualTo(1);
        assertThat(stockroom.reserved(saucer)).isEqualTo(2);
        assertThat(stockroom.present(saucer)).isEqualTo(8);
        assertThat(stockroom.kinds(spoon)).containsExactly(RECEIPT);
        seen(anOrder("o-3", line("c", set, 1)));
        assertThat(stockroom.reserved(cup)).isEqualTo(3);
        assertThat(stockroom.reserved(spoon)).isEqualTo(1);

        linking.link(listing(set).id(), new Link(set.id(), 2, "test"), version -> {});
        assertThat(stockroom.reserved(saucer))
                .as("whoever corrects what was sold means today's goods")
                .isZero();
        assertThat(stockroom.reserved(cup)).isEqualTo(8);
    }

    @Test
    void aSaleBeyondWhatIsThereIsReservedAllTheSame() {
        var mug = stockroom.anItemWith(1);

        seen(anOrder("o-1", line("a", mug, 3)));

        assertThat(stockroom.available(mug)).isEqualTo(-2);
        assertThat(stockroom.movements(mug).getLast().oversold()).isEqualTo(2);
    }

    @Test
    void whatWasSoldBeforeTheStockWasTakenOverMovesNothing() {
        var mug = stockroom.anItemWith(10);

        seen(anOrder("o-1", line("a", mug, 3)).withPlacedAt(start.minusSeconds(1)));

        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT);
        assertThat(unmatched.list(account.id(), null, 10)).isEmpty();
    }

    @Test
    void anAccountWhoseStockWasNotTakenOverMovesNothingUntilItIs() {
        var mug = stockroom.anItemWith(10);
        account = shops.open(new FakeMarketplace());
        seen(
                anOrder("o-1", line("a", mug, 3)),
                anOrder("o-0", line("z", mug, 1)).withPlacedAt(start.minusSeconds(1)));
        assertThat(stockroom.reserved(mug)).isZero();

        takeover.takeOver(account.id(), Beginning.counted(start), "test");

        assertThat(stockroom.reserved(mug)).isEqualTo(3);
        assertThatThrownBy(() -> takeover.takeOver(account.id(), Beginning.counted(start), "test"))
                .isInstanceOf(Conflict.class);
        var other = shops.open(new FakeMarketplace()).id();
        assertThatThrownBy(() ->
                        takeover.takeOver(other, Beginning.counted(Instant.now().minus(Duration.ofDays(31))), "test"))
                .isInstanceOf(InvalidField.class);
    }

    @Test
    void aLineWithoutAnItemWaitsUntilItsListingIsLinked() {
        var mug = stockroom.anItemWith(10);
        var unknown = new FakeLine("a", "offer-" + mug.sku(), null, "Mug", 2, "19.99");
        seen(anOrder("o-1", unknown));
        assertThat(unmatched.list(account.id(), null, 10)).singleElement().satisfies(it -> {
            assertThat(it.order()).isEqualTo(id("o-1"));
            assertThat(it.quantity()).isEqualTo(2);
        });

        linking.link(listing(mug).id(), new Link(mug.id(), 3, "test"), version -> {});

        assertThat(stockroom.reserved(mug)).isEqualTo(6);
        assertThat(unmatched.list(account.id(), null, 10)).isEmpty();
        linking.link(listing(mug).id(), null, version -> {});
        assertThat(stockroom.reserved(mug)).isZero();
        assertThat(unmatched.list(account.id(), null, 10)).hasSize(1);
    }

    @Test
    void aListingThatIsLinkedToAnotherItemTakesItsOpenOrdersAlong() {
        var mug = stockroom.anItemWith(10);
        var cup = stockroom.anItemWith(10);
        seen(
                anOrder("o-1", line("a", mug, 2)),
                anOrder("o-2", line("b", mug, 1)).withStatus("SHIPPED"));

        linking.link(listing(mug).id(), new Link(cup.id(), 1, "test"), version -> {});

        assertThat(stockroom.reserved(mug)).isZero();
        assertThat(stockroom.present(mug)).isEqualTo(9);
        assertThat(stockroom.reserved(cup)).isEqualTo(2);
        assertThat(stockroom.present(cup)).isEqualTo(10);
    }

    @Test
    void anItemThatComesLateIsFoundByItsSku() {
        var sku = Stockroom.aSku();
        seen(anOrder("o-1", new FakeLine("a", "offer-" + sku, sku, "Mug", 2, "19.99")));

        var mug = stockroom.anItem(sku);

        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(2));
    }

    @Test
    void matchingIsUndoneAndNotRepeated() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order);
        var proposal = proposals.of(listing(mug).id()).getFirst();
        assertThat(proposal.state()).isEqualTo(State.ACCEPTED);
        assertThat(proposal.evidence()).isEqualTo("the same SKU");

        linking.undo(proposal.id(), "test");
        judge(order);

        assertThat(stockroom.reserved(mug)).isZero();
        linking.accept(proposal.id(), 2, "test");
        assertThat(stockroom.reserved(mug)).isEqualTo(4);
        assertThatThrownBy(() -> linking.reject(proposal.id(), "test")).isInstanceOf(Conflict.class);
    }

    @Test
    void whatIsLessCertainIsProposed() {
        var sku = Stockroom.aSku();
        var mug = stockroom.anItem(sku.toLowerCase());

        seen(anOrder("o-1", new FakeLine("a", "offer-" + mug.sku(), sku, "Mug", 2, "19.99")));

        assertThat(stockroom.reserved(mug)).isZero();
        var proposal = proposals.of(listing(mug).id()).getFirst();
        assertThat(proposal.state()).isEqualTo(State.OPEN);
        linking.reject(proposal.id(), "test");
        judge(anOrder("o-1"));
        assertThat(proposals.of(listing(mug).id()))
                .singleElement()
                .satisfies(it -> assertThat(it.state()).isEqualTo(State.REJECTED));
    }

    @Test
    void theLedgerAddsUpAfterwards() {
        var mug = stockroom.anItemWith(1);
        seen(anOrder("o-1", line("a", mug, 3)));
        seen(anOrder("o-1", line("a", mug, 3)).withStatus("SHIPPED"));

        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, RESERVATION, CORRECTION, SHIPMENT);
        assertThat(proof.prove().proven()).isTrue();
    }
}
