package dev.kontor.orders.backfill;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class AheadTests {

    private final AtomicInteger calls = new AtomicInteger();

    private Answer<PreparedPage> page() {
        var number = calls.incrementAndGet();
        return new Answer.Ok<>(new PreparedPage(List.of(), List.of(), new Cursor("" + number), null));
    }

    private static void awaitEnd(Ahead ahead) {
        await().until(() -> ahead.take(1).isEmpty());
    }

    @Test
    void aCallThatIsUnderWayIsNeverBrokenOff() throws InterruptedException {
        var underWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var brokenOff = new AtomicBoolean();
        var ahead = new Ahead(null, position -> {
            underWay.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                brokenOff.set(true);
            }
            return page();
        });
        underWay.await();

        ahead.close();
        goOn.countDown();

        awaitEnd(ahead);
        assertThat(brokenOff).isFalse();
        assertThat(calls).hasValue(1);
    }

    @Test
    void endsAlsoWhereNobodyTookWhatWasFetched() {
        var ahead = new Ahead(null, position -> page());
        await().until(() -> calls.get() == 9); // eight wait, and the ninth for a place
        ahead.close();

        awaitEnd(ahead);

        assertThat(calls).hasValue(9);
    }

    @Test
    void aFaultReachesTheOneWhoWaits() throws InterruptedException {
        try (var ahead = new Ahead(null, position -> {
            throw new IllegalStateException("broken");
        })) {
            assertThat(ahead.take(1)).singleElement().isInstanceOf(Answer.Unavailable.class);
            assertThat(ahead.take(1)).isEmpty();
        }
    }
}
