package dev.kontor.benchmark;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import dev.kontor.benchmark.SlowTelegram.Manner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How long orders take from the purchase to the archive, and loops for a turn, while alerts are raised: without a bot, and
 * with one whose Telegram answers, is slow, silent, away or has had enough.
 */
@Tag("benchmark")
class TelegramBenchmark {

    private static final int SECONDS = Integer.getInteger("benchmark.telegram.seconds", 60);
    private static final int WARM_UP = 10;

    /** Orders a second. */
    private static final int ORDERS = 4;

    private record Measured(Samples orders, Samples turns) {}

    @Test
    void noOrderWaitsForTelegram() throws Exception {
        var report = new Report("telegram")
                .fact("seconds", SECONDS)
                .fact("orders a second", ORDERS)
                .fact("alerts a second", 1)
                .fact("feed interval in seconds", 1);
        var measured = new LinkedHashMap<String, Measured>();
        try (var server = Database.startServer()) {
            measured.put("no bot", measure(server, null, null));
            for (var manner : Manner.values()) {
                try (var telegram = new SlowTelegram(manner)) {
                    measured.put(manner.name(), measure(server, telegram.url(), telegram));
                }
            }
            measured.put("REFUSES", measure(server, "http://127.0.0.1:" + JavaProcess.freePort(), null));
        }
        measured.forEach(
                (how, one) -> report.percentiles("Telegram " + how + ": purchase to archive", "s", one.orders(), 0)
                        .percentiles("Telegram " + how + ": a turn of the feed", "s", one.turns(), 0));
        report.write();
        var none = measured.get("no bot");
        assertThat(measured).allSatisfy((how, one) -> {
            within(how + ": orders", one.orders(), none.orders());
            within(how + ": turns", one.turns(), none.turns());
        });
    }

    /** A machine with other work to do has its own ups and downs; a Telegram that is waited for has thirty seconds. */
    private static void within(String what, Samples one, Samples none) {
        assertThat(one.median()).as(what + ", p50").isLessThan(none.median() * 1.5 + 0.1);
        assertThat(one.percentile(99)).as(what + ", p99").isLessThan(none.percentile(99) * 2 + 1);
    }

    private static Measured measure(EmbeddedPostgres server, @Nullable String url, @Nullable SlowTelegram telegram)
            throws Exception {
        var database = Database.create(server);
        var settings = new ArrayList<>(List.of(
                "--kontor.orders.interval.feed=1s",
                "--kontor.exchange.limits.allegro.application.burst=100000",
                "--kontor.exchange.limits.allegro.application.per-minute=6000000"));
        if (url != null) {
            settings.addAll(List.of("--kontor.telegram.token=" + SlowTelegram.TOKEN, "--kontor.telegram.url=" + url));
        }
        try (var sandbox = SandboxProcess.withPast("telegram", 1_000, "--limits=off");
                var kontor = KontorProcess.start(
                        "telegram", List.of(), database, sandbox, settings.toArray(String[]::new))) {
            pair(database);
            kontor.backfilled(kontor.connect(), Duration.ofMinutes(5));
            sell(sandbox, database, WARM_UP);
            var from = Instant.now();
            var bought = sell(sandbox, database, SECONDS);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> archived(database, bought).size() == bought.size());
            if (telegram != null) {
                assertThat(telegram.asked()).as("Telegram was asked").isPositive();
            }
            return new Measured(Samples.of(archived(database, bought)), Samples.of(turns(database, from)));
        }
    }

    /** A chat that hears of everything, so that each alert is something to say. */
    private static void pair(Database database) throws SQLException {
        database.execute("""
                insert into notifications.telegram_chats (id, chat, user_id, telegram_user, many, language, least, paired_at)
                select gen_random_uuid(), 1, id, 1, false, 'en', 'INFO', now() from access.users limit 1""");
    }

    /** Each second an alert of an origin of its own. */
    private static void raise(Database database) throws SQLException {
        database.execute("""
                with one as (
                  insert into notifications.alerts (id, cause, kind, severity, subject_type, subject_id, facts, state,
                    first_seen_at, last_seen_at, count)
                  select id, 'benchmark ' || id, 'PLAN_WAITING', 'CRITICAL', 'PLAN', id::text, '{}', 'OPEN', now(), now(), 1
                  from (select gen_random_uuid() as id) as fresh returning id)
                insert into notifications.telegram_news (key, alert, what) select id::text, id, 'RAISED' from one""");
    }

    private static Map<String, Instant> sell(SandboxProcess sandbox, Database database, int seconds)
            throws SQLException, InterruptedException {
        var bought = new LinkedHashMap<String, Instant>();
        var beginning = System.nanoTime();
        var never = new CountDownLatch(1);
        for (int order = 0; order < seconds * ORDERS; order++) {
            if (order % ORDERS == 0) {
                raise(database);
            }
            var now = Instant.now();
            sandbox.buy(1).forEach(id -> bought.put(id, now));
            var next = beginning + TimeUnit.SECONDS.toNanos(1) * (order + 1) / ORDERS;
            never.await(next - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return bought;
    }

    private static List<Double> archived(Database database, Map<String, Instant> bought) throws SQLException {
        var took = new ArrayList<Double>();
        try (var connection = database.open();
                var query = connection.prepareStatement(
                        "select external_id, extract(epoch from archived_at) from orders.orders where external_id = any(?)")) {
            query.setArray(1, connection.createArrayOf("text", bought.keySet().toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    took.add(rows.getDouble(2) - bought.get(rows.getString(1)).toEpochMilli() / 1e3);
                }
            }
        }
        return took;
    }

    private static List<Double> turns(Database database, Instant from) throws SQLException {
        var took = new ArrayList<Double>();
        try (var connection = database.open();
                var query = connection.prepareStatement("""
                        select extract(epoch from finished_at - started_at) from operations.sync_runs
                        where kind = 'feed' and read > 0 and started_at > to_timestamp(?)""")) {
            query.setDouble(1, from.toEpochMilli() / 1e3);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    took.add(rows.getDouble(1));
                }
            }
        }
        return took;
    }
}
