package dev.kontor.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.kontor.FreePort;
import dev.kontor.TestDatabase;
import dev.kontor.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/** Two Kontors on one database and one Redis, which is lost and comes back while both are at work. */
@ExtendWith(OutputCaptureExtension.class)
class SharedBudgetTests {

    private static final int BURST = 10;
    private static final int PER_SECOND = 40;

    /** Both begin with nothing saved when they change over, but not at the same moment. */
    private static final int TOLERANCE = BURST + PER_SECOND;

    @TempDir
    Path directory;

    private final String database = TestDatabase.create();
    private final int otherPort = FreePort.find();
    private final TestRedis redis = TestRedis.start();

    private String[] settings(String name) {
        return new String[] {
            "kontor.data=" + directory.resolve(name),
            "kontor.keys=" + directory.resolve("keys"),
            "kontor.redis.url=" + redis.url(),
            "kontor.redis.retry=200ms",
            "kontor.allegro.page-size=5",
            "kontor.exchange.limits.allegro.application.burst=" + BURST,
            "kontor.exchange.limits.allegro.application.per-minute=" + 60 * PER_SECOND
        };
    }

    private KontorProcess startOther(String marketplace) {
        var settings = Kontors.arguments(marketplace, database, settings("other"));
        settings.remove("server.port=0");
        settings.add("server.port=" + otherPort);
        return KontorProcess.start(directory.resolve("other.log"), Map.of(), settings.toArray(String[]::new));
    }

    @Test
    void keepToOneLimitTogetherWhateverBecomesOfRedis(CapturedOutput output) throws Exception {
        try (var sandbox = SandboxInitializer.start("orders=600", "sellers=4", "list-delay=0s");
                var wire = new Wiretap(sandbox.baseUrl());
                var one = Kontors.start(wire.baseUrl(), database, settings("one"));
                var other = startOther(wire.baseUrl()).awaitStart(otherPort)) {
            var sellers = IntStream.range(0, 4)
                    .mapToObj(number -> Kontors.connect(sandbox, one))
                    .toList();
            awaitCalls(wire, 150);

            redis.stop();
            awaitCalls(wire, 300);
            redis.startAgain();
            awaitCalls(wire, 150);

            sellers.forEach(Seller::awaitTruth);
            Seller.waiting()
                    .untilAsserted(
                            () -> { // what has had nothing to ask for since has not noticed yet
                                for (var said :
                                        List.of(output.getAll(), Files.readString(directory.resolve("other.log")))) {
                                    assertThat(said).contains("Redis cannot be reached", "Redis is back");
                                }
                            });
            assertNeverTooMany(wire.calls.stream().sorted().toList());
        } finally {
            redis.stop();
        }
    }

    private static void awaitCalls(Wiretap wire, int more) {
        var wanted = wire.calls.size() + more;
        Seller.waiting().until(() -> wire.calls.size() >= wanted);
    }

    /** In no stretch of time, however long and wherever it begins. */
    private static void assertNeverTooMany(List<Long> nanos) {
        for (int first = 0; first < nanos.size(); first++) {
            for (int last = first; last < nanos.size(); last++) {
                var seconds = (nanos.get(last) - nanos.get(first)) / 1e9;
                var calls = last - first + 1;
                if (calls > BURST + TOLERANCE + PER_SECOND * seconds) {
                    throw new AssertionError("%d calls in %.1f s".formatted(calls, seconds));
                }
            }
        }
    }
}
