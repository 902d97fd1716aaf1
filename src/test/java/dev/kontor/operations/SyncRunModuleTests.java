package dev.kontor.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.privacy.RetentionFinished;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
class SyncRunModuleTests {

    @LocalServerPort
    int port;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    SchedulerClient scheduler;

    private final AccountId account = new AccountId(UUID.randomUUID());
    private final Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);

    private RunFinished run(String kind, Status status, Duration ago) {
        var finished = now.minus(ago);
        return new RunFinished(
                UUID.randomUUID(),
                account,
                kind,
                status,
                12,
                3,
                Map.of("unchanged", 9L),
                finished.minusMillis(1_500),
                finished,
                status == Status.FAILED ? "The marketplace is away." : null);
    }

    private void tell(RunFinished... runs) {
        for (var run : runs) {
            transaction.executeWithoutResult(status -> events.publishEvent(run));
        }
    }

    private HttpCaller caller() {
        return HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private List<String> ids(String query) {
        return caller().get("/api/v1/sync-runs?account=" + account + query)
                .json()
                .path("items")
                .valueStream()
                .map(it -> it.path("id").asString())
                .toList();
    }

    private static List<String> ids(RunFinished... runs) {
        return java.util.stream.Stream.of(runs).map(it -> it.id().toString()).toList();
    }

    @Test
    void roundsThatForgetBuyersAreAmongTheRuns() {
        var well = new RetentionFinished(UUID.randomUUID(), account.value(), 7, now.minusSeconds(2), now, null);
        var cut = new RetentionFinished(
                UUID.randomUUID(), account.value(), 0, now.minusSeconds(2), now, "it was cut off");
        for (var round : List.of(well, cut)) {
            transaction.executeWithoutResult(status -> events.publishEvent(round));
        }
        await().untilAsserted(() -> {
            assertThat(ids("&kind=buyer-retention&status=SUCCESS"))
                    .containsExactly(well.id().toString());
            assertThat(ids("&kind=buyer-retention&status=FAILED"))
                    .containsExactly(cut.id().toString());
        });
    }

    @Test
    void listsTheNewestFirstAndFilters() {
        var feed = run("feed", Status.SUCCESS, Duration.ofMinutes(3));
        var sweep = run("sweep", Status.PARTIAL, Duration.ofMinutes(2));
        var failed = run("feed", Status.FAILED, Duration.ofMinutes(1));
        tell(feed, failed, sweep);
        await().untilAsserted(() -> assertThat(ids("")).isEqualTo(ids(failed, sweep, feed)));

        assertThat(ids("&kind=feed")).isEqualTo(ids(failed, feed));
        assertThat(ids("&status=PARTIAL")).isEqualTo(ids(sweep));
        assertThat(ids("&kind=feed&status=FAILED")).isEqualTo(ids(failed));
        assertThat(ids("&kind=backfill")).isEmpty();
        assertThat(caller().get("/api/v1/sync-runs?status=BROKEN").text("detail"))
                .contains("status", "SUCCESS, PARTIAL, FAILED");
        var shown = caller().get("/api/v1/sync-runs?status=FAILED&account=" + account)
                .json()
                .at("/items/0");
        assertThat(shown.path("read").asLong()).isEqualTo(12);
        assertThat(shown.path("changed").asLong()).isEqualTo(3);
        assertThat(shown.at("/skipped/unchanged").asLong()).isEqualTo(9);
        assertThat(shown.path("durationMillis").asLong()).isEqualTo(1_500);
        assertThat(shown.path("error").asString()).isEqualTo("The marketplace is away.");
        assertThat(Instant.parse(shown.path("finishedAt").asString())).isEqualTo(failed.finishedAt());
    }

    @Test
    void pagesWithoutLosingRunsThatFinishedAtTheSameMoment() {
        var runs = new RunFinished[7];
        for (var i = 0; i < runs.length; i++) {
            runs[i] = run("feed", Status.SUCCESS, Duration.ofMinutes(i / 3));
        }
        tell(runs);
        await().untilAsserted(() -> assertThat(ids("")).hasSize(7));

        var seen = new ArrayList<String>();
        var caller = caller();
        String after = "";
        do {
            var page = caller.get("/api/v1/sync-runs?limit=2&account=" + account + after);
            page.json().path("items").forEach(it -> seen.add(it.path("id").asString()));
            after = page.json().has("next") ? "&after=" + page.text("next") : null;
        } while (after != null);

        assertThat(seen).isEqualTo(ids("")).containsExactlyInAnyOrderElementsOf(ids(runs));
    }

    @Test
    void aRunThatIsToldOfTwiceIsKeptOnce() {
        var run = run("feed", Status.SUCCESS, Duration.ofMinutes(1));
        var last = run("sweep", Status.SUCCESS, Duration.ZERO);
        tell(run, run, last);

        await().untilAsserted(() -> assertThat(ids("&kind=sweep")).hasSize(1));
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(ids("&kind=feed")).isEqualTo(ids(run)));
    }

    @Test
    void forgetsWholeDaysThatAreOlderThanTheRetention() {
        var old = run("feed", Status.SUCCESS, Duration.ofDays(92));
        var kept = run("feed", Status.SUCCESS, Duration.ofDays(88));
        tell(old, kept);
        await().untilAsserted(() -> assertThat(ids("")).isEqualTo(ids(kept, old)));

        await().ignoreExceptions() // it may be running
                .until(() -> scheduler.reschedule(
                        TaskInstanceId.of("operations-run-retention", "recurring"), Instant.now()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ids("")).isEqualTo(ids(kept)));
    }
}
