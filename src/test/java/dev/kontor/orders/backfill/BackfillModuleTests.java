package dev.kontor.orders.backfill;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.MutableClock;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.orders.ArchiveRobot;
import dev.kontor.orders.OrdersModuleTest;
import dev.kontor.orders.Shops;
import dev.kontor.orders.backfill.BackfillState.Phase;
import dev.kontor.orders.feed.FeedSync;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

@OrdersModuleTest
@Import(ArchiveRobot.class)
class BackfillModuleTests {

    @Autowired
    Backfill backfill;

    @Autowired
    FeedSync feed;

    @Autowired
    Shops shops;

    @Autowired
    ArchiveRobot archive;

    @Autowired
    MutableClock clock;

    FakeMarketplace shop;
    AccountView account;

    @BeforeEach
    void openAShopWithAPast() {
        shop = new FakeMarketplace("fake", clock);
        shop.pageSize(10);
        IntStream.rangeClosed(1, 95)
                .forEach(number -> shop.placeSilently(FakeOrder.anOrder(
                        "o-%03d".formatted(number), clock.instant().minus(Duration.ofDays(100 - number)))));
        account = shops.open(shop);
        feed.run(account, new Run());
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
        feed.run(account, new Run());
        assertThat(run(new Run())).isInstanceOf(Next.Idle.class);
        other.placeSilently(FakeOrder.anOrder("between", clock.instant()));
        clock.advance(Duration.ofMinutes(1));
        feed.run(account, new Run());

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
        feed.run(account, new Run());
        run(new Run());

        assertThat(archive.all(account)).hasSize(95);
    }
}
