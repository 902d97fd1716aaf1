package dev.kontor.orders.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.archive.FirstSigns;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.quarantine.QuarantineEntries;

import static org.assertj.core.api.Assertions.assertThat;

class FeedSyncModuleTests extends ShopFixture {

    @Autowired
    FeedStatus status;

    @Autowired
    Orders orders;

    @Autowired
    QuarantineEntries entries;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void followItsChanges() {
        sync(); // begins at the end of an empty log
    }

    private FakeOrder placed(String id) {
        return shop.place(FakeOrder.anOrder(id, clock.instant()));
    }

    @Test
    void archivesANewOrder() {
        placed("o-1");

        var run = sync();

        assertThat(run.status()).isEqualTo(Status.SUCCESS);
        assertThat(archive.get(account, "o-1")).satisfies(order -> {
            assertThat(order.status()).isEqualTo(OrderStatus.READY);
            assertThat(order.total().amount()).isEqualTo("39.98");
            assertThat(order.lines()).singleElement().satisfies(line -> {
                assertThat(line.sku()).isEqualTo("SKU-1");
                assertThat(line.quantity()).isEqualTo("2");
            });
        });
    }

    @Test
    void tellsWhatWasSoldBeforeTheOrderIsRead() {
        placed("o-1");
        shop.failNext(Operation.ORDER, new Answer.Throttled<>(clock.instant().plusSeconds(30)));

        sync();

        assertThat(archive.ids(account)).isEmpty();
        assertThat(orders.withLines(account.id(), List.of("line-o-1")))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.version()).isZero();
                    assertThat(told.lines())
                            .singleElement()
                            .satisfies(line -> assertThat(line.quantity()).isEqualTo("2"));
                    assertThat(orders.find(List.of(told.id()))).containsExactly(told);
                });
        assertThat(status.unread(account.id()).orders()).isOne();
        assertThat(status.unread(account.id()).oldest()).isEqualTo(clock.instant());
    }

    @Test
    void theOrderTakesThePlaceOfItsFirstSign() {
        placed("o-1");
        shop.failNext(Operation.ORDER, new Answer.Throttled<>(clock.instant().plusSeconds(30)));
        sync();
        var told = orders.withLines(account.id(), List.of("line-o-1")).getFirst();

        sync();

        assertThat(archive.get(account, "o-1").id()).isEqualTo(told.id());
        assertThat(orders.withLines(account.id(), List.of("line-o-1"))).containsExactly(archive.get(account, "o-1"));
        assertThat(status.unread(account.id())).isEqualTo(new FirstSigns.Unread(0, null));
    }

    @Test
    void aFirstSignGoesWithAnOrderThatIsNotThere() {
        placed("o-1");
        shop.failNext(Operation.ORDER, new Answer.Throttled<>(clock.instant().plusSeconds(30)));
        sync();
        shop.remove("o-1");

        sync();

        assertThat(orders.withLines(account.id(), List.of("line-o-1"))).isEmpty();
        assertThat(signs()).isZero();
    }

    @Test
    void ofAnOrderThatIsArchivedAnOldSignSaysNothing() {
        placed("o-1");
        shop.change("o-1", order -> order.withStatus("CANCELLED"));
        sync();
        shop.repeatLastChange();
        sync();

        assertThat(signs()).isZero();
        assertThat(orders.withLines(account.id(), List.of("line-o-1")))
                .extracting(OrderView::status)
                .containsExactly(OrderStatus.CANCELLED);
    }

    @Test
    void anOrderThatIsFoundAsItIsInTheArchiveIsNotReadOnceMore() {
        placed("o-1");
        sync();
        shop.tellAgain("o-1");
        shop.failNext(Operation.ORDER, new Answer.Throttled<>(clock.instant().plusSeconds(30)));

        var run = sync();

        assertThat(run.status()).isEqualTo(Status.SUCCESS);
        assertThat(run.skipped()).containsEntry("unchanged", 1L);
        assertThat(events("o-1")).isEqualTo(2);
    }

    @Test
    void anOrderThatIsFoundNewerThanInTheArchiveIsRead() {
        placed("o-1");
        sync();
        clock.advance(Duration.ofSeconds(1));
        shop.changeSilently("o-1", order -> order.withStatus("SHIPPED"));
        shop.tellAgain("o-1");

        sync();

        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.SHIPPED);
    }

    private long events(String order) {
        return jdbc.sql("select count(*) from orders.order_events where account = ? and external_order_id = ?")
                .param(account.id().value())
                .param(order)
                .query(Long.class)
                .single();
    }

    private long signs() {
        return jdbc.sql("select count(*) from orders.first_signs where account = ?")
                .param(account.id().value())
                .query(Long.class)
                .single();
    }

    @Test
    void followsAChangeAndKeepsWhatWasBefore() {
        placed("o-1");
        sync();
        shop.change("o-1", order -> order.withStatus("SHIPPED"));

        sync();

        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(archive.get(account, "o-1").version()).isEqualTo(2);
    }

    @Test
    void repeatedChangesAreReadOnce() {
        placed("o-1");
        sync();
        var reads = shop.calls(Operation.ORDER);
        shop.repeatLastChange();

        var run = sync();

        assertThat(shop.calls(Operation.ORDER)).isEqualTo(reads);
        assertThat(run.skipped()).containsEntry("duplicate", 1L);
        assertThat(archive.all(account)).hasSize(1);
    }

    @Test
    void changesOutOfOrderEndInTheNewestState() {
        placed("o-1");
        shop.change("o-1", order -> order.withStatus("CANCELLED"));
        shop.swapLastChanges();

        sync();

        assertThat(archive.get(account, "o-1").status()).isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    void oneUnreadableOrderCostsItselfOnly() {
        shop.tellsNoFirstSigns();
        IntStream.rangeClosed(1, 100).forEach(number -> placed("o-" + number));
        shop.malform("o-50");

        var run = sync();

        assertThat(archive.all(account)).hasSize(99);
        assertThat(archive.quarantined(account)).containsExactly("o-50");
        assertThat(run.skipped()).containsEntry("unreadable", 1L);
    }

    @Test
    void anUnreadableChangeDoesNotStopTheFeed() {
        shop.announceUnreadably();
        placed("o-1");

        sync();

        assertThat(archive.ids(account)).containsExactly("o-1");
        assertThat(archive.quarantined(account)).hasSize(1);
    }

    @Test
    void goesOnWhereItWasAfterAFaultInTheMiddle() {
        shop.tellsNoFirstSigns();
        IntStream.rangeClosed(1, 250).forEach(number -> placed("o-" + number));
        shop.onCall((operation, subject) -> {
            if (operation == Operation.ORDER && subject.equals("o-180")) {
                throw new IllegalStateException("planted");
            }
        });
        try {
            sync();
        } catch (IllegalStateException planted) {
            assertThat(planted).hasRootCauseMessage("planted");
        }
        shop.onCall((operation, subject) -> {});
        var archivedBefore = archive.all(account).size();
        var readBefore = shop.calls(Operation.ORDER);

        sync();

        assertThat(archivedBefore).isEqualTo(100);
        assertThat(shop.calls(Operation.ORDER) - readBefore).isEqualTo(150);
        assertThat(archive.all(account)).hasSize(250);
        assertThat(archive.events(account)).hasSize(250);
    }

    @Test
    void comesBackWhenTheMarketplaceAllowsIt() {
        shop.tellsNoFirstSigns();
        placed("o-1");
        var until = clock.instant().plus(Duration.ofMinutes(10));
        shop.failNext(Operation.ORDER, new Answer.Throttled<>(until));
        clock.advance(Duration.ofMinutes(1));
        var run = new Run();

        var next = feed.run(account, run);

        assertThat(next).isEqualTo(new Next.NotBefore(until));
        assertThat(run.status()).isEqualTo(Status.PARTIAL);
        sync();
        assertThat(archive.ids(account)).containsExactly("o-1");
    }

    @Test
    void anOrderWithoutAnAnswerForAMomentIsAskedForAgainInSeconds() {
        shop.tellsNoFirstSigns();
        placed("o-1");
        placed("o-2");
        shop.failAlways(Operation.ORDER, "o-1", new Answer.Unavailable<>("503"));
        clock.advance(Duration.ofMinutes(1));

        var next = feed.run(account, new Run());

        assertThat(next).isEqualTo(new Next.NotBefore(clock.instant().plusSeconds(5)));
        assertThat(archive.ids(account)).containsExactly("o-2");
        shop.heal();
        feed.run(account, new Run());
        assertThat(archive.ids(account)).containsExactly("o-1", "o-2");
        assertThat(archive.events(account)).hasSize(2);
        assertThat(archive.quarantined(account)).isEmpty();
    }

    @Test
    void anOrderThatNeverGetsAnAnswerHoldsNobodyUp() {
        shop.tellsNoFirstSigns();
        IntStream.rangeClosed(1, 10).forEach(number -> placed("o-" + number));
        shop.failAlways(Operation.ORDER, "o-5", new Answer.Unavailable<>("500"));

        for (int turn = 0; turn < 5; turn++) {
            sync();
            assertThat(archive.all(account)).hasSize(9);
            assertThat(archive.quarantined(account)).isEmpty();
        }
        placed("later");
        sync();

        assertThat(archive.quarantined(account)).containsExactly("o-5");
        assertThat(archive.ids(account)).contains("later");
    }

    @Test
    void anOnlyOrderWithoutAnAnswerIsPutAsideAfterSomeTries() {
        shop.tellsNoFirstSigns();
        placed("o-1");
        shop.failAlways(Operation.ORDER, new Answer.Unavailable<>("500"));
        for (int turn = 0; turn < 5; turn++) {
            assertThat(sync().status()).isNotEqualTo(Status.SUCCESS);
        }

        sync();

        assertThat(archive.quarantined(account)).containsExactly("o-1");
    }

    @Test
    void aMarketplaceThatIsAwayMakesTheRunFail() {
        shop.failNext(Operation.CHANGES, new Answer.Unavailable<>("503"));

        var run = sync();

        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.error()).isEqualTo("unavailable: 503");
    }

    @Test
    void followsOrdersThatAreMergedIntoAnother() {
        placed("o-1");
        placed("o-2");
        sync();
        shop.merge("o-3", "o-1", "o-2");

        sync();

        assertThat(archive.ids(account)).containsExactly("o-3");
        var successor = archive.get(account, "o-3").id();
        assertThat(archive.get(account, "o-1").mergedInto()).isEqualTo(successor);
        assertThat(archive.get(account, "o-2").mergedInto()).isEqualTo(successor);
    }

    @Test
    void anUnknownOrderIsNoFault() {
        shop.announceUnknown("never-seen");
        placed("o-1");

        var run = sync();

        assertThat(run.skipped()).containsEntry("gone", 1L);
        assertThat(archive.ids(account)).containsExactly("o-1");
    }

    @Test
    void theWatermarkMovesWithTheReading() {
        var before = status.find(account.id()).orElseThrow().watermark();

        sync();

        assertThat(status.find(account.id()).orElseThrow().watermark()).isAfter(before);
    }

    /** For it may be a sale, made after all that was known by then. */
    @Test
    void allSalesAreKnownOnlyUntilSomethingWasToldThatCannotBeRead() {
        shop.tellsNoFirstSigns();
        sync();
        var known = orders.watermark(account.id()).orElseThrow();
        clock.advance(Duration.ofMinutes(10));
        placed("o-1");
        shop.malform("o-1");
        clock.advance(Duration.ofMinutes(1));

        sync();
        clock.advance(Duration.ofMinutes(10));
        sync();

        assertThat(orders.watermark(account.id())).contains(known);
        assertThat(status.find(account.id()).orElseThrow().watermark()).isAfter(known.plus(Duration.ofMinutes(20)));
    }

    @Test
    void whatSomebodyAnswersForHoldsBackNothingHoweverOftenItIsTriedInVain() {
        shop.tellsNoFirstSigns();
        sync();
        broken("o-1");
        var known = orders.watermark(account.id()).orElseThrow();

        acknowledge("o-1");

        assertThat(orders.watermark(account.id()).orElseThrow()).isAfter(known);
        clock.advance(Duration.ofMinutes(10));
        shop.tellAgain("o-1");
        sync();
        assertThat(archive.quarantined(account)).containsExactly("o-1");
        assertThat(orders.watermark(account.id()).orElseThrow()).isAfter(known.plus(Duration.ofMinutes(10)));

        var then = orders.watermark(account.id()).orElseThrow();
        broken("o-2");
        sync();
        assertThat(orders.watermark(account.id())).contains(then);
    }

    @Test
    void whatWasReadInTheMeantimeIsAnsweredForAnew() {
        shop.tellsNoFirstSigns();
        sync();
        broken("o-1");
        acknowledge("o-1");
        shop.repair("o-1");
        shop.tellAgain("o-1");
        sync();
        assertThat(archive.quarantined(account)).isEmpty();
        var known = orders.watermark(account.id()).orElseThrow();

        shop.malform("o-1");
        shop.change("o-1", order -> order);
        sync();
        sync();

        assertThat(orders.watermark(account.id())).contains(known);
    }

    private void broken(String id) {
        clock.advance(Duration.ofMinutes(1));
        placed(id);
        shop.malform(id);
        sync();
    }

    private void acknowledge(String id) {
        entries.list(account.id(), false, new UUID(0, 0), 10).stream()
                .filter(entry -> id.equals(entry.externalId()))
                .forEach(entry -> entries.acknowledge(entry.id(), "person 1", "It sold nothing"));
    }

    @Test
    void whatWasBoughtBeforeTheBeginningIsLeftToTheBackfill() {
        var other = new FakeMarketplace("fake", clock);
        other.place(FakeOrder.anOrder("old", Instant.parse("2026-01-01T00:00:00Z")));
        account = shops.open(other);

        sync();

        assertThat(archive.all(account)).isEmpty();
    }
}
