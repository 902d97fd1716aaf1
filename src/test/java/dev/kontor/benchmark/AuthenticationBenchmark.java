package dev.kontor.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it adds to a request that the caller proves who it is. Compared is the same answer: that there is nothing at an
 * address, below {@code /hooks}, where nobody is asked, and below {@code /api}, where everybody is. So what is added is all
 * of finding out who calls, what they may, and how often they have called.
 *
 * <p>One request is under way at a time; those of a round come in random order. A caller who has rested is one whom Kontor
 * has to look up anew: a key that was not used for a minute, whose use is noted too, and a session that was not used for
 * some seconds.
 */
@Tag("benchmark")
class AuthenticationBenchmark {

    private static final double AIM = 2;
    private static final int ROUNDS = 1_000;
    private static final Duration PACE = Duration.ofMillis(10);

    /** One for every second round, so that each is at rest long enough before its next run. */
    private static final int SESSIONS = ROUNDS / 2;

    private final Random random = new Random(Long.getLong("benchmark.seed", 42));

    private enum Caller {
        NOBODY("nobody", "/hooks/v1/nothing/to/see"),
        KEY("a key"),
        TOKEN("an access token"),
        RESTED_KEY("a key that has rested"),
        RESTED_TOKEN("an access token that has rested");

        private final String text;
        private final String path;

        Caller(String text) {
            this(text, "/api/v1/nothing/to/sight");
        }

        Caller(String text, String path) {
            this.text = text;
            this.path = path;
        }
    }

    private record Run(Map<Caller, Samples> measured) {

        double added(Caller caller, double percent) {
            return measured.get(caller).percentile(percent)
                    - measured.get(Caller.NOBODY).percentile(percent);
        }
    }

    @Test
    void provesQuicklyWhoIsCalling() throws Exception {
        try (var server = Database.startServer();
                var sandbox = SandboxProcess.start("authentication");
                var kontor = KontorProcess.start(
                        "authentication",
                        List.of(),
                        Database.create(server),
                        sandbox,
                        "--kontor.api.limits.key=100000000",
                        "--kontor.api.limits.user=100000000",
                        "--kontor.api.limits.address=100000000")) {
            var person = kontor.logIn();
            var keys = all((Size.RUNS + 1) * ROUNDS, () -> key(person));
            var sessions = all(SESSIONS, kontor::logIn);
            var runs = new ArrayList<Run>();
            for (int run = 0; run <= Size.RUNS; run++) {
                runs.add(run(kontor, keys.subList(run * ROUNDS, (run + 1) * ROUNDS), sessions));
            }
            report(runs.subList(1, runs.size())); // the first one warms up
        }
    }

    private static HttpCaller key(HttpCaller person) {
        var key = person.post("/api/v1/api-keys", Map.of("name", "rests", "scopes", List.of("orders:read")));
        assertThat(key.status()).as(key.body()).isEqualTo(201);
        return HttpCaller.nobody(person.port()).withKey(key.text("key"));
    }

    private static <T> List<T> all(int count, Callable<T> made) throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<T>();
            for (var one : threads.invokeAll(Collections.nCopies(count, made))) {
                all.add(one.get());
            }
            return all;
        }
    }

    private Run run(KontorProcess kontor, List<HttpCaller> rested, List<HttpCaller> sessions) {
        var person = kontor.logIn();
        var measured = new EnumMap<Caller, List<Double>>(Caller.class);
        for (var caller : Caller.values()) {
            measured.put(caller, new ArrayList<>());
        }
        var order = new ArrayList<>(List.of(Caller.values()));
        var start = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(order, random);
            for (var caller : order) {
                if (caller == Caller.RESTED_TOKEN && round % 2 == 1) {
                    continue;
                }
                var http = switch (caller) {
                    case NOBODY -> HttpCaller.nobody(kontor.caller().port());
                    case KEY -> kontor.caller();
                    case TOKEN -> person;
                    case RESTED_KEY -> rested.get(round);
                    case RESTED_TOKEN -> sessions.get(round / 2);
                };
                measured.get(caller).add(milliseconds(http, caller.path));
            }
            var due = start + (round + 1) * PACE.toNanos();
            for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
        }
        var samples = new EnumMap<Caller, Samples>(Caller.class);
        measured.forEach((caller, values) -> samples.put(caller, Samples.of(values)));
        return new Run(samples);
    }

    private static double milliseconds(HttpCaller caller, String path) {
        var start = System.nanoTime();
        var answer = caller.get(path);
        var taken = System.nanoTime() - start;
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        return taken / 1e6;
    }

    private static void report(List<Run> runs) throws IOException {
        var report = new Report("authentication")
                .fact("runs", runs.size())
                .fact("requests of each kind a run", ROUNDS + ", of sessions that have rested " + SESSIONS)
                .fact("compared", "the answer that there is nothing, with and without asking who calls");
        for (var percent : List.of(50, 95, 99)) {
            report.figure(
                    Caller.NOBODY.text + ", p" + percent,
                    "ms",
                    over(runs, run -> run.measured().get(Caller.NOBODY).percentile(percent)));
        }
        for (var caller : Caller.values()) {
            if (caller == Caller.NOBODY) {
                continue;
            }
            report.figure("added by " + caller.text + ", p50", "ms", over(runs, run -> run.added(caller, 50)))
                    .figure("added by " + caller.text + ", p95", "ms", over(runs, run -> run.added(caller, 95)))
                    .atMost("added by " + caller.text + ", p99", "ms", over(runs, run -> run.added(caller, 99)), AIM);
        }
        report.write();
    }

    private static Samples over(List<Run> runs, Function<Run, Double> figure) {
        return Samples.of(runs.stream().map(figure).toList());
    }
}
