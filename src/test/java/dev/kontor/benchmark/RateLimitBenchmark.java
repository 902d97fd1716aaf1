package dev.kontor.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How much of what Allegro permits a backfill uses while the feed goes on. Pages are small on purpose: a hundred orders a
 * page at 150 pages a second are more than two processors store, and then storing would bind and not the limit.
 */
@Tag("benchmark")
class RateLimitBenchmark {

    private static final int PERMITTED = 9_000;
    private static final int PAGE = 5;
    private static final Duration FEED = Duration.ofSeconds(15);
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private final List<String> bought = new ArrayList<>();
    private final List<Instant> boughtAt = new ArrayList<>();

    @Test
    void usesThePermittedRate() throws Exception {
        var pages = (WARM_UP.toSeconds() + Size.RATE_SECONDS + 10) * PERMITTED / 60;
        var orders = (int) (pages * (PAGE - 1)); // each page begins with the last order of the one before
        try (var server = Database.startServer()) {
            var database = Database.create(server);
            try (var sandbox = SandboxProcess.withPast("rate", orders);
                    var kontor = KontorProcess.start(
                            "rate",
                            List.of(),
                            database,
                            sandbox,
                            "--kontor.allegro.page-size=" + PAGE,
                            "--kontor.orders.interval.feed=" + FEED.toSeconds() + "s")) {
                var account = kontor.connect();
                run(kontor, sandbox, account, database, orders);
            }
        }
    }

    private void run(KontorProcess kontor, SandboxProcess sandbox, String account, Database database, int orders)
            throws Exception {
        var started = System.nanoTime();
        await().atMost(Duration.ofMinutes(2)).until(() -> System.nanoTime() - started > WARM_UP.toNanos());
        var shares = new ArrayList<Double>();
        var before = requests(sandbox);
        var since = System.nanoTime();
        var end = since + Duration.ofSeconds(Size.RATE_SECONDS).toNanos();
        try (var buyers = Executors.newScheduledThreadPool(1)) {
            buyers.scheduleAtFixedRate(() -> buy(sandbox), 0, 2, TimeUnit.SECONDS);
            while (System.nanoTime() < end) {
                var from = since;
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> System.nanoTime() - from
                                >= Duration.ofSeconds(10).toNanos());
                var after = requests(sandbox);
                var now = System.nanoTime();
                shares.add((after - before) / ((now - since) / 1e9) * 60 / PERMITTED);
                before = after;
                since = now;
            }
            buyers.shutdownNow();
        }
        assertThat(kontor.backfill(account).path("state").asString())
                .as("a backfill that is still at work")
                .isEqualTo("RUNNING");
        report(sandbox, database, shares, orders);
    }

    private synchronized void buy(SandboxProcess sandbox) {
        var at = Instant.now();
        bought.addAll(sandbox.buy(1));
        boughtAt.add(at);
    }

    private static long requests(SandboxProcess sandbox) {
        return sandbox.counters()
                .path("requests")
                .propertyStream()
                .filter(it -> it.getKey().contains("/order"))
                .mapToLong(it -> it.getValue().asLong())
                .sum();
    }

    private void report(SandboxProcess sandbox, Database database, List<Double> shares, int orders) throws Exception {
        await().atMost(FEED.plusSeconds(30)).until(() -> delays(database).size() == bought.size());
        var counters = sandbox.counters();
        new Report("rate limit")
                .fact("permitted requests a minute", PERMITTED)
                .fact("page size", PAGE + ", so that the limit binds and not the storing")
                .fact("orders", orders)
                .fact("seconds", Size.RATE_SECONDS)
                .fact("feed interval in seconds", FEED.toSeconds())
                .atLeast("share of what is permitted, by 10 s", "", Samples.of(shares), 0.95)
                .atMost(
                        "most requests in any minute",
                        "",
                        Samples.of(
                                List.of(counters.path("mostRequestsInAnyMinute").asDouble())),
                        PERMITTED)
                .atMost(
                        "refused with 429",
                        "",
                        Samples.of(List.of(counters.path("tooManyRequests").asDouble())),
                        0)
                .atMost("live order, purchase to archive", "s", Samples.of(delays(database)), FEED.toSeconds())
                .atMost("feed, one run", "s", Samples.of(runs(database)), FEED.toSeconds())
                .write();
    }

    private synchronized List<Double> delays(Database database) throws Exception {
        var delays = new ArrayList<Double>();
        try (var connection = database.open();
                var query = connection.prepareStatement("""
                        select extract(epoch from archived_at) * 1000 from orders.orders where external_id = ?""")) {
            for (int index = 0; index < bought.size(); index++) {
                query.setString(1, bought.get(index));
                try (var rows = query.executeQuery()) {
                    if (rows.next()) {
                        delays.add((rows.getDouble(1) - boughtAt.get(index).toEpochMilli()) / 1000);
                    }
                }
            }
        }
        return delays;
    }

    private static List<Double> runs(Database database) throws Exception {
        var runs = new ArrayList<Double>();
        try (var connection = database.open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select extract(epoch from finished_at - started_at) from operations.sync_runs
                        where kind = 'feed' and status = 'SUCCESS'""")) {
            while (rows.next()) {
                runs.add(rows.getDouble(1));
            }
        }
        return runs;
    }
}
