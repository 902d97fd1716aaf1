package dev.kontor.orders.feed;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

class AnnouncedReadingModuleTests extends ShopFixture {

    @Autowired
    FeedStatus status;

    @Autowired
    Orders orders;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void followItsChanges() {
        sync(); // begins at the end of an empty log
    }

    private void placed(String id) {
        shop.place(FakeOrder.anOrder(id, clock.instant()));
        clock.advance(Duration.ofSeconds(1));
    }

    private @Nullable OffsetDateTime toldAt(String order) {
        return jdbc.sql("select told_at from orders.orders where account = ? and external_id = ?")
                .params(account.id().value(), order)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class))
                .single();
    }

    private Run read() {
        var run = new Run();
        announced.run(account, run);
        return run;
    }

    @Test
    void theFeedListensOnWhileOrdersWaitToBeRead() {
        placed("o-1");
        assertThat(feed.run(account, new Run())).isEqualTo(new Next.Regular());
        placed("o-2");
        assertThat(feed.run(account, new Run())).isEqualTo(new Next.Regular());

        assertThat(shop.calls(Operation.ORDER)).isZero();
        assertThat(orders.withLines(account.id(), List.of("line-o-1", "line-o-2")))
                .extracting(OrderView::version)
                .containsExactly(0, 0);
        assertThat(status.unread(account.id()).orders()).isEqualTo(2);

        read();

        assertThat(archive.ids(account)).containsExactly("o-1", "o-2");
        assertThat(archive.events(account)).hasSize(2);
        assertThat(status.unread(account.id()).orders()).isZero();
    }

    @Test
    void goesOnWhenTheMarketplaceAllowsIt() {
        placed("o-1");
        feed.run(account, new Run());
        var until = clock.instant().plus(Duration.ofMinutes(10));
        shop.failNext(Operation.ORDER, new Answer.Throttled<>(until));

        var run = new Run();
        assertThat(announced.run(account, run)).isEqualTo(new Next.NotBefore(until));

        assertThat(run.status()).isEqualTo(Status.PARTIAL);
        read();
        assertThat(archive.ids(account)).containsExactly("o-1");
    }

    @Test
    void readsOnAtOnceWhileThereIsMore() {
        IntStream.rangeClosed(1, 25).forEach(number -> placed("o-" + number));
        feed.run(account, new Run());

        assertThat(announced.run(account, new Run())).isEqualTo(new Next.AtOnce());
        assertThat(announced.run(account, new Run())).isEqualTo(new Next.Regular());

        assertThat(archive.all(account)).hasSize(25);
        assertThat(announced.run(account, new Run())).isInstanceOf(Next.Idle.class);
    }

    /** Whoever heard of the change left it to the reading that had begun before. */
    @Test
    void readsOnceMoreWhatChangedWhileItWasRead() {
        placed("o-1");
        feed.run(account, new Run());
        var once = new AtomicBoolean(true);
        shop.onCall((operation, argument) -> {
            if (operation == Operation.ORDER && once.getAndSet(false)) {
                clock.advance(Duration.ofSeconds(1));
                shop.change("o-1", order -> order.withStatus("CANCELLED"));
                feed.run(account, new Run());
                clock.advance(Duration.ofSeconds(-1)); // the answer is of before
            }
        });
        clock.advance(Duration.ofSeconds(1));

        read();
        assertThat(status.unread(account.id()).orders()).isOne();
        assertThat(toldAt("o-1")).isNotNull();
        clock.advance(Duration.ofSeconds(2));
        read();

        assertThat(shop.calls(Operation.ORDER)).isEqualTo(2);
        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(status.unread(account.id()).orders()).isZero();
    }

    @Test
    void whatCannotBeReadWaitsForNewsOfIt() {
        placed("o-1");
        shop.malform("o-1");
        feed.run(account, new Run());
        read();
        assertThat(archive.quarantined(account)).containsExactly("o-1");
        assertThat(status.unread(account.id()).orders()).isOne(); // its goods are kept none the less

        clock.advance(Duration.ofSeconds(1));
        assertThat(announced.run(account, new Run())).isInstanceOf(Next.Idle.class);
        shop.repair("o-1");
        shop.change("o-1", order -> order.withStatus("SHIPPED"));
        feed.run(account, new Run());
        read();

        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(archive.quarantined(account)).isEmpty();
    }

    @Test
    void anOrderThatNeverGetsAnAnswerIsPutAsideAfterAWhile() {
        placed("o-1");
        placed("o-2");
        shop.failAlways(Operation.ORDER, "o-1", new Answer.Unavailable<>("500"));
        feed.run(account, new Run());

        read();
        assertThat(archive.ids(account)).containsExactly("o-2");
        assertThat(archive.quarantined(account)).isEmpty();
        placed("o-3");
        feed.run(account, new Run());
        clock.advance(Duration.ofMinutes(11));
        read();

        assertThat(archive.quarantined(account)).containsExactly("o-1");
        assertThat(archive.ids(account)).containsExactlyInAnyOrder("o-2", "o-3");
    }
}
