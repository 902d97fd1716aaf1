package dev.kontor.marketplaces.exchange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.bucket4j.Bucket;

import dev.kontor.marketplaces.Lane;

import static org.assertj.core.api.Assertions.assertThat;

class LanedBudgetTests {

    private static final Limit ALLEGRO = new Limit(150, 8_820);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Time passes only by waiting, so that ten minutes take no time. */
    private static final class Simulated implements Pacer {
        private long now;

        @Override
        public void pause(long nanos) {
            now += nanos;
        }

        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Test
    void neverUsesMoreThanAllegroPermitsInAnyMinuteButNearlyAllOfIt() throws InterruptedException {
        var time = new Simulated();
        var budget = new LanedBudget(new LocalTokens(ALLEGRO, time), ALLEGRO, time);
        var lastMinute = new ArrayDeque<Long>();
        var calls = 0L;
        var most = 0;
        while (time.now < 10 * MINUTE) {
            assertThat(budget.acquire(calls % 7 == 0 ? Lane.LIVE_ORDERS : Lane.BACKFILL, 1, Duration.ofMinutes(1)))
                    .isZero();
            calls++;
            lastMinute.add(time.now);
            while (lastMinute.peek() <= time.now - MINUTE) {
                lastMinute.poll();
            }
            most = Math.max(most, lastMinute.size());
            time.now += calls % 20_000 == 0 ? Duration.ofSeconds(20).toNanos() : 0; // a quiet time now and then
        }

        assertThat(most).isLessThanOrEqualTo(9_000).isGreaterThan(8_820);
    }

    /** What was permitted before a stall arrives together with what is permitted after it. */
    @ParameterizedTest
    @CsvSource({"8, true", "10, false"})
    void callsThatArriveLateAreNotRefusedWhereTheBurstLeavesRoomForThem(long burst, boolean room) throws Exception {
        var random = new Random(42);
        var time = new Simulated();
        var limit = new Limit(burst, 300);
        var budget = new LanedBudget(new LocalTokens(limit, time), limit, time);
        var arrivals = new ArrayList<Long>();
        for (var calls = 1; time.now < 10 * MINUTE; calls++) {
            budget.acquire(Lane.STOCK_TO_ZERO, 1, Duration.ofMinutes(1));
            arrivals.add(time.now + random.nextLong(Duration.ofMillis(400).toNanos()));
            time.now += calls % 100 == 0 ? Duration.ofSeconds(5).toNanos() : 0;
        }

        var marketplaces = new Simulated();
        var bucket = Bucket.builder()
                .withCustomTimePrecision(marketplaces)
                .addLimit(bandwidth -> bandwidth.capacity(10).refillGreedy(5, Duration.ofSeconds(1)))
                .build();
        arrivals.sort(null);
        var refused = arrivals.stream()
                .filter(arrival -> {
                    marketplaces.now = arrival;
                    return !bucket.tryConsume(1);
                })
                .count();

        assertThat(refused == 0).as(refused + " refused").isEqualTo(room);
    }

    @Test
    void usesNearlyAllOfThePermittedRateWhenThereIsWork() throws InterruptedException {
        var time = new Simulated();
        var budget = new LanedBudget(new LocalTokens(ALLEGRO, time), ALLEGRO, time);
        var calls = 0;
        while (time.now < 5 * MINUTE) {
            budget.acquire(Lane.BACKFILL, 1, Duration.ofMinutes(1));
            calls++;
        }

        assertThat(calls / 5.0 / 9_000).isGreaterThan(0.95);
    }

    private record Round(long longestWait, double backfilled) {}

    @Test
    @Tag("speed")
    void aLiveCallHardlyWaitsWhileABackfillUsesEverything() throws Exception {
        var rounds = new ArrayList<Round>();
        for (var round = 0; round < 5; round++) { // a machine that stands still for a moment spoils one of them
            rounds.add(besideABackfill(new Limit(150, 60_000)));
        }

        assertThat(rounds.stream().mapToLong(Round::longestWait).sorted().toArray()[2])
                .as("%s", rounds)
                .isLessThan(100);
        assertThat(rounds.stream().mapToDouble(Round::backfilled).sorted().toArray()[2])
                .as("%s", rounds)
                .isGreaterThan(0.9); // the live calls had their part
    }

