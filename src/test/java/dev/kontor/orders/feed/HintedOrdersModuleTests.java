package dev.kontor.orders.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import com.zaxxer.hikari.HikariDataSource;

import dev.kontor.accounts.HintReceived;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FirstSign;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Subject;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HintedOrdersModuleTests extends ShopFixture {

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    Orders orders;

    private HintReceived ofOrder(String order) {
        return of(Subject.ORDER, order);
    }

    private HintReceived of(Subject subject, String order) {
        var hint = new Hint(
                UUID.randomUUID().toString(), subject, "wix.ecom.v1.order_updated", order, null, clock.instant());
        return new HintReceived(UUID.randomUUID(), account.id(), hint, clock.instant());
    }

    private HintReceived told(HintReceived... all) {
        transaction.executeWithoutResult(status -> List.of(all).forEach(events::publishEvent));
        return all[all.length - 1];
    }

    private void awaitSettled(HintReceived... all) {
        await().untilAsserted(() -> assertThat(shops.settled()).containsAll(HintedReading.deliveries(List.of(all))));
    }

    private void placedSilently(String id) {
        shop.placeSilently(FakeOrder.anOrder(id, clock.instant()));
        clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void readsAndArchivesTheOrderThatItIsToldOf() {
        placedSilently("o-1");

        awaitSettled(told(ofOrder("o-1")));

        var order = archive.get(account, "o-1");
        assertThat(order.status()).isEqualTo(OrderStatus.READY);
        assertThat(jdbc.sql("select archived_by from orders.orders where id = ?")
                        .param(order.id().value())
                        .query(String.class)
                        .single())
                .isEqualTo("HOOK");
    }

    /** Where as many requests as there are connections held one each and wanted another, all would wait for each other. */
    @Test
    void takesNoConnectionBesideThatOfWhoTellsIt() throws SQLException {
        placedSilently("o-1");
        var pool = dataSource.unwrap(HikariDataSource.class);
        var others = new ArrayList<Connection>();
        HintReceived hint;
        try {
            while (others.size() < pool.getMaximumPoolSize() - 1) {
                others.add(pool.getConnection());
            }
            hint = told(ofOrder("o-1"));
        } finally {
            for (var other : others) {
                other.close();
            }
        }

        awaitSettled(hint);
    }

    /** Also when the feed tells of it later, where it is known as one that cannot be read. */
    @Test
    void allSalesAreKnownOnlyUntilOneWasToldThatCannotBeRead() {
        shop.tellsNoFirstSigns();
        feed.run(account, new Run());
        var known = orders.watermark(account.id()).orElseThrow();
        clock.advance(Duration.ofMinutes(10));
        shop.place(FakeOrder.anOrder("o-1", clock.instant()));
        shop.malform("o-1");
        clock.advance(Duration.ofSeconds(1));

        awaitSettled(told(ofOrder("o-1")));
        clock.advance(Duration.ofMinutes(10));
        feed.run(account, new Run());

        assertThat(archive.quarantined(account)).containsExactly("o-1");
        assertThat(orders.watermark(account.id())).contains(known);
    }

    @Test
    void doesNotLetAFirstSignWaitForReadings() {
        placedSilently("o-1");
        placedSilently("o-2");
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        shop.onCall((operation, argument) -> {
            begun.countDown();
            awaitIt(goOn);
        });
        var first = told(ofOrder("o-1"));
        awaitIt(begun);

        var second = told(withSign("o-2"));

        await().untilAsserted(() -> assertThat(orders.withLines(account.id(), List.of("line-o-2")))
                .extracting(OrderView::version)
                .containsExactly(0));
        awaitSettled(second); // its order is read by others
        goOn.countDown();
        awaitSettled(first);
        announced.run(account, new Run());
        assertThat(orders.withLines(account.id(), List.of("line-o-2")))
                .extracting(OrderView::version)
                .containsExactly(1);
        assertThat(shop.laneOf("o-1")).isEqualTo(Lane.LIVE_ORDERS);
        assertThat(shop.laneOf("o-2")).isEqualTo(Lane.STOCK_INCREASE); // its goods are kept already
    }

    private HintReceived withSign(String order) {
        var sign = FirstSign.of(FakeOrder.anOrder(order, clock.instant()).read(clock.instant()));
        var id = UUID.randomUUID().toString();
        var hint = new Hint(id, Subject.ORDER, "CREATED", order, null, clock.instant(), null, sign);
        return new HintReceived(UUID.randomUUID(), account.id(), hint, clock.instant());
    }

    @Test
    void keepsWhatWasToldInTheOrdersHistory() {
        placedSilently("o-1");

        var hint = told(ofOrder("o-1"));
        awaitSettled(hint);

        assertThat(jdbc.sql("select type from orders.order_events where account = ? and external_id = ?")
                        .params(account.id().value(), hint.hint().id())
                        .query(String.class)
                        .single())
                .isEqualTo("wix.ecom.v1.order_updated");
    }

    @Test
    void whatIsToldManyTimesAtOnceIsReadOnceOrTwice() {
        placedSilently("o-1");
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        shop.onCall((operation, argument) -> {
            begun.countDown();
            awaitIt(goOn);
        });
        told(ofOrder("o-1"));
        awaitIt(begun);
        var more = new HintReceived[] {ofOrder("o-1"), ofOrder("o-1"), ofOrder("o-1")};
        told(more);
        shop.onCall((operation, argument) -> {});
        clock.advance(Duration.ofSeconds(1));
        goOn.countDown();

        awaitSettled(more);

        assertThat(shop.calls(Operation.ORDER)).isLessThanOrEqualTo(2);
    }

    @Test
    void doesNotReadWhatWasReadSinceTheHintCameIn() {
        placedSilently("o-1");
        var first = ofOrder("o-1");
        var late = ofOrder("o-1");
        clock.advance(Duration.ofSeconds(1));
        awaitSettled(told(first));

        awaitSettled(told(late));

        assertThat(shop.calls(Operation.ORDER)).isEqualTo(1);
    }

    @Test
    void doesNotReadForEachEventOfOneChange() {
        placedSilently("o-1");
        awaitSettled(told(ofOrder("o-1")));
        var updatedAt = jdbc.sql("select updated_at from orders.orders where account = ?")
                .param(account.id().value())
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        clock.advance(Duration.ofSeconds(1));

        awaitSettled(told(changed("o-1", updatedAt)));
        assertThat(shop.calls(Operation.ORDER)).isEqualTo(1);
        awaitSettled(told(changed("o-1", updatedAt.plusMillis(1))));
        assertThat(shop.calls(Operation.ORDER)).isEqualTo(2);
    }

    private HintReceived changed(String order, Instant at) {
        var id = UUID.randomUUID().toString();
        var hint = new Hint(id, Subject.ORDER, "CHANGED", order, null, clock.instant(), at, null);
        return new HintReceived(UUID.randomUUID(), account.id(), hint, clock.instant());
    }

    @Test
    void failsWhereTheMarketplaceIsAwayAndSettlesWhenItIsBack() {
        placedSilently("o-1");
        shop.failNext(Operation.ORDER, new Answer.Unavailable<>("away"));
        var hint = told(ofOrder("o-1"));
        await().until(() -> shops.failed().containsKey(hint.delivery()));
        assertThat(shops.failed().get(hint.delivery())).contains("away");
        assertThat(archive.all(account)).isEmpty();

        awaitSettled(told(hint));

        assertThat(archive.all(account)).hasSize(1);
    }

    @Test
    void oneOrderThatCannotBeReadCostsItselfOnly() {
        placedSilently("o-1");
        placedSilently("o-2");
        shop.malform("o-1");

        var both = new HintReceived[] {ofOrder("o-1"), ofOrder("o-2"), ofOrder("nobody-knows")};
        told(both);
        awaitSettled(both);

        assertThat(archive.quarantined(account)).containsExactly("o-1");
        assertThat(archive.all(account)).hasSize(1);
    }

    @Test
    void forgetsTheBuyerWhomTheMarketplaceErased() {
        placedSilently("o-1");
        awaitSettled(told(ofOrder("o-1")));
        assertThat(openVersions("o-1")).isPositive();
        clock.advance(Duration.ofSeconds(1));

        awaitSettled(told(of(Subject.ERASURE, "o-1")));

        await().untilAsserted(() -> assertThat(openVersions("o-1")).isZero());
        assertThat(archive.get(account, "o-1")).isNotNull();
    }

    @Test
    void leavesOtherNewsToOthers() {
        placedSilently("o-1");
        var other = of(Subject.STOCK, "o-1");
        var mine = ofOrder("o-1");

        told(other, mine);
        awaitSettled(mine);

        assertThat(shops.settled()).doesNotContain(other.delivery());
    }

    private long openVersions(String externalId) {
        var id = archive.get(account, externalId).id().value();
        return jdbc.sql("select count(*) from privacy.deposits where document = ? and ciphertext is not null")
                .param(id)
                .query(Long.class)
                .single();
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
