package dev.kontor.notifications.couriers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CourierTests {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void everythingThereIsIsDoneAndWhatComesLaterWhenItIsTold() {
        var waiting = new AtomicInteger(100);
        var done = new AtomicInteger();
        var signal = new Signal(2);
        var courier = new Courier("test", signal, LONG, () -> {
            boolean any = waiting.getAndUpdate(it -> Math.max(0, it - 1)) > 0;
            if (any) {
                done.incrementAndGet();
            }
            return any;
        });
        courier.start();
        await().until(() -> done.get() == 100);
        for (int later = 1; later <= 10; later++) {
            waiting.incrementAndGet();
            signal.give();
            int all = 100 + later;
            await().until(() -> done.get() == all);
        }
        courier.stop();
        assertThat(courier.isRunning()).isFalse();
    }

    @Test
    void asManyThingsAreDoneAtOnceAsThereAreThreads() throws Exception {
        var together = new CyclicBarrier(3);
        var courier = new Courier("test", new Signal(2), LONG, () -> {
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return false;
        });
        courier.start();
        together.await(30, TimeUnit.SECONDS);
        courier.stop();
        assertThat(together.isBroken()).isFalse();
    }

    @Test
    void aFaultEndsNothing() throws Exception {
        var turns = new Semaphore(0);
        var signal = new Signal(1);
        var courier = new Courier("test", signal, LONG, () -> {
            turns.release();
            throw new IllegalStateException("the database is away");
        });
        courier.start();
        for (int turn = 0; turn < 3; turn++) {
            assertThat(turns.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            signal.give();
        }
        courier.stop();
    }

    @Test
    void whatIsUnderWayIsFinishedBeforeItStops() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var finished = new AtomicBoolean();
        var courier = new Courier("test", new Signal(1), LONG, () -> {
            begun.countDown();
            try {
                finished.set(end.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return true;
        });
        courier.start();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        var finishedBefore = new AtomicBoolean();
        var stopping = Thread.ofPlatform().start(() -> {
            courier.stop();
            finishedBefore.set(finished.get());
        });
        await().until(() ->
                stopping.getState() == Thread.State.TIMED_WAITING || stopping.getState() == Thread.State.TERMINATED);
        end.countDown();
        stopping.join();
        assertThat(finishedBefore).isTrue();
    }
}
