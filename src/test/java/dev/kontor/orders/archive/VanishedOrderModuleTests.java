package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.PublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.orders.ArchiveRobot;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.OrdersArchived.Merge;
import dev.kontor.orders.OrdersModuleTest;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;

import static org.assertj.core.api.Assertions.assertThat;

/** What the archive tells of orders that are gone, merged, or there after all. */
@OrdersModuleTest
@Import(ArchiveRobot.class)
class VanishedOrderModuleTests {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @Autowired
    Archive archive;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Shops shops;

    @Autowired
    ArchiveRobot robot;

    AccountView account;

    @BeforeEach
    void openAShop() {
        account = shops.open(new FakeMarketplace());
    }

    private static FakeOrder anOrder(String id, String... lines) {
        return FakeOrder.anOrder(id, NOON)
                .withLines(List.of(lines).stream()
                        .map(line -> new FakeLine(line, "offer-1", "SKU-1", "Mug", 1, "19.99"))
                        .toArray(FakeLine[]::new));
    }

    private static FakeOrder changed(FakeOrder order, Instant at) {
        return new FakeOrder(order.id(), "SHIPPED", NOON, at, 2, order.buyer(), order.lines(), order.extra());
    }

    private void seen(FakeOrder order, int minutesLater) {
        transaction.executeWithoutResult(status ->
                archive.store(account, List.of(order.read(NOON.plusSeconds(60L * minutesLater))), Source.FEED));
    }

    private int gone(String... ids) {
        return transaction.execute(status -> archive.gone(account.id(), List.of(ids), Source.SWEEP));
    }

    private OrderId id(String externalId) {
        return robot.get(account, externalId).id();
    }

    private List<OrdersArchived> told(PublishedEvents events) {
        var told = new ArrayList<OrdersArchived>();
        events.ofType(OrdersArchived.class)
                .matching(it -> it.account().equals(account.id()))
                .forEach(told::add);
        return told;
    }

    private OrdersArchived lastTold(PublishedEvents events) {
        return told(events).getLast();
    }

    @Test
    void anOrderThatIsGoneIsToldOnce(PublishedEvents events) {
        seen(anOrder("o-1", "a"), 1);

        assertThat(gone("o-1", "never-seen")).isEqualTo(1);
        assertThat(gone("o-1")).isZero();

        assertThat(told(events)).hasSize(2);
        assertThat(lastTold(events)).satisfies(told -> {
            assertThat(told.gone()).containsExactly(id("o-1"));
            assertThat(told.merged()).isEmpty();
            assertThat(told.source()).isEqualTo(Source.SWEEP);
        });
    }

    @Test
    void theSuccessorOfMergedOrdersTellsOfThem(PublishedEvents events) {
        seen(anOrder("o-1", "a"), 1);
        seen(anOrder("o-2", "b"), 1);

        seen(anOrder("o-3", "a", "b"), 2);

        assertThat(lastTold(events)).satisfies(told -> {
            assertThat(told.placed()).containsExactly(id("o-3"));
            assertThat(told.merged())
                    .containsExactlyInAnyOrder(new Merge(id("o-1"), id("o-3")), new Merge(id("o-2"), id("o-3")));
        });
    }

    @Test
    void anOldPictureOfAPredecessorTellsWhereItWent(PublishedEvents events) {
        seen(anOrder("o-3", "a", "b"), 2);

        seen(anOrder("o-1", "a"), 1);

        assertThat(lastTold(events)).satisfies(told -> {
            assertThat(told.placed()).containsExactly(id("o-1"));
            assertThat(told.merged()).containsExactly(new Merge(id("o-1"), id("o-3")));
        });
    }

    @Test
    void anOrderThatIsGoneAndWhoseLinesLiveOnWasMerged(PublishedEvents events) {
        seen(anOrder("o-1", "a"), 1);
        seen(anOrder("o-2", "b"), 1);
        seen(anOrder("o-2", "a", "b"), 2);

        assertThat(gone("o-1")).isEqualTo(1);

        assertThat(lastTold(events)).satisfies(told -> {
            assertThat(told.merged()).containsExactly(new Merge(id("o-1"), id("o-2")));
            assertThat(told.gone()).isEmpty();
            assertThat(told.reappeared()).isEmpty();
        });
    }

    @Test
    void aMergeInTheWrongDirectionIsTurnedRound(PublishedEvents events) {
        seen(anOrder("after", "a"), 2);
        seen(anOrder("before", "a"), 3);
        assertThat(lastTold(events).merged()).containsExactly(new Merge(id("after"), id("before")));
        seen(changed(anOrder("before", "a"), NOON.plusSeconds(600)), 1); // newer, by an older look

        gone("before");

        assertThat(lastTold(events)).satisfies(told -> {
            assertThat(told.merged()).containsExactly(new Merge(id("before"), id("after")));
            assertThat(told.reappeared()).containsExactly(id("after"));
            assertThat(told.gone()).isEmpty();
        });
        assertThat(robot.get(account, "after").mergedInto()).isNull();
    }

    @Test
    void anOrderThatIsThereAfterAllReappears(PublishedEvents events) {
        seen(anOrder("same", "a"), 1);
        seen(anOrder("changed", "b"), 1);
        gone("same", "changed");

        seen(anOrder("same", "a"), 2);
        seen(anOrder("changed", "b").withStatus("SHIPPED"), 2);

        var last = told(events).subList(told(events).size() - 2, told(events).size());
        assertThat(last.getFirst().reappeared()).containsExactly(id("same"));
        assertThat(last.getFirst().changed()).isEmpty();
        assertThat(last.getLast().reappeared()).containsExactly(id("changed"));
        assertThat(last.getLast().changed()).containsExactly(id("changed"));
    }

    @Test
    void whatIsSeenUnchangedIsNotTold(PublishedEvents events) {
        seen(anOrder("o-1", "a"), 1);

        seen(anOrder("o-1", "a"), 2);

        assertThat(told(events)).hasSize(1);
    }
}
