package dev.kontor.access;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;
import dev.kontor.access.users.Passwords;

import static org.assertj.core.api.Assertions.assertThat;

/** Here a guess is as dear as it is to be. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.access.password-memory=" + Passwords.MEMORY)
class LoginTests {

    @LocalServerPort
    int port;

    @Value("${kontor.data}")
    String data;

    @Autowired
    JdbcClient jdbc;

    HttpCaller nobody;
    String password;

    @BeforeEach
    void setUp() {
        nobody = HttpCaller.nobody(port);
        password = GeneratedPassword.in(data).read();
    }

    @AfterEach
    void forgetFailures() {
        jdbc.sql("delete from access.failures").update(); // others log in with the same name
    }

    @Test
    void answersTokensThatTellWhoIsCalling() {
        var tokens = nobody.tryLogin("Administrator", password);
        assertThat(tokens.json().propertyNames()).containsExactly("accessToken", "expiresIn", "refreshToken");
        assertThat(tokens.json().path("expiresIn").asInt()).isEqualTo(900);
        var me = nobody.withToken(tokens.text("accessToken")).get("/api/v1/auth/me");
        assertThat(me.text("name")).isEqualTo("administrator");
        assertThat(me.text("role")).isEqualTo("ADMINISTRATOR");
        assertThat(me.json().path("personalData").asBoolean()).isTrue();
    }

    @Test
    void passwordsAreKeptInAWayThatMakesGuessingDear() {
        assertThat(jdbc.sql("select password_hash from access.users")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .allSatisfy(hash -> assertThat(hash).startsWith("$argon2id$v=19$m=16384,t=2,p=1$"));
    }

    @Test
    void doesNotTellWhetherNameOrPasswordIsWrong() {
        var wrongPassword = nobody.tryLogin("administrator", "not the password");
        var unknownUser = nobody.tryLogin("somebody", "not the password");
        assertThat(wrongPassword.status()).isEqualTo(401);
        assertThat(unknownUser.body()).isEqualTo(wrongPassword.body());
        assertThat(wrongPassword.header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void nobodyHasANameThatTheDatabaseCannotKeep() {
        assertThat(nobody.tryLogin("admin\u0000istrator", password).status()).isEqualTo(400);
    }

    @Test
    void anAddressThatACallerOnlyClaimsToHaveIsNotBelieved() {
        var statuses = IntStream.rangeClosed(1, 11)
                .mapToObj(number -> nobody.with("X-Forwarded-For", "203.0.113." + number)
                        .post("/api/v1/auth/login", Map.of("username", "guessed", "password", "not the password"))
                        .status())
                .toList();
        assertThat(statuses.getLast()).isEqualTo(429);
    }

    @Test
    @Tag("speed")
    void takesAsLongForAnUnknownUserAsForAWrongPassword() {
        var ratios = IntStream.range(0, 9) // in turn, so that a machine that is busy is busy for both
                .mapToDouble(_ -> (double) nanosFor("somebody") / nanosFor("administrator"))
                .sorted()
                .toArray();
        assertThat(ratios[4]).isBetween(0.4, 2.5); // without hashing it would be 0.05
    }

    @Test
    void doesNotLetADisabledUserIn() {
        var caller = nobody.login("administrator", password);
        jdbc.sql("""
                insert into access.users select gen_random_uuid(), 'disabled', role, false, password_hash, false, null,
                  created_at, password_changed_at from access.users where name = 'administrator'""").update();
        assertThat(nobody.tryLogin("disabled", password).status()).isEqualTo(401);
        assertThat(caller.get("/api/v1/auth/me").status()).isEqualTo(200);
    }

    @Test
    void givesNewTokensForARefreshToken() {
        var first = nobody.tryLogin("administrator", password);
        var second = refresh(first.text("refreshToken"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("refreshToken")).isNotEqualTo(first.text("refreshToken"));
        assertThat(nobody.withToken(second.text("accessToken"))
                        .get("/api/v1/auth/me")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refreshesEvenWhenAnExpiredAccessTokenIsSentAlong() {
        var tokens = nobody.tryLogin("administrator", password);
        var answer = nobody.withToken("expired.or.nonsense")
                .post("/api/v1/auth/refresh", Map.of("refreshToken", tokens.text("refreshToken")));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void endsTheSessionWhenARefreshTokenIsUsedTwice() {
        var first = nobody.tryLogin("administrator", password);
        var second = refresh(first.text("refreshToken"));
        assertThat(refresh(first.text("refreshToken")).status()).isEqualTo(401);
        assertThat(refresh(second.text("refreshToken")).status()).isEqualTo(401);
        assertThat(nobody.withToken(second.text("accessToken"))
                        .get("/api/v1/auth/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void letsOneOfTwoSimultaneousRefreshesWinAtMost() throws Exception {
        var token = nobody.tryLogin("administrator", password).text("refreshToken");
        Callable<Integer> attempt = () -> refresh(token).status();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(java.util.Collections.nCopies(8, attempt)).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(statuses).filteredOn(status -> status == 200).hasSizeLessThanOrEqualTo(1);
            assertThat(statuses).filteredOn(status -> status != 200).containsOnly(401);
        }
    }

    @Test
    void endsTheSessionAtLogout() {
        var tokens = nobody.tryLogin("administrator", password);
        var caller = nobody.withToken(tokens.text("accessToken"));
        assertThat(caller.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(caller.post("/api/v1/auth/logout", "").status()).isEqualTo(204);
        assertThat(caller.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(refresh(tokens.text("refreshToken")).status()).isEqualTo(401);
    }

    @Test
    void refusesATokenThatWasChanged() {
        var token = nobody.tryLogin("administrator", password).text("accessToken");
        var parts = token.split("\\.");
        var unsigned = "eyJhbGciOiJub25lIn0." + parts[1] + ".";
        var changed = parts[0] + "." + parts[1] + "." + new StringBuilder(parts[2]).reverse();
        assertThat(nobody.withToken(unsigned).get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(nobody.withToken(changed).get("/api/v1/auth/me").status()).isEqualTo(401);
    }

    @Test
    void keepsNoTokenInTheDatabase() {
        var token = nobody.tryLogin("administrator", password).text("refreshToken");
        var stored = jdbc.sql("select encode(hash, 'hex') from access.refresh_tokens")
                .query(String.class)
                .list();
        assertThat(stored).isNotEmpty().noneMatch(token::contains);
    }

    private long nanosFor(String name) {
        var start = System.nanoTime();
        nobody.tryLogin(name, "not the password");
        return System.nanoTime() - start;
    }

    private HttpCaller.Answer refresh(String token) {
        return nobody.post("/api/v1/auth/refresh", Map.of("refreshToken", token));
    }
}
