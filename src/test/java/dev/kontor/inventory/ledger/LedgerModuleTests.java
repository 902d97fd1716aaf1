package dev.kontor.inventory.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.StockChanged;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.proof.Proof;
import dev.kontor.orders.OrderId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

@InventoryTest
class LedgerModuleTests {

    @Autowired
    Ledger ledger;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Warehouses warehouses;

    @Autowired
    Positions positions;

    @Autowired
    Explanations explanations;

    @Autowired
    Proof proof;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Entry entry(String key, Item item, MovementKind kind, long present, long reserved) {
        return new Entry(
                key, stockroom.stock(item), kind, new Change.By(present, reserved), Cause.of("test", "a reason"));
    }

    @Test
    void writesMovementsWithTheBalancesAfterThem() {
        var item = stockroom.anItem();
        var key = UUID.randomUUID() + "/";

        ledger.post(List.of(
                entry(key + 1, item, MovementKind.RECEIPT, 10, 0),
                entry(key + 2, item, MovementKind.RESERVATION, 0, 3),
                entry(key + 3, item, MovementKind.SHIPMENT, -3, -3)));

        assertThat(stockroom.movements(item))
                .extracting(Movement::number, Movement::kind, Movement::presentAfter, Movement::reservedAfter)
                .containsExactly(
                        tuple(1L, MovementKind.RECEIPT, 10L, 0L),
                        tuple(2L, MovementKind.RESERVATION, 10L, 3L),
                        tuple(3L, MovementKind.SHIPMENT, 7L, 0L));
        assertThat(positions.of(item.id())).singleElement().satisfies(position -> {
            assertThat(position.present()).isEqualTo(7);
            assertThat(position.available()).isEqualTo(7);
            assertThat(position.movements()).isEqualTo(3);
        });
    }

    @Test
    void aKeyIsWrittenOnceAlsoWithinABatch() {
        var item = stockroom.anItem();
        var once = entry(UUID.randomUUID().toString(), item, MovementKind.RECEIPT, 5, 0);

        assertThat(ledger.post(List.of(once, once)).getLast()).isInstanceOf(Posted.Repeated.class);
        assertThat(ledger.post(List.of(once)).getFirst()).isInstanceOf(Posted.Repeated.class);

        assertThat(stockroom.present(item)).isEqualTo(5);
    }

    @Test
    void refusesToLeaveFewerThanNoneAndWritesTheRest() {
        var item = stockroom.anItemWith(2);
        var key = UUID.randomUUID() + "/";

        var posted = ledger.post(List.of(
                entry(key + 1, item, MovementKind.CORRECTION, -3, 0),
                entry(key + 2, item, MovementKind.RECEIPT, 1, 0)));

        assertThat(posted.getFirst()).isEqualTo(new Posted.Refused(2));
        assertThat(stockroom.present(item)).isEqualTo(3);
    }

    @Test
    void aSaleBeyondWhatIsThereIsRecordedAsOversold() {
        var item = stockroom.anItemWith(1);

        stockroom.post(UUID.randomUUID().toString(), item, MovementKind.RESERVATION, new Change.By(0, 3));

        assertThat(stockroom.available(item)).isEqualTo(-2);
        assertThat(stockroom.movements(item).getLast().oversold()).isEqualTo(2);
        assertThat(jdbc.queryForObject(
                        "select max(oversold) from inventory.movements m join inventory.positions p on p.id = position"
                                + " where item = ?",
                        Long.class,
                        item.id().value()))
                .isEqualTo(2);
    }

    @Test
    void whatIsShippedMustHaveBeenThere() {
        var item = stockroom.anItemWith(1);
        stockroom.post(UUID.randomUUID().toString(), item, MovementKind.RESERVATION, new Change.By(0, 3));

        stockroom.post(UUID.randomUUID().toString(), item, MovementKind.SHIPMENT, new Change.By(-3, -3));

        assertThat(stockroom.kinds(item))
                .endsWith(MovementKind.RESERVATION, MovementKind.CORRECTION, MovementKind.SHIPMENT);
        assertThat(stockroom.movements(item).get(2).present()).isEqualTo(2);
        assertThat(stockroom.present(item)).isZero();
        assertThat(stockroom.reserved(item)).isZero();
    }

    @Test
    void movementsAreFinal() {
        stockroom.anItemWith(1);

        for (var sql : List.of(
                "update inventory.movements set reason = 'x'",
                "delete from inventory.movements",
                "truncate inventory.movements")) {
            assertThatThrownBy(() -> jdbc.execute(sql))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void theDatabaseRefusesTwoMovementsFromOneBalance() {
        var item = stockroom.anItemWith(5);

        assertThatThrownBy(() ->
                        jdbc.update("""
                        insert into inventory.movements (position, number, idempotency_key, kind, present, reserved,
                          present_after, reserved_after, actor, reason, at)
                        select position, number, ?, kind, m.present, m.reserved, present_after, reserved_after, actor, reason, at
                        from inventory.movements m join inventory.positions p on p.id = position and item = ?""", UUID.randomUUID().toString(), item.id().value()))
                .hasMessageContaining("movements_pkey");
    }

    @Test
    void tellsWhichItemsChanged(AssertablePublishedEvents events) {
        var item = stockroom.anItem();
        var key = UUID.randomUUID().toString();

        stockroom.post(key, item, MovementKind.RECEIPT, new Change.By(5, 0));
        stockroom.post(key, item, MovementKind.RECEIPT, new Change.By(5, 0));

        assertThat(events.ofType(StockChanged.class).matching(it -> it.items().equals(List.of(item.id()))))
                .hasSize(1);
    }

    @Test
    void nothingIsLostBetweenThoseWhoMoveTheSameThingsInAnyOrder() throws Exception {
        var items = List.of(stockroom.anItem(), stockroom.anItem(), stockroom.anItem());
        var other = warehouses.create(UUID.randomUUID().toString()).id();
        Callable<Void> mover = () -> {
            for (int round = 0; round < 40; round++) {
                var shuffled = new ArrayList<>(items);
                Collections.shuffle(shuffled);
                var entries = new ArrayList<Entry>();
                for (var item : shuffled) {
                    entries.add(entry(UUID.randomUUID().toString(), item, MovementKind.RECEIPT, 1, 0));
                    entries.add(elsewhere(other, item));
                }
                ledger.post(entries);
            }
            return null;
        };

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var done : threads.invokeAll(Collections.nCopies(4, mover))) {
                done.get();
            }
        }

        for (var item : items) {
            assertThat(positions.of(item.id()))
                    .extracting(Positions.Position::present)
                    .containsExactly(160L, 160L);
        }
        assertThat(proof.prove().proven()).isTrue();
    }

