package dev.kontor.benchmark;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.kontor.Kontor;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.inventory.items.Warehouses;
import dev.kontor.inventory.ledger.Cause;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.inventory.ledger.ManualMovements;
import dev.kontor.inventory.ledger.ManualMovements.MoveStock;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.inventory.proof.Proof;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Movements a second, against the least that could be done: a bare conditional update for each, by the same threads over
 * the same connections of the same PostgreSQL, one transaction each.
 */
@Tag("benchmark")
class LedgerBenchmark {

    private static final int THREADS = 24;
    private static final int ITEMS = 1_000;
    private static final int BATCH = 50;
    private static final long PLENTY = 1_000_000_000;

    private ConfigurableApplicationContext kontor;
    private JdbcTemplate jdbc;
    private Ledger ledger;
    private ManualMovements movements;
    private List<StockAt> stocks;
    private Report report;

    @Test
    void movesStock() throws Exception {
        var directory = Files.createTempDirectory("kontor-ledger");
        try (var server = Database.startServer();
                var running = SpringApplication.run(
                        Kontor.class,
                        "--kontor.database.url=" + Database.create(server).url(),
                        "--kontor.data=" + directory,
                        "--kontor.sandbox.enabled=false",
                        "--server.port=0")) {
            kontor = running;
            prepare();
            report = new Report("ledger")
                    .fact("threads", THREADS)
                    .fact("items", ITEMS)
                    .fact("batch", BATCH)
                    .fact("runs", Size.RUNS)
                    .fact("seconds each", Size.LEDGER_SECONDS);
            compare("one hot item", 1);
            compare("1 000 items", ITEMS);
            report.write();
            assertThat(kontor.getBean(Proof.class).prove().first()).isNull();
        }
    }

    private void prepare() {
        jdbc = new JdbcTemplate(kontor.getBean(DataSource.class));
        ledger = kontor.getBean(Ledger.class);
        movements = kontor.getBean(ManualMovements.class);
        var warehouse = kontor.getBean(Warehouses.class).preferred().id();
        var catalogue = kontor.getBean(Catalogue.class);
        stocks = IntStream.range(0, ITEMS)
                .mapToObj(number -> anItem(catalogue, number))
                .map(item -> StockAt.own(item.id(), warehouse))
                .toList();
        ledger.post(stocks.stream()
                .map(stock -> entry(stock, MovementKind.RECEIPT, PLENTY))
                .toList());
        jdbc.execute("create table public.stock (id int primary key, quantity bigint not null check (quantity >= 0))");
        jdbc.update("insert into public.stock select id, ? from generate_series(0, ? - 1) as id", PLENTY, ITEMS);
        jdbc.execute("vacuum analyze");
    }

    private static Item anItem(Catalogue catalogue, int number) {
        return catalogue.create(new ItemWish("SKU-" + number, "Mug", null, ItemType.SIMPLE, List.of()));
    }

    private static Entry entry(StockAt stock, MovementKind kind, long present) {
        return new Entry(
                UUID.randomUUID().toString(), stock, kind, new Change.By(present, 0), Cause.of("benchmark", "a sale"));
    }

    private void compare(String what, int items) throws Exception {
        var bare = new ArrayList<Double>();
        var single = new ArrayList<Double>();
        var batched = new ArrayList<Double>();
        var shares = new ArrayList<Double>();
        var asked = new ArrayList<Double>();
        var askedShares = new ArrayList<Double>();
        var batchedShares = new ArrayList<Double>();
        for (int run = -1; run < Size.RUNS; run++) { // the first one warms up
            double updates = rate(() -> update(any(items)));
            double movements = rate(() -> move(items, 1));
            double oneByOne = rate(() -> ask(any(items)));
            double inBatches = rate(() -> move(items, BATCH));
            if (run >= 0) {
                bare.add(updates);
                single.add(movements);
                asked.add(oneByOne);
                batched.add(inBatches);
                shares.add(movements / updates);
                askedShares.add(oneByOne / updates);
                batchedShares.add(inBatches / updates);
            }
        }
        report.figure(what + ", bare updates", "1/s", Samples.of(bare))
                .figure(what + ", movements, one a transaction", "1/s", Samples.of(single))
                .figure(what + ", movements, asked for one by one", "1/s", Samples.of(asked))
                .figure(what + ", movements, " + BATCH + " a transaction", "1/s", Samples.of(batched))
                .figure(what + ", share of bare updates, one a transaction", "", Samples.of(shares))
                .atLeast(what + ", share of bare updates, asked for one by one", "", Samples.of(askedShares), 0.5)
                .atLeast(what + ", share of bare updates, in batches", "", Samples.of(batchedShares), 0.5);
    }

    private static int any(int items) {
        return ThreadLocalRandom.current().nextInt(items);
    }

    private int update(int id) {
        return jdbc.update("update public.stock set quantity = quantity - 1 where id = ? and quantity >= 1", id);
    }

    /** As the API does, whose callers each wait for their own answer. */
    private int ask(int item) {
        var key = UUID.randomUUID().toString();
        movements.move(new MoveStock(key, stocks.get(item), MovementKind.CORRECTION, -1, "user:benchmark", "a sale"));
        return 1;
    }

    private int move(int items, int movements) {
        return ledger.post(IntStream.range(0, movements)
                        .mapToObj(it -> entry(stocks.get(any(items)), MovementKind.CORRECTION, -1))
                        .toList())
                .size();
    }

    /** None of them may be lost: what is done is what the callers were told. */
    private double rate(Callable<Integer> work) throws Exception {
        long before = moved();
        var done = new LongAdder();
        var started = System.nanoTime();
        var until = started + TimeUnit.SECONDS.toNanos(Size.LEDGER_SECONDS);
        Callable<Void> worker = () -> {
            while (System.nanoTime() < until) {
                done.add(work.call());
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var future : threads.invokeAll(Collections.nCopies(THREADS, worker))) {
                future.get();
            }
        }
        var seconds = (System.nanoTime() - started) / 1e9;
        assertThat(moved() - before).isEqualTo(done.sum());
        return done.sum() / seconds;
    }

    private long moved() {
        return ITEMS * PLENTY * 2
                - jdbc.queryForObject("select sum(quantity) from public.stock", Long.class)
                - jdbc.queryForObject("select sum(present) from inventory.positions", Long.class);
    }
}
