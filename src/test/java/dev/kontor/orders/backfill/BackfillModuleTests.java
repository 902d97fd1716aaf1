package dev.kontor.orders.backfill;

import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.backfill.BackfillState.Phase;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

class BackfillModuleTests extends ShopFixture {

    private static final int LONG_PAST = 4_000;

    @Autowired
    Backfill backfill;

    @BeforeEach
    void openAShopWithAPast() {
        shop.pageSize(10);
        IntStream.rangeClosed(1, 95)
                .forEach(number -> shop.placeSilently(FakeOrder.anOrder(
                        "o-%03d".formatted(number), clock.instant().minus(Duration.ofDays(100 - number)))));
        follow();
    }

    private Next run(Run run) {
        return backfill.run(account, run);
    }

    @Test
    void bringsInThePastWhole() {
        var run = new Run();

        run(run);

        assertThat(archive.all(account)).hasSize(95);
        assertThat(run.read()).isEqualTo(95);
        var state = backfill.state(account.id()).orElseThrow();
        assertThat(state.phase()).isEqualTo(Phase.DONE);
        assertThat(state.progress()).isEqualTo(1);
    }

    @Test
    void readsALongPastWindowByWindowAndLeavesNothingOut() {
        placeALongPast();

        var state = backfilled();

        assertThat(archive.all(account)).hasSize(95 + LONG_PAST);
        assertThat(state.read()).isEqualTo(95 + LONG_PAST);
        assertThat(state.total()).isEqualTo(95 + LONG_PAST);
    }

    @Test
    void goesOnInTheMiddleOfAWindow() {
        placeALongPast();
        var calls = new AtomicInteger();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LIST && calls.incrementAndGet() % 7 == 0) {
                throw new IllegalStateException("planted");
            }
        });

        var state = backfilled();

        assertThat(archive.all(account)).hasSize(95 + LONG_PAST);
        assertThat(state.read()).isBetween(95L, 95L + LONG_PAST);
    }

    @Test
    void whatIsStoredIsAlwaysTheOldest() {
        placeALongPast();
        var calls = new AtomicInteger();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LIST && calls.incrementAndGet() > 40) {
                throw new IllegalStateException("planted");
            }
        });

        run(new Run());

        var stored = Set.copyOf(archive.ids(account));
        var oldest = shop.allOrders().stream()
                .sorted(Comparator.comparing(FakeOrder::placedAt))
                .limit(stored.size())
                .map(FakeOrder::id)
                .collect(Collectors.toSet());
        assertThat(stored).isNotEmpty().hasSizeLessThan(LONG_PAST).isEqualTo(oldest);
    }

    @Test
    void asksForSeveralWindowsAtATime() {
        placeALongPast();
        var atOnce = new CountDownLatch(3);
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LIST && shop.calls(Operation.LIST) > 1) {
                atOnce.countDown();
                await(atOnce);
            }
        });

        backfilled();

        assertThat(archive.all(account)).hasSize(95 + LONG_PAST);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Most of it on one day, as after a campaign, and some at the very same moment. */
    private void placeALongPast() {
        shop.pageSize(50);
        var random = new Random(7);
        var campaign = clock.instant().minus(Duration.ofDays(50));
        for (int number = 0; number < LONG_PAST; number++) {
            var at = number % 4 == 0
                    ? clock.instant().minus(Duration.ofMinutes(random.nextInt(1, 300 * 24 * 60)))
                    : campaign.plus(Duration.ofMinutes(random.nextInt(24 * 60)));
            shop.placeSilently(FakeOrder.anOrder("long-%04d".formatted(number), at));
        }
    }

    private BackfillState backfilled() {
        for (int turn = 0; turn < 100; turn++) {
            run(new Run());
            var state = backfill.state(account.id()).orElseThrow();
            if (state.phase() == Phase.DONE) {
                return state;
            }
        }
        throw new AssertionError("not done after 100 turns");
    }

    @Test
    void beginsWithTheOldest() {
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LIST && shop.calls(Operation.LIST) > 5) {
                throw new IllegalStateException("planted");
            }
        });

        run(new Run());

        assertThat(archive.ids(account)).isNotEmpty().hasSizeLessThan(95).startsWith("o-001", "o-002");
        assertThat(backfill.state(account.id()).orElseThrow().progress()).isBetween(0.1, 0.9);
    }

    @Test
    void goesOnWhereItWasAfterAFault() {
        shop.failNext(Operation.LIST, new Answer.Unavailable<>("503"));
        var failed = new Run();
        run(failed);

        run(new Run());

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(archive.all(account)).hasSize(95);
    }

    @Test
    void waitsUntilTheFeedHasItsPlaceInTheLog() {
        var other = new FakeMarketplace("fake", clock);
        other.failNext(Operation.END, new Answer.Unavailable<>("503"));
        account = shops.open(other);
        follow();
        assertThat(run(new Run())).isInstanceOf(Next.Idle.class);
        other.placeSilently(FakeOrder.anOrder("between", clock.instant()));
        sync();

        run(new Run());

        assertThat(archive.ids(account)).containsExactly("between");
    }

    @Test
    void countsAnOrderOnceThatComesOnTwoPages() {
        run(new Run());

        assertThat(backfill.state(account.id()).orElseThrow().read()).isEqualTo(95);
    }

    @Test
    void canBePausedAndResumed() {
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LIST && shop.calls(Operation.LIST) == 3) {
                assertThat(backfill.pause(account.id())).isTrue();
            }
        });

        run(new Run());
        var whilePaused = run(new Run());
        var archivedWhilePaused = archive.all(account).size();
        assertThat(backfill.resume(account.id())).isTrue();
        run(new Run());

        assertThat(whilePaused).isInstanceOf(Next.Idle.class);
        assertThat(archivedWhilePaused).isLessThan(95);
        assertThat(archive.all(account)).hasSize(95);
    }

    @Test
    void oneUnreadableOrderCostsItselfOnly() {
        shop.malform("o-042");

        var run = new Run();
        run(run);

        assertThat(archive.all(account)).hasSize(94);
        assertThat(archive.quarantined(account)).containsExactly("o-042");
        assertThat(run.skipped()).containsEntry("unreadable", 1L);
    }

    @Test
    void whatTheFeedBroughtAlreadyIsNotStoredAgain() {
        run(new Run());
        follow();
        run(new Run());

        assertThat(archive.all(account)).hasSize(95);
    }
}
