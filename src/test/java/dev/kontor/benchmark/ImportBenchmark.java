package dev.kontor.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Brings a seller's past in with a small heap, and compares with PostgreSQL's own COPY of the same rows. */
@Tag("benchmark")
class ImportBenchmark {

    private final List<Double> rates = new ArrayList<>();
    private final List<Double> cold = new ArrayList<>();
    private final List<Double> ceilings = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> heaps = new ArrayList<>();
    private final List<Double> live = new ArrayList<>();
    private final List<Double> residents = new ArrayList<>();

    @Test
    void importsThePast() throws Exception {
        try (var server = Database.startServer()) {
            profile(Database.create(server));
            measure(Database.create(server));
        }
        new Report("import")
                .fact("orders", Size.ORDERS)
                .fact("runs", Size.RUNS)
                .fact("heap", Size.HEAP)
                .fact("options of the JVM", String.join(" ", Size.JVM))
                .fact("limits", "off")
                .fact("each run", "into empty tables, by one process of Kontor that has done one import before")
                .figure("orders a second", "1/s", Samples.of(rates))
                .figure("orders a second, the first import of a fresh process", "1/s", Samples.of(cold))
                .figure("the same rows by COPY", "1/s", Samples.of(ceilings))
                .atLeast("share of COPY", "", Samples.of(ratios), 0.5)
                .figure("heap after collection, most", "MB", Samples.of(heaps))
                .figure("alive after an import", "MB", Samples.of(live))
                .atMost("alive, growth by an import", "MB", Samples.of(List.of(growth())), 2)
                .figure("resident memory, most", "MB", Samples.of(residents))
                .write();
    }

    /** Tells where the time goes. */
    private void profile(Database database) throws Exception {
        var recording = JavaProcess.DIRECTORY.resolve("import.jfr");
        database.execute("create extension pg_stat_statements");
        var orders = Math.min(Size.ORDERS, 40_000);
        try (var sandbox = SandboxProcess.withPast("import-profile", orders, "--limits=off")) {
            var options = Profile.recording(recording);
            try (var kontor = KontorProcess.start("import-profile", options, database, sandbox)) {
                kontor.backfilled(kontor.connect(), Duration.ofMinutes(20));
            }
        }
        Profile.write("import of " + orders + " orders", recording, Instant.EPOCH, database);
    }

    private void measure(Database database) throws Exception {
        var gc = JavaProcess.DIRECTORY.resolve("import.gc");
        var copy = new Copy(database);
        try (var sandbox = SandboxProcess.withPast("import", Size.ORDERS, "--limits=off");
                var kontor = KontorProcess.start("import", List.of(Heap.option(gc)), database, sandbox)) {
            var account = kontor.connect();
            cold.add(Size.ORDERS / seconds(imported(account, kontor, database)));
            live.add(alive(kontor, gc));
            var warm = uptime(gc);
            for (int run = 0; run < Size.RUNS; run++) {
                copy.empty();
                database.execute("delete from orders.backfills");
                kontor.resume(account);
                database.execute("update scheduled_tasks set execution_time = now() where not picked");
                var took = imported(account, kontor, database);
                rates.add(Size.ORDERS / seconds(took));
                live.add(alive(kontor, gc));
                ceilings.add(Size.ORDERS / seconds(copy.measure()));
                ratios.add(rates.getLast() / ceilings.getLast());
            }
            residents.add((double) kontor.process().residentMegabytes());
            var heap = Heap.read(gc).between(warm, Double.MAX_VALUE);
            heaps.add(heap.most());
        }
    }

    /** The account rests afterwards, so that nothing is under way that would disturb the next measurement. */
    private static Duration imported(String account, KontorProcess kontor, Database database) throws SQLException {
        var took = kontor.backfilled(account, Duration.ofMinutes(30));
        assertThat(database.count("orders.orders")).isEqualTo(Size.ORDERS);
        kontor.pause(account, database);
        return took;
    }

    /** What a full collection leaves. */
    private static double alive(KontorProcess kontor, Path gc) throws IOException {
        kontor.process().collectGarbage();
        return Heap.read(gc).collections().getLast().megabytes();
    }

    private double growth() {
        return (live.getLast() - live.getFirst()) / (live.size() - 1);
    }

    private static double uptime(Path gc) throws IOException {
        return Heap.read(gc).collections().getLast().second();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