    private static Entry elsewhere(WarehouseId warehouse, Item item) {
        return new Entry(
                UUID.randomUUID().toString(),
                StockAt.own(item.id(), warehouse),
                MovementKind.RECEIPT,
                new Change.By(1, 0),
                Cause.of("test", "a reason"));
    }

    @Test
    void oneOfManyWithTheSameKeyIsWritten() throws Exception {
        var item = stockroom.anItem();
        var entry = entry(UUID.randomUUID().toString(), item, MovementKind.RECEIPT, 5, 0);
        Callable<Posted> post = () -> ledger.post(List.of(entry)).getFirst();

        try (var threads = Executors.newFixedThreadPool(4)) {
            var outcomes = threads.invokeAll(Collections.nCopies(8, post)).stream()
                    .map(done -> done.resultNow())
                    .toList();
            assertThat(outcomes).filteredOn(Posted.Written.class::isInstance).hasSize(1);
        }

        assertThat(stockroom.present(item)).isEqualTo(5);
    }

    @Test
    void theProofFindsWhatWasTamperedWith() {
        stockroom.anItemWith(5);
        assertThat(proof.prove()).satisfies(verdict -> {
            assertThat(verdict.proven()).isTrue();
            assertThat(verdict.first()).isNull();
            assertThat(verdict.foldedHash()).isEqualTo(verdict.storedHash());
            assertThat(verdict.movements()).isPositive();
        });

        for (var tampering : List.of(
                "update inventory.positions set present = present + 1 where present = 5",
                "update inventory.movements set present = present + 1 where present = 5",
                "update inventory.movements set reserved_after = reserved_after + 1 where present = 5",
                "delete from inventory.movements where present = 5")) {
            transaction.executeWithoutResult(status -> {
                jdbc.execute("alter table inventory.movements disable trigger all");
                jdbc.update(tampering);
                var verdict = proof.prove();
                assertThat(verdict.proven()).as(tampering).isFalse();
                assertThat(verdict.differences()).isPositive();
                assertThat(verdict.first()).isNotNull();
                status.setRollbackOnly();
            });
        }
    }

    /** Random movements of all kinds, and at the instant of each: the terms add up to what it left. */
    @Test
    void theTermsOfAnExplanationAlwaysAddUp() {
        for (long seed = 1; seed <= 5; seed++) {
            var random = new Random(seed);
            var item = stockroom.anItem();
            IntStream.range(0, 60).forEach(round -> ledger.post(aRandomBatch(random, item)));
            for (var movement : stockroom.movements(item)) {
                var explained = explanations.of(item.id(), movement.at()).getFirst();
                assertThat(explained.presentTerms().stream()
                                .mapToLong(Explanations.PresentTerm::quantity)
                                .sum())
                        .as("present, seed %d", seed)
                        .isEqualTo(explained.present());
                assertThat(explained.reservedTerms().stream()
                                .mapToLong(Explanations.ReservedTerm::quantity)
                                .sum())
                        .as("reserved, seed %d", seed)
                        .isEqualTo(explained.reserved());
                assertThat(explained.movements()).isGreaterThanOrEqualTo(movement.number());
            }
            var last = explanations.of(item.id(), Instant.now()).getFirst();
            assertThat(last.available()).isEqualTo(stockroom.available(item));
            assertThat(explanations.of(item.id(), Instant.EPOCH)).isEmpty();
        }
    }

    private List<Entry> aRandomBatch(Random random, Item item) {
        return IntStream.rangeClosed(1, 1 + random.nextInt(3))
                .mapToObj(index -> aRandomEntry(random, item))
                .toList();
    }

    private Entry aRandomEntry(Random random, Item item) {
        var order = new OrderId(new UUID(1, random.nextInt(10)));
        var cause = new Cause("test", "a reason", order, "line-" + random.nextInt(2));
        var key = UUID.randomUUID().toString();
        var stock = stockroom.stock(item);
        int quantity = 1 + random.nextInt(9);
        return switch (random.nextInt(5)) {
            case 0 -> new Entry(key, stock, MovementKind.RESERVATION, new Change.By(0, quantity), cause);
            case 1 -> new Entry(key, stock, MovementKind.SHIPMENT, new Change.By(-quantity, 0), cause);
            case 2 -> entry(key, item, MovementKind.CORRECTION, -quantity, 0);
            case 3 -> new Entry(key, stock, MovementKind.COUNT, new Change.To(quantity), Cause.of("test", "a reason"));
            default -> entry(key, item, MovementKind.RECEIPT, quantity, 0);
        };
    }
}
