package dev.kontor.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import static org.awaitility.Awaitility.await;

/** New orders in a burst, from the purchase to the archive. */
@Tag("benchmark")
class SyncBenchmark {

    private static final int WARM_UPS = 2;
    private static final String[] WITHOUT_LIMITS = {
        "--kontor.exchange.limits.allegro.application.burst=100000",
        "--kontor.exchange.limits.allegro.application.per-minute=6000000"
    };

    @Test
    void bringsNewOrdersIn() throws Exception {
        var report = new Report("sync")
                .fact("new orders", Size.NEW_ORDERS)
                .fact("runs", Size.RUNS)
                .fact("feed interval in seconds", 5)
                .fact("warm-up runs", WARM_UPS);
        try (var server = Database.startServer()) {
            measure("limits off", server, report, List.of("--limits=off"), WITHOUT_LIMITS);
            measure("Allegro's limits on", server, report, List.of());
        }
        report.write();
    }

    /** Every order is asked for, and asked for again when it is paid for. */
    private static void measure(
            String title, EmbeddedPostgres server, Report report, List<String> simulation, String... settings)
            throws Exception {
        var whole = new ArrayList<Double>();
        var alone = new ArrayList<Double>();
        var database = Database.create(server);
        var arguments = new ArrayList<>(List.of(settings));
        arguments.add("--kontor.orders.interval.feed=5s");
        try (var sandbox = SandboxProcess.withPast("sync", 1_000, simulation.toArray(String[]::new));
                var kontor =
                        KontorProcess.start("sync", List.of(), database, sandbox, arguments.toArray(String[]::new))) {
            kontor.backfilled(kontor.connect(), Duration.ofMinutes(5));
            for (int run = 0; run < WARM_UPS + Size.RUNS; run++) {
                var took = sync(sandbox, database);
                if (run >= WARM_UPS) {
                    whole.add(took.whole());
                    alone.add(took.alone());
                }
            }
        }
        report.atMost(title + ": purchase to archive, waiting for the feed included", "s", Samples.of(whole), 5)
                .atMost(title + ": the feed's work alone", "s", Samples.of(alone), 5);
    }

    /** @param alone without the wait for the feed's next time */
    private record Took(double whole, double alone) {}

    private static Took sync(SandboxProcess sandbox, Database database) throws Exception {
        var started = Instant.now();
        var ids = sandbox.buy(Size.NEW_ORDERS);
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> archived(ids, database, "count(*)") == ids.size());
        var end = archived(ids, database, "extract(epoch from max(archived_at)) * 1000");
        var begun = firstRunAfter(started, end, database);
        return new Took((end - started.toEpochMilli()) / 1000, (end - begun) / 1000);
    }

    private static double archived(List<String> ids, Database database, String what) throws Exception {
        try (var connection = database.open();
                var query = connection.prepareStatement(
                        "select " + what + " from orders.orders where external_id = any(?)")) {
            query.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }

    /** When the run began that found the first of them, or the purchase where it was under way already. */
    private static double firstRunAfter(Instant started, double end, Database database) throws Exception {
        try (var connection = database.open();
                var query = connection.prepareStatement("""
                        select extract(epoch from min(started_at)) * 1000 from operations.sync_runs
                        where kind = 'feed' and read > 0 and finished_at >= to_timestamp(?) and started_at < to_timestamp(?)""")) {
            query.setDouble(1, started.toEpochMilli() / 1000.0);
            query.setDouble(2, end / 1000);
            return await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                try (var rows = query.executeQuery()) {
                                    return rows.next() ? Math.max(rows.getDouble(1), started.toEpochMilli()) : 0;
                                }
                            },
                            begun -> begun <= end);
        }
    }
}
