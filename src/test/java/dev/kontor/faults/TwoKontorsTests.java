package dev.kontor.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import dev.kontor.FreePort;
import dev.kontor.TestDatabase;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** Two Kontors on one database: one in this JVM, one in a process that can be killed. */
class TwoKontorsTests {

    /** Four of them missed, and not only because one waits for a processor. */
    private static final String QUICK_TAKEOVER = "db-scheduler.heartbeat-interval=3s";

    @TempDir
    Path directory;

    private final String database = TestDatabase.create();
    private final int otherPort = FreePort.find();

    private KontorProcess startOther(String marketplace) {
        var settings = Kontors.arguments(
                marketplace,
                database,
                "kontor.data=" + directory.resolve("other"),
                "kontor.keys=" + directory.resolve("keys"),
                QUICK_TAKEOVER);
        settings.remove("server.port=0");
        settings.add("server.port=" + otherPort);
        return KontorProcess.start(directory.resolve("other.log"), Map.of(), settings.toArray(String[]::new));
    }

    @Test
    void neverFollowOneAccountTwiceAtOnceAndOneTakesOverWhenTheOtherDies() throws IOException {
        try (var sandbox = SandboxInitializer.start("orders=50", "sellers=1", "slowness=300ms");
                var wire = new Wiretap(sandbox.baseUrl());
                var one = Kontors.start(
                        wire.baseUrl(),
                        database,
                        "kontor.data=" + directory.resolve("one"),
                        "kontor.keys=" + directory.resolve("keys"),
                        QUICK_TAKEOVER);
                var other = startOther(wire.baseUrl()).awaitStart(otherPort)) {
            var jdbc = one.getBean(JdbcClient.class);
            var seller = Kontors.connect(sandbox, one).awaitFeed().awaitTruth();
            sandbox.allegro().faults(Map.of(Fault.SLOW, 1.0));
            wire.eventCalls.set(0);

            Seller.waiting().atMost(Duration.ofMinutes(3)).until(() -> wire.eventCalls.get() >= 25);

            assertThat(wire.mostAtOnce).hasValue(1);
            assertNoRunsOverlap(seller.runs("feed"));

            Seller.waiting().pollInterval(Duration.ofMillis(10)).until(() -> holdsFeed(jdbc, other.pid()));
            other.kill();
            var bought = sandbox.allegro().buy(seller.number(), 3);
            sandbox.advance(Duration.ofSeconds(1));
            Seller.waiting()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> seller.archive().keySet().containsAll(bought));
            assertThat(wire.mostAtOnce).hasValue(1);
        }
    }

    private static boolean holdsFeed(JdbcClient jdbc, long pid) {
        return jdbc.sql("""
                        select count(*) from scheduled_tasks
                        where task_name = 'orders-feed' and picked and picked_by like ?""").param("kontor-" + pid + "-%").query(Integer.class).single() > 0;
    }

    private static void assertNoRunsOverlap(List<JsonNode> runs) {
        var sorted = runs.stream()
                .sorted(Comparator.comparing(
                        run -> Instant.parse(run.path("startedAt").asString())))
                .toList();
        for (int run = 1; run < sorted.size(); run++) {
            assertThat(Instant.parse(sorted.get(run).path("startedAt").asString()))
                    .isAfterOrEqualTo(
                            Instant.parse(sorted.get(run - 1).path("finishedAt").asString()));
        }
    }
}
