package dev.kontor.inventory.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.kontor.audit.Act;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.ledger.Entry.Change;

import static org.assertj.core.api.Assertions.assertThat;

@InventoryTest
class SharedPostingModuleTests {

    private static final int CALLERS = 40;

    @Autowired
    SharedPosting posting;

    @Autowired
    Stockroom stockroom;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void everyCallerGetsHisOwnAnswerAndFewTransactionsServeThemAll() throws Exception {
        var item = stockroom.anItem();

        var posted = new ArrayList<Posted>();
        for (var future : atOnce(Stream.generate(() -> receipt(stockroom.stock(item), 1))
                .limit(CALLERS)
                .toList())) {
            posted.add(future.get());
        }

        assertThat(posted)
                .extracting(it -> ((Posted.Written) it).movement().presentAfter())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.iterate(1L, it -> it + 1).limit(CALLERS).toList());
        assertThat(transactions(item)).isLessThan(CALLERS);
    }

    @Test
    void oneThatCannotBeWrittenCostsOnlyItself() throws Exception {
        var item = stockroom.anItem();
        var nowhere = StockAt.own(item.id(), new WarehouseId(UUID.randomUUID()));
        var good = Stream.generate(() -> receipt(stockroom.stock(item), 1)).limit(CALLERS);
        var bad = Stream.generate(() -> receipt(nowhere, 1)).limit(CALLERS / 10);

        int refused = 0;
        for (var future : atOnce(Stream.concat(bad, good).toList())) {
            try {
                assertThat(future.get()).isInstanceOf(Posted.Written.class);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(DataIntegrityViolationException.class);
                refused++;
            }
        }

        assertThat(refused).isEqualTo(CALLERS / 10);
        assertThat(stockroom.present(item)).isEqualTo(CALLERS);
    }

    private List<Future<Posted>> atOnce(List<Entry> entries) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(entries.stream()
                    .<Callable<Posted>>map(it ->
                            () -> posting.post(it, movement -> Act.of("stock.moved", "test", it.key())))
                    .toList());
        }
    }

    private long transactions(Item item) {
        return jdbc.queryForObject(
                "select count(distinct m.xmin::text) from inventory.movements m join inventory.positions p"
                        + " on p.id = m.position where p.item = ?",
                Long.class,
                item.id().value());
    }

    private static Entry receipt(StockAt stock, long quantity) {
        return new Entry(
                UUID.randomUUID().toString(),
                stock,
                MovementKind.RECEIPT,
                new Change.By(quantity, 0),
                Cause.of("test", "a reason"));
    }
}
