package dev.kontor.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Brings a seller's past in with a small heap, and compares with PostgreSQL's own COPY of the same rows. */
@Tag("benchmark")
class ImportBenchmark {

    private final List<Double> rates = new ArrayList<>();
    private final List<Double> ceilings = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> heaps = new ArrayList<>();
    private final List<Double> slopes = new ArrayList<>();
    private final List<Double> residents = new ArrayList<>();

    @Test
    void importsThePast() throws Exception {
        try (var server = Database.startServer()) {
            profile(Database.create(server));
            for (int run = 0; run < Size.RUNS; run++) {
                measure(Database.create(server), run);
            }
        }
        new Report("import")
                .fact("orders", Size.ORDERS)
                .fact("runs", Size.RUNS)
                .fact("heap", Size.HEAP)
                .fact("limits", "off")
                .fact(
                        "each run",
                        "a fresh process of Kontor and a fresh database, after one import to warm the machine up")
                .figure("orders a second", "1/s", Samples.of(rates))
                .figure("the same rows by COPY", "1/s", Samples.of(ceilings))
                .atLeast("share of COPY", "", Samples.of(ratios), 0.5)
                .figure("heap after collection, most", "MB", Samples.of(heaps))
                .atMost("heap after collection, growth", "MB/min", Samples.of(slopes), 5)
                .figure("resident memory, most", "MB", Samples.of(residents))
                .write();
    }

    /** Warms the machine up, and tells where the time goes. */
    private void profile(Database database) throws Exception {
        var recording = JavaProcess.DIRECTORY.resolve("import.jfr");
        database.execute("create extension pg_stat_statements");
        var orders = Math.min(Size.ORDERS, 40_000);
        try (var sandbox = SandboxProcess.withPast("import-profile", orders, "--limits=off")) {
            var options = List.of("-XX:StartFlightRecording=filename=" + recording + ",settings=profile");
            try (var kontor = KontorProcess.start("import-profile", options, database, sandbox)) {
                kontor.backfilled(kontor.connect(), Duration.ofMinutes(20));
            }
        }
        Profile.write("import of " + orders + " orders", recording, database);
    }

    private void measure(Database database, int run) throws Exception {
        var gc = JavaProcess.DIRECTORY.resolve("import-" + run + ".gc");
        try (var sandbox = SandboxProcess.withPast("import-" + run, Size.ORDERS, "--limits=off");
                var kontor = KontorProcess.start("import-" + run, List.of(Heap.option(gc)), database, sandbox)) {
            var started = System.nanoTime();
            var account = kontor.connect();
            var took = kontor.backfilled(account, Duration.ofMinutes(30));
            rates.add(Size.ORDERS / seconds(took));
            residents.add((double) kontor.process().residentMegabytes());
            assertThat(database.count("orders.orders")).isEqualTo(Size.ORDERS);
            remember(gc, seconds(took), seconds(Duration.ofNanos(System.nanoTime() - started)));
        }
        compare(database);
    }

    /** Without the first fifth, in which caches fill. */
    private void remember(Path gc, double took, double since) throws IOException {
        var whole = Heap.read(gc);
        var end = whole.collections().getLast().second();
        var heap = whole.between(end - took * 0.8, end);
        heaps.add(heap.most());
        slopes.add(heap.slope());
        assertThat(since).isGreaterThanOrEqualTo(took);
    }

    private void compare(Database database) throws SQLException, IOException {
        var copied = Size.ORDERS / seconds(new Copy(database).measure());
        ceilings.add(copied);
        ratios.add(rates.getLast() / copied);
        Files.createDirectories(JavaProcess.DIRECTORY);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
