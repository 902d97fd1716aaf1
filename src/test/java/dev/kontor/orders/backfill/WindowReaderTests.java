package dev.kontor.orders.backfill;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Period;
import dev.kontor.orders.backfill.Windows.Place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class WindowReaderTests {

    private static final Period WINDOW = Period.day(LocalDate.of(2026, 11, 2));
    private static final Place START = new Place(WINDOW, null, null);

    private final AtomicInteger calls = new AtomicInteger();

    private Answer<PreparedPage> page() {
        var next = new Cursor("" + calls.incrementAndGet());
        return new Answer.Ok<>(new PreparedPage(WINDOW, List.of(), List.of(), next, 0));
    }

    private static void awaitEnd(WindowReader reader) {
        await().until(() -> reader.next() == null);
    }

    @Test
    void aCallThatIsUnderWayIsNeverBrokenOff() throws InterruptedException {
        var underWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var brokenOff = new AtomicBoolean();
        var reader = new WindowReader(START, (place, before) -> {
            underWay.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                brokenOff.set(true);
            }
            return page();
        });
        underWay.await();

        reader.stop();
        goOn.countDown();

        awaitEnd(reader);
        assertThat(brokenOff).isFalse();
        assertThat(calls).hasValue(1);
    }

    @Test
    void endsAlsoWhereNobodyTookWhatWasFetched() {
        var reader = new WindowReader(START, (place, before) -> page());
        await().until(() -> calls.get() == 4); // three wait, and the fourth for a place

        reader.stop();

        awaitEnd(reader);
        assertThat(calls).hasValue(4);
    }

    @Test
    void aFaultReachesTheOneWhoWaits() throws InterruptedException {
        var reader = new WindowReader(START, (place, before) -> {
            throw new IllegalStateException("broken");
        });

        assertThat(reader.next()).isInstanceOf(Answer.Unavailable.class);
        assertThat(reader.next()).isNull();
    }
}
