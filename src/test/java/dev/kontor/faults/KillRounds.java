package dev.kontor.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.kontor.FreePort;
import dev.kontor.TestDatabase;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a Kontor again and again while it brings in the past and follows what is new, and looks what is left. Buyers buy a
 * while without it after each kill, however long the next one takes to start.
 */
final class KillRounds {

    private final long seed;
    private final Random random;
    private final String database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database, "postgres", ""));
    private final Path directory;
    private final int port = FreePort.find();

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
                assertEachEventOnce(sandbox, seller);
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
                }
                sandbox.run(60);
                awaitSomeProgress();
                kontor.kill();
            }
            sandbox.run(0);
            sandbox.advance(Duration.ofMinutes(5 + random.nextInt(30)));
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
                "db-scheduler.heartbeat-interval=2s", // one that waits for a processor is not to be taken for dead
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

    /** Orders may be whole before the feed has been through the log, because the certificate finds them too. */
    private void assertEachEventOnce(Sandbox sandbox, Seller seller) {
        var log = sandbox.allegro()
                .events(seller.number())
                .map(event -> event.id())
                .toList();
        Seller.waiting().untilAsserted(() -> {
            var archived = jdbc.sql("select external_id from orders.order_events")
                    .query(String.class)
                    .list();
            var first = archived.stream().mapToLong(Long::parseLong).min().orElseThrow();
            assertThat(archived).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(archived))
                    .isEqualTo(log.stream()
                            .filter(id -> Long.parseLong(id) >= first)
                            .collect(Collectors.toCollection(TreeSet::new)));
        });
    }
}
