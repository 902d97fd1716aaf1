package dev.kontor.orders.rebuild;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.backfill.Backfill;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

class RebuildModuleTests extends ShopFixture {

    private static final UUID START = new UUID(0, 0);

    @Autowired
    Rebuild rebuild;

    @Autowired
    Backfill backfill;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void archiveTwoOrders() {
        shop.placeSilently(FakeOrder.anOrder("o-1", yesterday()));
        shop.placeSilently(FakeOrder.anOrder("o-2", yesterday()));
        feed.run(account, new Run());
        backfill.run(account, new Run());
    }

    private Instant yesterday() {
        return clock.instant().minusSeconds(86_400);
    }

    /** As an older Kontor may have understood the same document. */
    private void misunderstand() {
        var order = archive.get(account, "o-1").id().value();
        jdbc.sql("update orders.orders set status = 'UNKNOWN', total = 1 where id = ?")
                .param(order)
                .update();
        jdbc.sql("delete from orders.lines where order_id = ?").param(order).update();
        jdbc.sql("delete from orders.words where order_id = ? and not personal")
                .param(order)
                .update();
    }

    @Test
    void findsNothingWhereNothingDiffers() {
        assertThat(rebuild.compare(account, START, 100).differences()).isEmpty();
    }

    @Test
    void showsWhatWouldChangeAndChangesNothing() {
        misunderstand();

        var differences = rebuild.compare(account, START, 100).differences();

        assertThat(differences).extracting(Difference::field).containsExactlyInAnyOrder("status", "total", "lines");
        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.UNKNOWN);
    }

    @Test
    void makesOrdersAnewFromTheirDocuments() {
        misunderstand();
        assertThat(archive.found(account, "SKU-1")).containsExactly("o-2");

        rebuild.apply(account, START, 100);

        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.READY);
        assertThat(archive.get(account, "o-1").lines()).hasSize(1);
        assertThat(archive.found(account, "SKU-1")).containsExactly("o-1", "o-2");
        assertThat(archive.found(account, "anna nowak")).containsExactly("o-1", "o-2");
        assertThat(rebuild.compare(account, START, 100).differences()).isEmpty();
    }

    @Test
    void goesThroughTheArchiveInPortions() {
        var first = rebuild.compare(account, START, 1);
        var second = rebuild.compare(account, first.last(), 1);

        assertThat(first.last()).isNotNull().isNotEqualTo(second.last());
        assertThat(rebuild.compare(account, second.last(), 1).last()).isNull();
    }
}
