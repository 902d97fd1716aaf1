package dev.kontor.orders.sweep;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

class SweepModuleTests extends ShopFixture {

    @Autowired
    Sweep sweep;

    @BeforeEach
    void openAShopWithOneOpenAndOneSettledOrder() {
        follow();
        shop.place(FakeOrder.anOrder("open", clock.instant()));
        shop.place(FakeOrder.anOrder("settled", clock.instant()).withStatus("DELIVERED"));
        sync();
    }

    private Next sweepAfter(Duration duration) {
        clock.advance(duration);
        return sweep.run(account, new Run());
    }

    @Test
    void findsAChangeThatNobodyAnnounced() {
        shop.changeSilently("open", order -> order.withStatus("SHIPPED"));

        sweepAfter(Duration.ofHours(2));

        assertThat(archive.get(account, "open").status()).isEqualTo(OrderStatus.SHIPPED);
    }

    @Test
    void readsOnlyWhatIsOpenAndNotTooOften() {
        var before = shop.calls(Operation.ORDER);

        sweepAfter(Duration.ofHours(2));
        var next = sweepAfter(Duration.ofMinutes(5));

        assertThat(shop.calls(Operation.ORDER) - before).isEqualTo(1);
        assertThat(next).isInstanceOf(Next.Idle.class);
    }

    @Test
    void leavesAnOrderAloneOnceItIsSettled() {
        shop.changeSilently("open", order -> order.withStatus("CANCELLED"));
        sweepAfter(Duration.ofHours(2));
        var before = shop.calls(Operation.ORDER);

        sweepAfter(Duration.ofDays(30));

        assertThat(shop.calls(Operation.ORDER)).isEqualTo(before);
    }

    @Test
    void readsAgainWhatWasInQuarantine() {
        shop.place(FakeOrder.anOrder("broken", clock.instant()));
        shop.malform("broken");
        sync();
        assertThat(archive.quarantined(account)).containsExactly("broken");
        shop.repair("broken");

        sweepAfter(Duration.ofHours(2));

        assertThat(archive.quarantined(account)).isEmpty();
        assertThat(archive.ids(account)).contains("broken");
    }
}