    /** @return milliseconds that a live call waited at most, and the part of all that was permitted which the backfill took */
    private static Round besideABackfill(Limit limit) throws InterruptedException {
        var budget = new LanedBudget(new LocalTokens(limit, Pacer.SYSTEM), limit, Pacer.SYSTEM);
        var done = new AtomicBoolean();
        var backfilled = new AtomicLong();
        var workers = IntStream.range(0, 8)
                .mapToObj(ignored -> Thread.startVirtualThread(() -> {
                    while (!done.get()) {
                        take(budget, Lane.BACKFILL);
                        backfilled.incrementAndGet();
                    }
                }))
                .toList();
        var start = System.nanoTime();
        var longest = 0L;
        while (System.nanoTime() - start < Duration.ofSeconds(1).toNanos()) {
            var asked = System.nanoTime();
            take(budget, Lane.LIVE_ORDERS);
            longest = Math.max(longest, System.nanoTime() - asked);
            Pacer.SYSTEM.pause(TimeUnit.MILLISECONDS.toNanos(20));
        }
        done.set(true);
        var minutes = (System.nanoTime() - start) / 60e9;
        for (var worker : workers) {
            worker.join();
        }
        return new Round(TimeUnit.NANOSECONDS.toMillis(longest), backfilled.get() / minutes / limit.perMinute());
    }

    @Test
    void aLowLaneKeepsASmallShareHoweverBusyTheHigherOnesAre() throws Exception {
        var limit = new Limit(100, 60_000);
        var budget = new LanedBudget(new LocalTokens(limit, Pacer.SYSTEM), limit, Pacer.SYSTEM);
        var done = new AtomicBoolean();
        var workers = IntStream.range(0, 8)
                .mapToObj(ignored -> Thread.startVirtualThread(() -> {
                    while (!done.get()) {
                        take(budget, Lane.STOCK_DECREASE);
                    }
                }))
                .toList();
        for (var call = 0; call < 20; call++) {
            take(budget, Lane.BACKFILL); // would never come back without a share of its own
        }
        done.set(true);
        for (var worker : workers) {
            worker.join();
        }
    }

    @Test
    void aCallMayCostMoreThanOne() throws InterruptedException {
        var time = new Simulated();
        var limit = new Limit(450, 8_550);
        var budget = new LanedBudget(new LocalTokens(limit, time), limit, time);
        var cost = 0;
        while (time.now < 5 * MINUTE) {
            assertThat(budget.acquire(Lane.STOCK_INCREASE, 250, Duration.ofMinutes(1)))
                    .isZero();
            cost += 250;
        }

        assertThat(cost / 5.0).isBetween(0.9 * 9_000, 9_000.0);
    }

    @Test
    void aLaneHasItsShareAlsoOfCallsThatCostMore() throws InterruptedException {
        var time = new Simulated();
        var limit = new Limit(300, 6_000);
        var tokens = new LocalTokens(limit, time);
        var budget = new LanedBudget(tokens, limit, time);
        var cost = 0;
        while (time.now < 10 * MINUTE) {
            while (tokens.take(1, 30) == 0) {} // a higher lane takes whatever there is
            cost += budget.acquire(Lane.BACKFILL, 30, Duration.ZERO) == 0 ? 30 : 0;
            time.pause(Duration.ofMillis(100).toNanos());
        }

        assertThat(cost / 10.0).isBetween(0.04 * 6_000, 0.06 * 6_000);
    }

    @Test
    void usesHalfTheRateAtHalfThePace() throws InterruptedException {
        var time = new Simulated();
        var budget = new LanedBudget(new PacedTokens(new LocalTokens(ALLEGRO, time), () -> 0.5), ALLEGRO, time);
        var calls = 0;
        while (time.now < 2 * MINUTE) {
            budget.acquire(Lane.BACKFILL, 1, Duration.ofMinutes(1));
            calls++;
        }

        assertThat(calls / 2.0).isBetween(0.47 * 9_000, 0.5 * 9_000);
    }

    @Test
    void anotherInstanceWithHalfTheShareUsesHalf() throws InterruptedException {
        var time = new Simulated();
        var tokens = new SharedOutTokens(ALLEGRO, () -> 0.5, time);
        var budget = new LanedBudget(tokens, ALLEGRO, time);
        var calls = 0;
        while (time.now < 2 * MINUTE) {
            budget.acquire(Lane.BACKFILL, 1, Duration.ofMinutes(1));
            calls++;
        }

        assertThat(calls / 2.0).isBetween(0.47 * 9_000, 0.5 * 9_000);
    }

    private static void take(LanedBudget budget, Lane lane) {
        try {
            while (budget.acquire(lane, 1, Duration.ofSeconds(5)) != 0) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
