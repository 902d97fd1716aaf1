package dev.kontor.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.forward-headers-strategy=native",
            "kontor.api.limits.key=6",
            "kontor.api.limits.user=12",
            "kontor.api.limits.address=30"
        })
class LimitTests extends AccessFixture {

    private static final String ME = "/api/v1/auth/me";

    HttpCaller nobody;
    HttpCaller administrator;

    @BeforeEach
    void setUp() {
        advance(Duration.ofMinutes(1)); // what the test before has used is there again
        nobody = nobody().with("X-Forwarded-For", "203.0.113.1");
        var login = nobody.post(
                "/api/v1/auth/login",
                Map.of(
                        "username",
                        "administrator",
                        "password",
                        GeneratedPassword.in(data).read()));
        administrator = nobody.withToken(login.text("accessToken"));
    }

    @Test
    void everyAnswerTellsWhatMayStillBeAskedFor() {
        var program = key();

        var first = program.get(ME);
        var second = program.get(ME);

        assertThat(first.headers().allValues("RateLimit-Policy"))
                .containsExactly("\"address\";q=30;w=60", "\"key\";q=6;w=60");
        assertThat(first.headers().allValues("RateLimit")).endsWith("\"key\";r=5;t=10");
        assertThat(second.headers().allValues("RateLimit")).endsWith("\"key\";r=4;t=20");
        assertThat(program.get("/api/v1/nothing").headers().allValues("RateLimit"))
                .endsWith("\"key\";r=3;t=30");
    }

    @Test
    void whatIsBeyondIsRefusedUntilOneMoreIsPermitted() {
        var program = key();
        exhaust(program, 6);

        var refused = program.get(ME);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.text("type")).isEqualTo("urn:kontor:problem:too-many-requests");
        assertThat(refused.text("detail")).contains("key", "10 seconds");
        assertThat(refused.headers().allValues("RateLimit")).endsWith("\"key\";r=0;t=60");
        assertThat(refused.header("X-Frame-Options")).isEqualTo("DENY");
        advance(Duration.ofSeconds(9));
        assertThat(program.get(ME).status()).isEqualTo(429);
        advance(Duration.ofSeconds(1));
        assertThat(program.get(ME).status()).isEqualTo(200);
        assertThat(program.get(ME).status()).isEqualTo(429);
    }

    @Test
    void eachKeyHasItsOwn() {
        var one = key();
        var other = key();
        exhaust(one, 6);

        assertThat(one.get(ME).status()).isEqualTo(429);
        assertThat(other.get(ME).status()).isEqualTo(200);
    }

    @Test
    void theSessionsOfAPersonHaveOneTogether() {
        var again = nobody.post(
                "/api/v1/auth/login",
                Map.of(
                        "username",
                        "administrator",
                        "password",
                        GeneratedPassword.in(data).read()));
        exhaust(administrator, 12);

        assertThat(nobody.withToken(again.text("accessToken")).get(ME).text("detail"))
                .contains("user");
    }

    @Test
    void anAddressIsRefusedWhoeverCallsFromItAndNoOther() {
        var stranger = nobody().with("X-Forwarded-For", "198.51.100.9");
        IntStream.range(0, 30)
                .forEach(number -> assertThat(
                                stranger.withKey("nonsense " + number).get(ME).status())
                        .isEqualTo(401));

        var refused = stranger.get(ME);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("detail")).contains("address");
        assertThat(stranger.post("/api/v1/auth/login", "{}").status()).isEqualTo(429);
        assertThat(stranger.get("/v3/api-docs").status()).isEqualTo(429);
        assertThat(stranger.get("/actuator/health").status()).isEqualTo(200);
        assertThat(administrator.get(ME).status()).isEqualTo(200);
    }

    private HttpCaller key() {
        var answer = administrator.post("/api/v1/api-keys", Map.of("name", "limits", "scopes", List.of("orders:read")));
        return nobody.withKey(answer.text("key"));
    }

    private static void exhaust(HttpCaller caller, int times) {
        assertThat(IntStream.range(0, times).mapToObj(_ -> caller.get(ME)).map(Answer::status))
                .containsOnly(200);
    }
}
