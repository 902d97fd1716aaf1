package dev.kontor.access;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PeopleTests extends AccessFixture {

    private static final String GOOD = "kettle seventeen orbit";

    @Autowired
    TransactionOperations transaction;

    HttpCaller nobody;
    HttpCaller administrator;

    @BeforeEach
    void setUp() {
        nobody = nobody();
        administrator = loggedInAdministrator();
    }

    // Coming

    @Test
    void whoIsInvitedSetsAPasswordOnceAndMayWhatTheRoleSays() {
        var name = "Anna " + UUID.randomUUID();
        var invitation = invite(name, "MANAGER");
        assertThat(invitation.json().at("/user/invited").asBoolean()).isTrue();
        assertThat(nobody.tryLogin(name, GOOD).status()).isEqualTo(401);

        assertThat(setPassword(invitation, GOOD).status()).isEqualTo(204);

        assertThat(setPassword(invitation, GOOD + "2").status()).isEqualTo(401);
        var anna = nobody.login(name, GOOD);
        assertThat(anna.get("/api/v1/auth/me").text("role")).isEqualTo("MANAGER");
        assertThat(anna.get("/api/v1/users").status()).isEqualTo(403);
    }

    @Test
    void theLinkIsShownOnceAndKeptAsAHash() {
        var secret = invite("Bert " + UUID.randomUUID(), "VIEWER").text("secret");

        assertThat(administrator.get("/api/v1/users?limit=500").body()).doesNotContain(secret);
        assertThat(jdbc.sql("select l::text from access.password_links l")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(secret));
    }

    @Test
    void aLinkWorksForTwoDaysAndUntilThereIsAnother() {
        var late = invite("Carl " + UUID.randomUUID(), "VIEWER");
        advance(Duration.ofDays(2));
        assertThat(setPassword(late, GOOD).text("type")).isEqualTo("urn:kontor:problem:login-failed");

        administrator = loggedInAdministrator();
        var first = invite("Dora " + UUID.randomUUID(), "VIEWER");
        var second = administrator.post("/api/v1/users/" + id(first) + "/password-links", "");
        assertThat(second.status()).isEqualTo(201);
        assertThat(setPassword(first, GOOD).status()).isEqualTo(401);
        assertThat(setPassword(second, GOOD).status()).isEqualTo(204);
    }

    @Test
    void ofManyWhoUseALinkAtTheSameMomentOneSetsThePassword() throws Exception {
        var invitation = invite("Emma " + UUID.randomUUID(), "VIEWER");
        Callable<Integer> attempt = () -> setPassword(invitation, GOOD).status();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(Collections.nCopies(6, attempt)).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(statuses).containsOnlyOnce(204);
        }
    }

    @Test
    void aNameIsTakenOnceAndBadOnesAreNamed() {
        var name = "Fred " + UUID.randomUUID();
        invite(name, "VIEWER");

        assertThat(administrator
                        .post(
                                "/api/v1/users",
                                Map.of("name", name.toUpperCase(java.util.Locale.ROOT), "role", "VIEWER"))
                        .text("detail"))
                .contains("name");
        for (var bad : new String[] {"", "x", " ab", "a\u0000bc", "<b>x</b>", "a".repeat(101)}) {
            var answer = administrator.post("/api/v1/users", Map.of("name", bad, "role", "VIEWER"));
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.text("detail")).contains("name");
        }
        assertThat(administrator
                        .post("/api/v1/users", Map.of("name", "George", "role", "KING"))
                        .text("detail"))
                .contains("role");
    }

    @Test
    void passwordsThatEverybodyTriesAreRefused() {
        var name = "Hedwig" + UUID.randomUUID().toString().substring(0, 8);
        var invitation = invite(name, "VIEWER");

        for (var bad : new String[] {
            "short",
            "password1234",
            "qwertyuiop12",
            "111111111111",
            "iloveyou1234",
            name + " and more",
            "letmeinletmein"
        }) {
            var answer = setPassword(invitation, bad);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.text("detail")).contains("password");
        }
        assertThat(setPassword(invitation, GOOD).status()).isEqualTo(204);
    }

    @Test
    void aKeyInvitesNobody() {
        var key = administrator.post("/api/v1/api-keys", Map.of("name", "people", "scopes", Scope.values()));
        var program = nobody.withKey(key.text("key"));

        assertThat(program.post("/api/v1/users", Map.of("name", "Ida", "role", "VIEWER"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void thePageThatSetsThePasswordIsOpenAndRunsNothingButItsOwnScript() {
        var page = nobody.get("/password.html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'");
        assertThat(nobody.get("/password.js").status()).isEqualTo(200);
        assertThat(nobody.get("/password.css").status()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("<script>", "style=", "onsubmit");
    }

    // Changing

    @Test
    void aRoleTakesEffectAtOnceAndOnlyOnTheVersionThatWasSeen() {
        var name = "Jane " + UUID.randomUUID();
        var jane = somebody(name, "VIEWER");
        assertThat(jane.post("/api/v1/accounts", "{}").status()).isEqualTo(403);
        var path = "/api/v1/users/" + jane.get("/api/v1/auth/me").text("id");
        var etag = administrator.get(path).header("ETag");

        assertThat(patch(path, etag, Map.of("role", "MANAGER")).status()).isEqualTo(200);
        assertThat(patch(path, etag, Map.of("role", "VIEWER")).status()).isEqualTo(412);

        assertThat(jane.post("/api/v1/accounts", "{}").status()).isEqualTo(400);
    }

    @Test
    void whoIsDisabledIsOutAtOnceAndCannotComeBack() {
        var name = "Karl " + UUID.randomUUID();
        var karl = somebody(name, "MANAGER");
        var path = "/api/v1/users/" + karl.get("/api/v1/auth/me").text("id");

        assertThat(patch(path, "*", Map.of("enabled", false)).status()).isEqualTo(200);

        assertThat(karl.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(nobody.tryLogin(name, GOOD).status()).isEqualTo(401);
        assertThat(administrator.post(path + "/password-links", "").status()).isEqualTo(409);
    }

    @Test
    void somebodyIsAlwaysLeftWhoMayDoThis() {
        var path = "/api/v1/users/" + administrator.get("/api/v1/auth/me").text("id");
        jdbc.sql("update access.users set role = 'VIEWER' where name <> 'administrator'")
                .update(); // whom other tests left
        invite("Lena " + UUID.randomUUID(), "ADMINISTRATOR"); // has not come yet

        var answer = patch(path, "*", Map.of("role", "VIEWER"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("type")).isEqualTo("urn:kontor:problem:last-administrator");
        assertThat(patch(path, "*", Map.of("enabled", false)).status()).isEqualTo(409);
    }

    @Test
    void ofTwoAdministratorsWhoRemoveEachOtherAtTheSameMomentOneStays() throws Exception {
        var name = "Mary " + UUID.randomUUID();
        var one = somebody(name, "ADMINISTRATOR");
        jdbc.sql("update access.users set role = 'VIEWER' where name not in ('administrator', ?)")
                .param(name)
                .update(); // whom other tests left
        var first = "/api/v1/users/" + administrator.get("/api/v1/auth/me").text("id");
        var second = "/api/v1/users/" + one.get("/api/v1/auth/me").text("id");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads
                    .invokeAll(java.util.List.<Callable<Integer>>of(
                            () -> patch(administrator, second, Map.of("role", "VIEWER"))
                                    .status(),
                            () -> patch(one, first, Map.of("role", "VIEWER")).status()))
                    .stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(statuses).contains(200).doesNotHaveDuplicates();
        } finally {
            jdbc.sql(
                            "update access.users set role = case name when 'administrator' then 'ADMINISTRATOR' else 'VIEWER' end")
                    .update();
        }
    }

    // Logins

    @Test
    void everybodySeesAndEndsTheOwnLogins() {
        var name = "Nina " + UUID.randomUUID();
        var here = somebody(name, "VIEWER");
        var there = nobody.with("User-Agent", "A phone").tryLogin(name, GOOD);
        assertThat(there.status()).isEqualTo(200);

        var sessions = here.get("/api/v1/auth/sessions").json();
        assertThat(sessions).hasSize(2);
        var other = sessions.valueStream()
                .filter(session -> !session.path("present").asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(other.path("address").asString()).isNotEmpty();

        var end = "/api/v1/auth/sessions/" + other.path("id").asString();
        assertThat(somebody("Otto " + UUID.randomUUID(), "VIEWER").delete(end).status())
                .isEqualTo(404);
        assertThat(here.delete(end).status()).isEqualTo(204);
        assertThat(nobody.withToken(there.text("accessToken"))
                        .get("/api/v1/auth/me")
                        .status())
                .isEqualTo(401);
        assertThat(here.get("/api/v1/auth/me").status()).isEqualTo(200);
    }

    @Test
    void anAdministratorLogsSomebodyOutEverywhere() {
        var paul = somebody("Paul " + UUID.randomUUID(), "MANAGER");
        var path = "/api/v1/users/" + paul.get("/api/v1/auth/me").text("id") + "/sessions";
        assertThat(administrator.get(path).json()).hasSize(1);

        assertThat(administrator.delete(path).status()).isEqualTo(204);

        assertThat(paul.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(administrator.get(path).json()).isEmpty();
    }

    @Test
    void aLinkLetsSomebodyBackInAndEverybodyElseOut() {
        var name = "Rosa " + UUID.randomUUID();
        var rosa = somebody(name, "VIEWER");
        var id = rosa.get("/api/v1/auth/me").text("id");
        var link = administrator.post("/api/v1/users/" + id + "/password-links", "");
        assertThat(nobody.tryLogin(name, GOOD).status()).isEqualTo(200);

        assertThat(setPassword(link, "another orbit of kettles").status()).isEqualTo(204);

        assertThat(rosa.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(nobody.tryLogin(name, GOOD).status()).isEqualTo(401);
        assertThat(nobody.tryLogin(name, "another orbit of kettles").status()).isEqualTo(200);
    }

    @Test
    void aLoginThatIsOvertakenByANewPasswordIsRefused() throws Exception {
        var name = "Sven " + UUID.randomUUID();
        somebody(name, "VIEWER");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var login = transaction.execute(_ -> {
                jdbc.sql("update access.users set password_hash = 'another' where name = :name")
                        .param("name", name)
                        .update();
                var attempt = threads.submit(() -> nobody.tryLogin(name, GOOD).status());
                await().until(() -> jdbc.sql("""
                                select exists (select from pg_stat_activity
                                  where datname = current_database() and wait_event_type = 'Lock')""").query(Boolean.class).single());
                return attempt;
            });
            assertThat(login.get()).isEqualTo(401);
        }
    }

    private Answer invite(String name, String role) {
        var answer = administrator.post("/api/v1/users", Map.of("name", name, "role", role));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static String id(Answer invitation) {
        return invitation.json().at("/user/id").asString();
    }

    private Answer setPassword(Answer invitation, String password) {
        return nobody.post(
                "/api/v1/auth/password-links", Map.of("secret", invitation.text("secret"), "password", password));
    }

    private HttpCaller somebody(String name, String role) {
        assertThat(setPassword(invite(name, role), GOOD).status()).isEqualTo(204);
        return nobody.login(name, GOOD);
    }

    private Answer patch(String path, String etag, Map<String, Object> body) {
        return administrator
                .with("If-Match", etag)
                .send(
                        "PATCH",
                        path,
                        tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(body));
    }

    private static Answer patch(HttpCaller caller, String path, Map<String, Object> body) {
        return caller.with("If-Match", "*")
                .send(
                        "PATCH",
                        path,
                        tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(body));
    }
}
