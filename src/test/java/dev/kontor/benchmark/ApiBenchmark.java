package dev.kontor.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast the interface answers with a large archive behind it, and how that grows. */
@Tag("benchmark")
class ApiBenchmark {

    private static final double AIM = 20;
    private static final String[] CALM = {"--kontor.orders.interval.sweep=7d", "--kontor.orders.interval.certificate=7d"
    };

    private final long seed = Long.getLong("benchmark.seed", 42);

    @Test
    void answersFast() throws Exception {
        var small = Math.min(Size.ORDERS, Size.ARCHIVE);
        var factor = Size.ARCHIVE / small;
        try (var server = Database.startServer();
                var sandbox = SandboxProcess.withPast("api", small, "--limits=off")) {
            var database = Database.create(server);
            Map<String, List<Double>> before;
            try (var kontor = KontorProcess.start("api-small", List.of(), database, sandbox, CALM)) {
                kontor.backfilled(kontor.connect(), Duration.ofMinutes(30));
                database.execute("vacuum analyze");
                before = measure(kontor, database);
            }
            new Multiplication(database).times(factor);
            try (var kontor = KontorProcess.start("api", List.of(), database, sandbox, CALM)) {
                report(before, measure(kontor, database), database);
            }
        }
    }

    private Map<String, List<Double>> measure(KontorProcess kontor, Database database) throws Exception {
        var kinds = Questions.about(database, kontor.caller()).kinds();
        var load = new OpenLoop(kontor.caller(), Size.REQUESTS_PER_SECOND, new Random(seed));
        load.run(kinds, Duration.ofSeconds(Math.min(30, Size.API_SECONDS))); // warms up
        return load.run(kinds, Duration.ofSeconds(Size.API_SECONDS));
    }

    private void report(Map<String, List<Double>> before, Map<String, List<Double>> after, Database database)
            throws Exception {
        var report = new Report("api")
                .fact("seed", seed)
                .fact("orders before", Size.ORDERS)
                .fact("orders", database.count("orders.orders"))
                .fact("words", database.count("orders.words"))
                .fact("distinct words", database.number("select count(distinct word) from orders.words"))
                .fact("buyers", database.count("privacy.buyers"))
                .fact("database in MB", database.number("select pg_database_size(current_database()) / 1048576"))
                .fact("filled by", Multiplication.HOW)
                .fact("requests a second", Size.REQUESTS_PER_SECOND + ", of the four kinds in turn")
                .fact("seconds", Size.API_SECONDS);
        for (var kind : List.of("get", "list", "filter", "search")) {
            var small = Samples.of(before.get(kind));
            var large = Samples.of(after.get(kind));
            report.figure(kind + ", p50 before", "ms", only(small.percentile(50)))
                    .figure(kind + ", p50", "ms", only(large.percentile(50)))
                    .figure(kind + ", p99 before", "ms", only(small.percentile(99)))
                    .atMost(kind + ", p99", "ms", only(large.percentile(99)), AIM)
                    .figure(kind + ", growth of p50", "times", only(large.percentile(50) / small.percentile(50)))
                    .figure(kind + ", all", "ms", large);
        }
        report.write();
    }

    private static Samples only(double value) {
        return Samples.of(List.of(value));
    }
}
