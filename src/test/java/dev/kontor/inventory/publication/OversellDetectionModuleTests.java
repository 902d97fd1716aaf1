package dev.kontor.inventory.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.PublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.OversellDetected;
import dev.kontor.inventory.OversellEnded;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.oversells.Oversell;
import dev.kontor.inventory.oversells.Oversell.State;

import static org.assertj.core.api.Assertions.assertThat;

/** What is sold and not there is noticed, in the transaction that makes it so. */
class OversellDetectionModuleTests extends OversellFixture {

    @Autowired
    TransactionTemplate transaction;

    @Test
    void theMovementThatMakesItWorseIsWrittenDownOnce(PublishedEvents events) {
        var mug = stockroom.anItemWith(3);
        var first = reservation(mug, 2);
        var second = reservation(mug, 2);
        ledger.post(List.of(first));
        assertThat(of(mug)).isEmpty();

        ledger.post(List.of(second));
        ledger.post(List.of(second));
        ledger.post(List.of(first, second));

        assertThat(of(mug)).singleElement().satisfies(it -> {
            assertThat(it.units()).isEqualTo(1);
            assertThat(it.order()).isEqualTo(second.cause().order());
            assertThat(it.line()).isEqualTo(second.cause().line());
            assertThat(it.state()).isEqualTo(State.OPEN);
        });
        assertThat(events.ofType(OversellDetected.class)
                        .matching(it -> it.item().equals(mug.id())))
                .hasSize(1);
    }

    @Test
    void whatATransactionMakesUpForItselfIsNone() {
        var mug = stockroom.anItemWith(1);
        var held = reservation(mug, 1);
        ledger.post(List.of(held));
        var release = new Entry(aKey(), held.at(), MovementKind.RELEASE, new Change.By(0, -1), held.cause());

        ledger.post(List.of(reservation(mug, 1), release));

        assertThat(of(mug)).isEmpty();
    }

    @Test
    void whatIsRolledBackWasNone() {
        var mug = stockroom.anItemWith(1);

        transaction.executeWithoutResult(status -> {
            ledger.post(List.of(reservation(mug, 2)));
            status.setRollbackOnly();
        });

        assertThat(of(mug)).isEmpty();
    }

    @Test
    void endsByItselfWhenThereIsEnoughAgain(PublishedEvents events) {
        var mug = stockroom.anItemWith(1);
        ledger.post(List.of(reservation(mug, 2), reservation(mug, 3)));
        assertThat(of(mug)).extracting(Oversell::units).containsExactly(3L, 1L);

        stockroom.receive(mug, 3);
        assertThat(of(mug)).extracting(Oversell::state).containsOnly(State.OPEN);
        stockroom.receive(mug, 1);

        assertThat(of(mug)).extracting(Oversell::state).containsOnly(State.RESOLVED);
        assertThat(events.ofType(OversellEnded.class).matching(it -> it.item().equals(mug.id())))
                .hasSize(2);
        ledger.post(List.of(reservation(mug, 1)));
        assertThat(of(mug)).extracting(Oversell::state).containsExactly(State.OPEN, State.RESOLVED, State.RESOLVED);
    }

    @Test
    void whatNobodyHasCountedIsNotOversold() {
        var mug = stockroom.anItem();
        ledger.post(List.of(reservation(mug, 5)));
        assertThat(of(mug)).isEmpty();

        count(mug, 3);

        assertThat(of(mug)).singleElement().satisfies(it -> {
            assertThat(it.units()).isEqualTo(2);
            assertThat(it.order()).isNull();
        });
        ledger.post(List.of(reservation(mug, 1)));
        assertThat(of(mug)).extracting(Oversell::units).containsExactly(1L, 2L);
    }

    /** What must have been there for it to be sent was counted by nobody. */
    @Test
    void whatNobodyHasCountedIsNotOversoldThoughSomeOfItWasSent() {
        var mug = stockroom.anItem();
        var sent = reservation(mug, 1);
        ledger.post(List.of(sent));
        ledger.post(List.of(new Entry(aKey(), sent.at(), MovementKind.SHIPMENT, new Change.By(-1, -1), sent.cause())));
        assertThat(stockroom.kinds(mug)).contains(MovementKind.CORRECTION);

        ledger.post(List.of(reservation(mug, 2)));

        assertThat(of(mug)).isEmpty();
    }

    @Test
    void aFirstCountOfWhatIsSoldExactlyIsNone() {
        var mug = stockroom.anItem();
        ledger.post(List.of(reservation(mug, 5)));

        count(mug, 5);

        assertThat(of(mug)).isEmpty();
    }

    @Test
    void aFirstCountOfNoneIsOversoldByAllThatIsSold() {
        var mug = stockroom.anItem();
        ledger.post(List.of(reservation(mug, 5)));

        count(mug, 0);
        count(mug, 0);

        assertThat(of(mug)).extracting(Oversell::units).containsExactly(5L);
    }

    @Test
    void manyAtOnceAddUpToWhatIsMissing() throws InterruptedException {
        var mug = stockroom.anItemWith(3);
        var failure = new AtomicReference<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int buyer = 0; buyer < 8; buyer++) {
            var entry = reservation(mug, 1);
            for (int instance = 0; instance < 2; instance++) {
                threads.add(Thread.ofVirtual()
                        .uncaughtExceptionHandler((thread, e) -> failure.set(e))
                        .start(() -> ledger.post(List.of(entry))));
            }
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(of(mug)).hasSize(5).extracting(Oversell::units).containsOnly(1L);
    }
}
