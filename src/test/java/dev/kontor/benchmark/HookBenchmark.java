package dev.kontor.benchmark;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.kontor.HttpCaller;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;

import static dev.kontor.ThreeAccounts.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How long Wix waits to be told that its word was taken, while Kontor is busy with another account's past. Each request is a
 * signed token that tells of another sale, as the sandbox makes them; here is measured what the sandbox does not tell, and at
 * a fixed pace, whether or not earlier ones were answered: a time counts from when the request was due.
 */
@Tag("benchmark")
class HookBenchmark {

    /** In milliseconds. */
    private static final double WIXS_PATIENCE = 1250;

    /** Bought so many seconds before it is told, so that it is paid for. */
    private static final int AHEAD = 2;

    /** Takes longer than the hooks. */
    private static final int PAST = 3 * Size.ORDERS;

    @Test
    void isAnsweredInTimeDuringABackfill() throws Exception {
        try (var server = Database.startServer();
                var allegro = SandboxProcess.withPast("hooks", PAST, "--limits=off");
                var wix = Sandbox.start(Scenario.of(
                        "orders=1",
                        "live-orders-per-minute=0",
                        "wix.orders=1",
                        "wix.live-orders-per-minute=0",
                        "live-pace=1000"))) {
            var database = Database.create(server);
            try (var kontor = KontorProcess.start("hooks", List.of(), database, allegro, settings(wix))) {
                connect(kontor.caller(), wix);
                var caller = HttpCaller.nobody(kontor.caller().port()).with("Content-Type", "text/plain");
                tell(caller, wix, Math.min(15, Size.HOOK_SECONDS)); // warms up
                var alone = tell(caller, wix, Math.min(15, Size.HOOK_SECONDS));
                var backfilled = kontor.connect();
                await().until(() -> archived(kontor, backfilled) > 1_000);
                var beside = tell(caller, wix, Size.HOOK_SECONDS);
                var brought = archived(kontor, backfilled);
                assertThat(kontor.backfill(backfilled).path("state").asString())
                        .as("when the last was told")
                        .isEqualTo("RUNNING");
                report(alone, beside, brought, database);
            }
        }
    }

    private static String[] settings(Sandbox wix) {
        return new String[] {
            "--kontor.wix.api-url=" + wix.baseUrl() + "/wix",
            "--kontor.wix.app-id=" + wix.scenario().wix().appId(),
            "--kontor.wix.app-secret=" + wix.scenario().wix().appSecret(),
            "--kontor.wix.webhook.key=" + wix.wix().entries().get("webhookKey"),
            "--kontor.exchange.limits.allegro.application.burst=100000",
            "--kontor.exchange.limits.allegro.application.per-minute=6000000"
        };
    }

    private static void connect(HttpCaller kontor, Sandbox wix) {
        var account = ok(kontor.post(
                        "/api/v1/accounts",
                        Map.of(
                                "name",
                                "Told of",
                                "marketplace",
                                "wix",
                                "ownerId",
                                UUID.randomUUID(),
                                "credentials",
                                Map.of("instanceId", wix.wix().entries().get("instanceId")))))
                .path("id")
                .asString();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> kontor.get("/api/v1/accounts/" + account + "/feed").status() == 200);
    }

    private static long archived(KontorProcess kontor, String account) {
        return kontor.backfill(account).path("read").asLong();
    }

    /** @return in milliseconds how long each answer took; none was a refusal */
    private static List<Double> tell(HttpCaller kontor, Sandbox wix, int seconds) {
        var took = Collections.synchronizedList(new ArrayList<Double>());
        Queue<String> sold = new ArrayDeque<>(wix.wix().buy(AHEAD * Size.HOOKS_PER_SECOND));
        var count = seconds * Size.HOOKS_PER_SECOND;
        var start = System.nanoTime() + Duration.ofSeconds(AHEAD).toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < count; number++) {
                var due = start + number * 1_000_000_000L / Size.HOOKS_PER_SECOND;
                sold.addAll(wix.wix().buy(1));
                var token = wix.wix().webhook(sold.remove());
                for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                threads.submit(() -> {
                    if (kontor.post("/hooks/v1/wix", token).status() == 200) {
                        took.add((System.nanoTime() - due) / 1e6);
                    }
                });
            }
        }
        assertThat(took.size()).as("taken").isEqualTo(count);
        return took;
    }

    private static void report(List<Double> alone, List<Double> beside, long brought, Database database)
            throws Exception {
        var late = beside.stream().filter(it -> it > WIXS_PATIENCE).count();
        new Report("hooks")
                .fact("hooks a second", Size.HOOKS_PER_SECOND)
                .fact("seconds", Size.HOOK_SECONDS)
                .fact("orders brought in beside them", brought)
                .fact("hints kept", database.count("accounts.deliveries"))
                .percentiles("answer, alone", "ms", Samples.of(alone), 0)
                .percentiles("answer, beside a backfill", "ms", Samples.of(beside), WIXS_PATIENCE)
                .figure("answers that came too late", "%", Samples.of(List.of(100.0 * late / beside.size())))
                .write();
    }
}
