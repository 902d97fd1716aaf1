package dev.kontor.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.kontor.TestDatabase;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills a Kontor again and again while it brings in the past and follows what is new, and looks what is left. */
final class KillRounds {

    private final long seed;
    private final Random random;
    private final String database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database, "postgres", ""));
    private final Path directory;
    private final int port = KontorProcess.freePort();

    KillRounds(long seed, Path directory) {
        this.seed = seed;
        this.random = new Random(seed);
        this.directory = directory;
    }

    void run(int kills, int pastOrders) {
        System.out.println("kill -9, seed " + seed);
        try (var sandbox = SandboxInitializer.start(
                "seed=" + Math.floorMod(seed, 1_000_000),
                "orders=" + pastOrders,
                "sellers=1",
                "slowness=250ms",
                "access-token-life=20s", // so that some kills hit a renewal
                "live-orders-per-minute=6")) {
            sandbox.allegro().faults(Map.of(Fault.SLOW, 0.5));
            var seller = killAgainAndAgain(sandbox, kills);
            try (var kontor = start(sandbox, kills)) {
                seller.at(Seller.administrator(port));
                sandbox.allegro().faults(Map.of());
                sandbox.run(0);
                seller.awaitTruth();
                seller.certify();
                seller.awaitTruth();
                assertThat(kontor.output()).doesNotContain("OutOfMemoryError");
                assertNoEventTwice(sandbox, seller);
            }
        } catch (AssertionError e) {
            throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private Seller killAgainAndAgain(Sandbox sandbox, int kills) {
        Seller seller = null;
        for (int round = 0; round < kills; round++) {
            try (var kontor = start(sandbox, round)) {
                if (seller == null) {
                    seller = Seller.connected(sandbox, Seller.administrator(port))
                            .awaitFeed();
                    sandbox.run(60);
                }
                awaitSomeProgress();
                kontor.kill();
            }
        }
        return java.util.Objects.requireNonNull(seller);
    }

    private KontorProcess start(Sandbox sandbox, int round) {
        var settings = new java.util.ArrayList<>(List.of(SandboxInitializer.settings(sandbox.baseUrl())));
        settings.addAll(List.of(
                "kontor.database.url=" + database,
                "kontor.database.user=postgres",
                "kontor.data=" + directory.resolve("data"),
                "kontor.accounts.renewal.lease=5s",
                "kontor.accounts.authorization.lease=5s",
                "db-scheduler.missed-heartbeats-limit=4",
                "server.port=" + port));
        return KontorProcess.start(
                        directory.resolve("round-" + round + ".log"), Map.of(), settings.toArray(String[]::new))
                .awaitStart(port);
    }

    /** A random number of rows later, and a random instant after that. */
    private void awaitSomeProgress() {
        var from = rows();
        var more = 1 + random.nextInt(120);
        var rest = Duration.ofNanos(random.nextInt(400_000_000));
        Seller.waiting().pollInterval(Duration.ofMillis(20)).until(() -> rows() >= from + more);
        var until = System.nanoTime() + rest.toNanos();
        Seller.waiting().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() >= until);
    }

    private long rows() {
        return jdbc.sql("select (select count(*) from orders.orders) + (select count(*) from orders.order_events)")
                .query(Long.class)
                .single();
    }

    private void assertNoEventTwice(Sandbox sandbox, Seller seller) {
        var archived = jdbc.sql("select external_id from orders.order_events where account = ?")
                .param(seller.account())
                .query(String.class)
                .set();
        var first = archived.stream().mapToLong(Long::parseLong).min().orElseThrow();
        var truth = sandbox.allegro()
                .events(seller.number())
                .filter(event -> Long.parseLong(event.id()) >= first)
                .map(event -> event.id())
                .toList();
        assertThat(archived).containsExactlyInAnyOrderElementsOf(truth);
        assertThat(jdbc.sql("select count(*) from orders.order_events")
                        .query(Long.class)
                        .single())
                .isEqualTo(truth.size());
    }
}
