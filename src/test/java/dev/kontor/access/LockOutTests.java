package dev.kontor.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** The addresses are told by a proxy on the same machine, which this Kontor believes. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.forward-headers-strategy=native")
class LockOutTests extends AccessFixture {

    private static final String HOME = "203.0.113.1";
    private static final String ELSEWHERE = "198.51.100.1";
    private static final int HERE = 10;
    private static final int OF_PLACE = 50;
    private static final int OF_USER = 100;
    private static final int CODES = 5;

    HttpCaller administrator;
    Person anna;

    @BeforeEach
    void setUp() {
        jdbc.sql("delete from access.failures").update();
        administrator = loggedInAdministrator();
        anna = Person.invited(administrator, "Anna", "VIEWER");
    }

    // Passwords

    @Test
    void whoFailsTenTimesWaitsAMinuteForEachFurtherTry() {
        var there = anna.at(ELSEWHERE);
        fail(there, HERE);

        var refused = there.login();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.text("type")).isEqualTo("urn:kontor:problem:too-many-requests");
        assertThat(refused.text("detail")).contains("60 seconds");
        advance(Duration.ofSeconds(59));
        assertThat(there.login().header("Retry-After")).isEqualTo("1");
        advance(Duration.ofSeconds(1));
        assertThat(there.login().status()).isEqualTo(200);
    }

    @Test
    void whatIsRightCountsForNothing() {
        var there = anna.at(ELSEWHERE);
        IntStream.range(0, 2 * HERE)
                .forEach(_ -> assertThat(there.login().status()).isEqualTo(200));
        fail(there, HERE);
        assertThat(there.login().status()).isEqualTo(429);
    }

    @Test
    void manyAtTheSameMomentAreNoWayAround() throws Exception {
        var there = anna.at(ELSEWHERE);
        Callable<Integer> attempt = () -> there.login("not the password").status();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var statuses = threads.invokeAll(Collections.nCopies(3 * HERE, attempt)).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(statuses).containsOnly(401, 429);
            assertThat(statuses).filteredOn(status -> status == 401).hasSize(HERE);
        }
    }

    @Test
    void aNameThatNobodyHasIsRefusedInTheSameWay() {
        var ghost = new Person("Nobody at all", nobody()).at(ELSEWHERE);
        fail(ghost, HERE);

        var refused = ghost.login();

        fail(anna.at(ELSEWHERE), HERE);
        assertThat(refused.body()).isEqualTo(anna.at(ELSEWHERE).login().body());
        assertThat(jdbc.sql("select key from access.failures")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(key -> key.toLowerCase(java.util.Locale.ROOT).contains("nobody at all"));
    }

    @Test
    void anAddressFromWhichManyNamesWereTriedIsRefusedForAllButThoseItKnows() {
        assertThat(anna.at(ELSEWHERE).login().status()).isEqualTo(200);
        for (int name = 0; name < OF_PLACE / 5; name++) {
            fail(new Person("Guess " + name, nobody()).at(ELSEWHERE), 5);
        }

        assertThat(new Person("Another", nobody()).at(ELSEWHERE).login().status())
                .isEqualTo(429);
        assertThat(anna.at(ELSEWHERE).login().status()).isEqualTo(200);
        advance(Duration.ofSeconds(10));
        fail(new Person("Another", nobody()).at(ELSEWHERE), 1);
    }

    @Test
    void aNameThatIsTriedFromEverywhereLetsItsOwnerInWhereHeWasBefore() {
        assertThat(anna.at(HOME).login().status()).isEqualTo(200);
        besiege();

        assertThat(anna.at(ELSEWHERE).login().status()).as("a stranger").isEqualTo(429);
        assertThat(anna.at(HOME).login().status()).as("the owner at home").isEqualTo(200);
        assertThat(anna.at("2001:db8::1").login().status()).isEqualTo(429);
    }

    @Test
    void theSiegeOfANameEndsByItselfAndByALink() {
        besiege();
        assertThat(anna.at(ELSEWHERE).login().status()).isEqualTo(429);
        var link = administrator.post("/api/v1/users/" + id() + "/password-links", "");
        var replaced = anna.at(HOME)
                .caller()
                .post(
                        "/api/v1/auth/password-links",
                        Map.of("secret", link.text("secret"), "password", Person.PASSWORD));

        assertThat(replaced.status()).isEqualTo(204);
        assertThat(anna.at(HOME).login().status()).as("where the link was used").isEqualTo(200);
        assertThat(anna.at(ELSEWHERE).login().status()).isEqualTo(429);
        advance(Duration.ofMinutes(5));
        assertThat(anna.at(ELSEWHERE).login().status()).as("five minutes later").isEqualTo(200);
    }

    @Test
    void whereSomebodyHasNotBeenForThreeMonthsHeIsNotKnown() {
        assertThat(anna.at(HOME).login().status()).isEqualTo(200);
        advance(Duration.ofDays(90));
        besiege();

        assertThat(anna.at(HOME).login().status()).isEqualTo(429);
    }

    @Test
    void pagesAreNoWayAround() {
        var there = anna.at(ELSEWHERE);
        var credentials = Base64.getEncoder().encodeToString((anna.name() + ":wrong").getBytes(StandardCharsets.UTF_8));
        var browser = there.caller().with("Authorization", "Basic " + credentials);
        IntStream.range(0, HERE)
                .forEach(_ -> assertThat(browser.get("/v3/api-docs").status()).isEqualTo(401));

        var refused = browser.get("/v3/api-docs");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(there.login().status()).isEqualTo(429);
    }

    @Test
    void aStolenTokenIsNoWayToThePassword() {
        var caller = anna.at(ELSEWHERE).loggedIn();
        var change = Map.of("currentPassword", "wrong", "newPassword", "another orbit of kettles");
        IntStream.range(0, HERE)
                .forEach(_ -> assertThat(
                                caller.post("/api/v1/auth/password", change).status())
                        .isEqualTo(400));

        assertThat(caller.post("/api/v1/auth/password", change).status()).isEqualTo(429);
        assertThat(caller.post("/api/v1/auth/second-factor", Map.of("password", "wrong"))
                        .status())
                .isEqualTo(429);
    }

    // Codes

    @Test
    void fiveWrongCodesAreFollowedByFiveMinutes() {
        var there = anna.at(HOME);
        var caller = there.loggedIn();
        var secret = caller.post("/api/v1/auth/second-factor", Map.of("password", Person.PASSWORD))
                .text("secret");
        confirm(caller, secret);
        advance(Duration.ofMinutes(1));
        IntStream.range(0, CODES)
                .forEach(_ -> assertThat(there.loginWith("000000").status()).isEqualTo(401));

        var refused = there.loginWith(Person.code(secret, clock.instant()));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("300");
        assertThat(caller.post("/api/v1/auth/second-factor/removal", Map.of("code", "000000"))
                        .status())
                .isEqualTo(429);
        advance(Duration.ofMinutes(5));
        assertThat(there.loginWith(Person.code(secret, clock.instant())).status())
                .isEqualTo(200);
    }

    @Test
    void codesThatAreGuessedFromEverywhereAreFewAndDoNotKeepTheOwnerOut() {
        var home = anna.at(HOME);
        var caller = home.loggedIn();
        var secret = caller.post("/api/v1/auth/second-factor", Map.of("password", Person.PASSWORD))
                .text("secret");
        confirm(caller, secret);
        advance(Duration.ofMinutes(1));

        var statuses = IntStream.range(0, 20)
                .mapToObj(number ->
                        anna.at("198.51.100." + number).loginWith("000000").status())
                .toList();

        assertThat(statuses).filteredOn(status -> status == 401).hasSize(10);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(10);
        assertThat(home.loginWith(Person.code(secret, clock.instant())).status())
                .isEqualTo(200);
    }

    // Secrets

    @Test
    void whoTriesSecretsIsRefusedAfterAHundred() {
        var there = nobody().with("X-Forwarded-For", ELSEWHERE);
        var token = anna.at(HOME).login().text("refreshToken");
        IntStream.range(0, 50).forEach(_ -> {
            assertThat(refresh(there, "nonsense").status()).isEqualTo(401);
            assertThat(there.post("/api/v1/auth/password-links", Map.of("secret", "x", "password", Person.PASSWORD))
                            .status())
                    .isEqualTo(401);
        });

        assertThat(refresh(there, token).status()).isEqualTo(429);
        assertThat(refresh(anna.at(HOME).caller(), token).status()).isEqualTo(200);
        advance(Duration.ofSeconds(10));
        assertThat(refresh(there, "nonsense").status()).isEqualTo(401);
    }

    private static Answer refresh(HttpCaller caller, String token) {
        return caller.post("/api/v1/auth/refresh", Map.of("refreshToken", token));
    }

    private void confirm(HttpCaller caller, String secret) {
        var code = Person.code(secret, clock.instant());
        assertThat(caller.post("/api/v1/auth/second-factor/confirmation", Map.of("code", code))
                        .status())
                .isEqualTo(200);
    }

    /** From so many addresses that each alone is within its limits. */
    private void besiege() {
        for (int number = 0; number < OF_USER / 5; number++) {
            fail(anna.at("192.0.2." + number), 5);
        }
    }

    private static void fail(Person person, int times) {
        for (int time = 0; time < times; time++) {
            assertThat(person.login("not the password").status()).isEqualTo(401);
        }
    }

    private String id() {
        return administrator
                .get("/api/v1/users?limit=500")
                .json()
                .path("items")
                .valueStream()
                .filter(user -> user.path("name").asString().equals(anna.name()))
                .map(user -> user.path("id").asString())
                .findFirst()
                .orElseThrow();
    }
}
