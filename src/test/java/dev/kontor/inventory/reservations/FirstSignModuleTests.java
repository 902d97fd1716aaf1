package dev.kontor.inventory.reservations;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Movement;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.FirstSign;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.FirstSigns;

import static dev.kontor.inventory.ledger.MovementKind.RECEIPT;
import static dev.kontor.inventory.ledger.MovementKind.RELEASE;
import static dev.kontor.inventory.ledger.MovementKind.RESERVATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What news of a sale do to the stock before its order is read, and when it is. */
class FirstSignModuleTests extends ReservationFixture {

    @Autowired
    FirstSigns signs;

    private void announced(FakeOrder order) {
        signs.take(account, List.of(news(order)), Source.FEED);
    }

    private static OrderChange news(FakeOrder order) {
        var sign = FirstSign.of(order.read(Instant.now()));
        return new OrderChange("told-" + order.id(), order.id(), "PLACED", order.placedAt(), sign);
    }

    @Test
    void aFirstSignReservesAndTheOrderNothingMore() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2)).withStatus("UNPAID");

        announced(order);

        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(2));
        seen(order);
        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, RESERVATION);
        assertThat(stockroom.movements(mug).getLast().cause().order()).isEqualTo(id("o-1"));
    }

    @Test
    void theOrderCorrectsWhatItsFirstSignSaid() {
        var mug = stockroom.anItemWith(10);
        var plate = stockroom.anItemWith(10);
        announced(anOrder("o-1", line("a", mug, 2)));
        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(2));

        seen(anOrder("o-1", line("a", mug, 1), line("b", plate, 3)));

        assertThat(stockroom.reserved(mug)).isEqualTo(1);
        assertThat(stockroom.reserved(plate)).isEqualTo(3);
    }

    @Test
    void aFirstSignOfWhatIsNotThereReleases() {
        var mug = stockroom.anItemWith(10);
        announced(anOrder("o-1", line("a", mug, 2)));
        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(2));

        transaction.executeWithoutResult(status -> archive.gone(account.id(), List.of("o-1"), Source.FEED));

        await().untilAsserted(() -> assertThat(stockroom.available(mug)).isEqualTo(10));
    }

    @Test
    void aLineThatMovesToAnotherOrderIsReservedOnceWhicheverIsRead() {
        var mug = stockroom.anItemWith(10);
        announced(anOrder("o-1", line("a", mug, 2)));
        announced(anOrder("o-2", line("a", mug, 2), line("b", mug, 1)));
        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(3));

        transaction.executeWithoutResult(status -> archive.gone(account.id(), List.of("o-1"), Source.FEED));
        seen(anOrder("o-2", line("a", mug, 2), line("b", mug, 1)));

        assertThat(stockroom.reserved(mug)).isEqualTo(3);
        assertReleasedOnlyToAnotherOrder(mug);
    }

    /** Where the first order is followed before the second is told, the line goes over to it in one posting. */
    private void assertReleasedOnlyToAnotherOrder(Item item) {
        var movements = stockroom.movements(item);
        assertThat(movements.stream().mapToLong(Movement::reservedAfter).max()).hasValue(3);
        for (int number = 0; number < movements.size(); number++) {
            var release = movements.get(number);
            if (release.kind() == RELEASE) {
                var next = movements.get(number + 1);
                assertThat(next.kind()).as("%s", movements).isEqualTo(RESERVATION);
                assertThat(next.reserved()).isEqualTo(-release.reserved());
                assertThat(next.cause().line()).isEqualTo(release.cause().line());
                assertThat(next.cause().order()).isNotEqualTo(release.cause().order());
                assertThat(next.at()).isEqualTo(release.at());
            }
        }
    }

    @Test
    void aLineThatTurnsUpInAnotherOrderGoesOverToItInOnePosting() {
        var mug = stockroom.anItemWith(10);
        announced(anOrder("o-1", line("a", mug, 2)));
        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(2));

        announced(anOrder("o-2", line("a", mug, 2), line("b", mug, 1)));

        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(3));
        assertReleasedOnlyToAnotherOrder(mug);
    }

    @Test
    void aFirstSignThatCannotBeKeptCostsItselfOnly() {
        var mug = stockroom.anItemWith(10);
        var good = anOrder("o-1", line("a", mug, 2));
        var bad = anOrder("o-2", new FakeLine("b", "offer\0", null, "Mug", 2, "1.00"));

        signs.take(account, List.of(news(good), news(bad)), Source.FEED);

        await().untilAsserted(() -> assertThat(stockroom.reserved(mug)).isEqualTo(2));
    }

    @Test
    void aFirstSignOfWhatWasCancelledSinceReservesNothing() {
        var mug = stockroom.anItemWith(10);
        var order = anOrder("o-1", line("a", mug, 2));
        seen(order);
        seen(order.withStatus("CANCELLED"));

        announced(order);
        judge(order);

        assertThat(stockroom.available(mug)).isEqualTo(10);
        assertThat(stockroom.kinds(mug)).containsExactly(RECEIPT, RESERVATION, RELEASE);
    }
}
