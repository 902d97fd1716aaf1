package dev.kontor.orders.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.ShopFixture;
import dev.kontor.orders.Source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ArchiveModuleTests extends ShopFixture {

    private static final FakeLine MUG = new FakeLine("the-line", "offer-1", "SKU-1", "Mug", 2, "19.99");

    @Autowired
    Archive keeper;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    WordRows words;

    @Autowired
    JdbcClient jdbc;

    private Stored store(MarketplaceOrder... orders) {
        return transaction.execute(status -> keeper.store(account, List.of(orders), Source.FEED));
    }

    private MarketplaceOrder order(String id) {
        return FakeOrder.anOrder(id, clock.instant()).read(clock.instant());
    }

    /** With the line that the others have as well, as it was seen then. */
    private MarketplaceOrder sharing(String id, Instant asOf) {
        return FakeOrder.anOrder(id, clock.instant()).withLines(MUG).read(asOf);
    }

    private OrderView find(String id) {
        return archive.get(account, id);
    }

    /** With a sign in its number that PostgreSQL stores in no text. */
    private static MarketplaceOrder unstorable(MarketplaceOrder order) {
        return with(order, order.number() + '\0', order.lines());
    }

    private static MarketplaceOrder sentByTheMarketplace(MarketplaceOrder order) {
        var lines = order.lines().stream()
                .map(line -> new MarketplaceOrder.Line(
                        line.externalId(),
                        line.offer(),
                        line.sku(),
                        line.name(),
                        line.quantity(),
                        line.unitPrice(),
                        true))
                .toList();
        return with(order, order.number(), lines);
    }

    private static MarketplaceOrder with(MarketplaceOrder order, String number, List<MarketplaceOrder.Line> lines) {
        return new MarketplaceOrder(
                order.externalId(),
                number,
                order.status(),
                order.marketplaceStatus(),
                order.placedAt(),
                order.updatedAt(),
                order.total(),
                lines,
                order.revision(),
                order.asOf(),
                order.buyer(),
                order.document());
    }

    @Test
    void aValueThatTheDatabaseRefusesCostsItsOrderOnly() {
        var stored = store(order("one"), unstorable(order("bad")), order("two"));

        assertThat(stored.placed()).isEqualTo(2);
        assertThat(stored.refused()).isEqualTo(1);
        assertThat(archive.ids(account)).containsExactly("one", "two");
        assertThat(archive.quarantined(account)).containsExactly("bad");
    }

    @Test
    void remembersOfEachLineWhetherTheMarketplaceSendsIt() {
        store(order("own"), sentByTheMarketplace(order("theirs")));

        assertThat(find("own").lines()).noneMatch(OrderView.Line::fulfilledByMarketplace);
        assertThat(find("theirs").lines()).isNotEmpty().allMatch(OrderView.Line::fulfilledByMarketplace);
    }

    @Test
    void aChangeThatTheDatabaseRefusesLeavesTheOrderAsItWas() {
        store(order("one"));
        clock.advance(Duration.ofMinutes(1));
        var changed = FakeOrder.anOrder("one", clock.instant()).withStatus("SENT");

        var stored = store(unstorable(changed.read(clock.instant())), order("two"));

        assertThat(stored.refused()).isEqualTo(1);
        assertThat(find("one").marketplaceStatus()).isEqualTo("READY");
        assertThat(archive.ids(account)).containsExactly("one", "two");
    }

    /** A database in trouble is no fault of the order: the caller tries the whole batch again. */
    @Test
    void whatIsNoFaultOfAValueIsNobodysQuarantine() {
        jdbc.sql("""
                        create function trouble() returns trigger language plpgsql as
                        $$ begin raise exception 'trouble' using errcode = '40001'; end $$""").update();
        jdbc.sql("""
                        create trigger trouble before insert on orders.orders for each row
                        when (new.external_id = 'unlucky') execute function trouble()""").update();
        try {
            assertThatThrownBy(() -> store(order("one"), order("unlucky")))
                    .isInstanceOf(ConcurrencyFailureException.class);
        } finally {
            jdbc.sql("drop trigger trouble on orders.orders").update();
            jdbc.sql("drop function trouble").update();
        }

        assertThat(archive.ids(account)).isEmpty();
        assertThat(archive.quarantined(account)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoOrdersWithALineInCommonTheOneSeenEarlierWasMerged(boolean earlierFirst) {
        var earlier = sharing("earlier", clock.instant());
        var later = sharing("later", clock.instant().plusSeconds(10));

        store(earlierFirst ? earlier : later);
        store(earlierFirst ? later : earlier);

        assertThat(find("earlier").mergedInto()).isEqualTo(find("later").id());
        assertThat(find("later").mergedInto()).isNull();
    }

    @Test
    void anOrderThatIsGoneLivesOnWhereItsLinesDo() {
        store(sharing("old", clock.instant()), order("vanished"));
        store(sharing("new", clock.instant().plusSeconds(10)));

        assertThat(gone("old", "vanished")).isEqualTo(1); // of the other it was known

        assertThat(find("old").mergedInto()).isEqualTo(find("new").id());
        assertThat(find("old").goneAt()).isNull();
        assertThat(find("vanished").mergedInto()).isNull();
        assertThat(find("vanished").goneAt()).isNotNull();
        assertThat(gone("old", "vanished")).isZero();
    }

    @Test
    void aMergeTurnsAroundWhenTheSupposedSuccessorIsGoneAndTheOtherWasSeenSince() {
        store(sharing("a", clock.instant()));
        store(sharing("b", clock.instant().plusSeconds(10)));
        assertThat(find("a").mergedInto()).isEqualTo(find("b").id());
        store(sharing("a", clock.instant().plusSeconds(20)));

        assertThat(gone("b")).isEqualTo(1);

        assertThat(find("b").mergedInto()).isEqualTo(find("a").id());
        assertThat(find("a").mergedInto()).isNull();
        assertThat(archive.ids(account)).containsExactly("a");
    }

    private int gone(String... ids) {
        return transaction.execute(status -> keeper.gone(account.id(), List.of(ids), Source.SWEEP));
    }

    /** Else an order that is being stored meanwhile would bring the words back. */
    @Test
    void anErasureWaitsForWhoeverIsStoringOrders() {
        store(order("one"));
        assertThat(archive.found(account, "nowak")).containsExactly("one");
        var buyer = find("one").buyer();

        var erasure = transaction.<CompletableFuture<Void>>execute(status -> {
            keeper.lock(account.id());
            var waiting = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(it -> words.forget(buyer)));
            await().until(() -> waitingForALock() > 0);
            assertThat(waiting).isNotDone();
            return waiting;
        });

        assertThat(erasure).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(archive.found(account, "nowak")).isEmpty();
    }

    private int waitingForALock() {
        return jdbc.sql("""
                        select count(*) from pg_locks join pg_database on pg_database.oid = database
                        where locktype = 'advisory' and not granted and datname = current_database()""").query(Integer.class).single();
    }
}
