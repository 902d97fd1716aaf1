package dev.kontor.notifications.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertApiTests {

    @LocalServerPort
    int port;

    @Autowired
    Raising raising;

    private HttpCaller administrator;
    private AccountId account;

    @BeforeAll
    void logIn() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @BeforeEach
    void anAccountOfItsOwn() {
        account = new AccountId(UUID.randomUUID());
    }

    private Cause cause(AlertKind kind, String loop) {
        return new Cause(kind, Subject.of(account), loop);
    }

    private void raise(AlertKind kind, String loop) {
        var facts = Facts.none().with(Fact.LOOP, loop).with(Fact.IN_A_ROW, 3);
        raising.raise(cause(kind, loop), Sighting.of(UUID.randomUUID(), facts, Instant.now()));
    }

    private String path() {
        return "/api/v1/alerts/" + list("").json().at("/items/0/id").asString();
    }

    private Answer list(String more) {
        return administrator.get("/api/v1/alerts?account=" + account + more);
    }

    private int found(String more) {
        return list(more).json().path("items").size();
    }

    @Test
    void showsAnAlertWithItsStory() {
        raise(AlertKind.SYNC_FAILING, "feed");
        var alert = administrator.get(path());

        assertThat(alert.status()).isEqualTo(200);
        assertThat(alert.header("ETag")).isEqualTo("\"1\"");
        assertThat(alert.text("kind")).isEqualTo("SYNC_FAILING");
        assertThat(alert.text("severity")).isEqualTo("WARNING");
        assertThat(alert.text("state")).isEqualTo("OPEN");
        assertThat(alert.text("title"))
                .isEqualTo("an account that is not connected any more: the reading of new orders fails");
        assertThat(alert.json().at("/facts/inARow").asInt()).isEqualTo(3);
        assertThat(alert.json().at("/subject/type").asString()).isEqualTo("ACCOUNT");
        assertThat(alert.json().at("/subject/account").asString()).isEqualTo(account.toString());
        assertThat(alert.json().at("/story/0/what").asString()).isEqualTo("RAISED");
        assertThat(alert.json().has("escalateAt")).isTrue();
    }

    @Test
    void listsByPageAndFilters() {
        for (int loop = 0; loop < 5; loop++) {
            raise(loop < 2 ? AlertKind.SYNC_FAILING : AlertKind.SYNC_PARTIAL, "loop-" + loop);
        }
        raising.gone(cause(AlertKind.SYNC_PARTIAL, "loop-4"), Instant.now());
        raising.raise(
                cause(AlertKind.SYNC_PARTIAL, "loop-3"),
                Sighting.of("worse", Facts.none(), Instant.now()).as(Severity.CRITICAL));

        assertThat(found("")).isEqualTo(5);
        assertThat(found("&kind=SYNC_FAILING")).isEqualTo(2);
        assertThat(found("&state=RESOLVED")).isEqualTo(1);
        assertThat(found("&severity=CRITICAL")).isEqualTo(1);
        assertThat(found("&severity=CRITICAL&state=RESOLVED")).isZero();
        var seen = new ArrayList<String>();
        var after = "";
        do {
            var page = list("&limit=2" + after);
            page.json().path("items").forEach(it -> seen.add(it.path("id").asString()));
            after = page.json().has("next") ? "&after=" + page.text("next") : null;
        } while (after != null);
        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void exportsATable() {
        raise(AlertKind.SYNC_FAILING, "feed");
        var table = administrator.with("Accept", "text/csv").get("/api/v1/alerts?account=" + account);

        assertThat(table.body().lines()).hasSize(2);
        assertThat(table.body()).startsWith("id,kind,severity,state,title").contains("SYNC_FAILING,WARNING,OPEN,");
    }

    @Test
    void peopleActAndTheAuditLogKnows() {
        raise(AlertKind.SYNC_FAILING, "feed");
        var path = path();
        var until = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        var me = "person " + administrator.get("/api/v1/auth/me").text("id");

        var taken = administrator.with("If-Match", "\"1\"").send("POST", path + "/take", null);
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        assertThat(taken.text("state")).isEqualTo("TAKEN");
        assertThat(taken.text("handledBy")).isEqualTo(me);
        assertThat(taken.header("ETag")).isEqualTo("\"2\"");
        var late = administrator.with("If-Match", "\"1\"").send("POST", path + "/resolve", null);
        assertThat(late.status()).isEqualTo(412);

        var snoozed = administrator.post(path + "/snooze", Map.of("until", until.toString()));
        assertThat(snoozed.text("snoozedUntil")).isEqualTo(until.toString());
        assertThat(administrator.send("POST", path + "/resolve", null).text("resolvedBy"))
                .isEqualTo(me);
        var refused = administrator.send("POST", path + "/take", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("type")).isEqualTo("urn:kontor:problem:alert-resolved");
        assertThat(administrator.send("POST", path + "/reopen", null).text("state"))
                .isEqualTo("OPEN");

        var entries = administrator.get("/api/v1/audit?objectId=" + path.substring(path.lastIndexOf('/') + 1));
        assertThat(entries.json()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("action").asString()))
                .containsExactlyInAnyOrder("alert.taken", "alert.snoozed", "alert.resolved", "alert.reopened");
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        raise(AlertKind.SYNC_FAILING, "feed");
        var path = path();
        for (var until : List.of("2001-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "tomorrow", "")) {
            var refused = administrator.post(path + "/snooze", Map.of("until", until));
            assertThat(refused.status()).as(until).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/field").asString())
                    .as(until)
                    .isEqualTo("until");
        }
        assertThat(administrator
                        .post(path + "/snooze", "{}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("until");
        assertThat(list("&kind=NONSENSE").text("detail")).contains("kind", "SYNC_FAILING");
        assertThat(administrator.get("/api/v1/alerts/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }
}
