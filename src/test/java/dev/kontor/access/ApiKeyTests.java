package dev.kontor.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.HttpCaller;
import dev.kontor.access.keys.KeyCheck;

import static org.assertj.core.api.Assertions.assertThat;

class ApiKeyTests extends AccessFixture {

    @Autowired
    KeyCheck check;

    HttpCaller nobody;
    HttpCaller administrator;

    @BeforeEach
    void setUp() {
        nobody = nobody();
        administrator = loggedInAdministrator();
    }

    @Test
    void actsWithItsOwnRole() {
        var key = create(Map.of("name", "reports", "role", "MANAGER"));
        var me = nobody.withKey(key.text("key")).get("/api/v1/auth/me");
        assertThat(me.text("kind")).isEqualTo("API_KEY");
        assertThat(me.text("id")).isEqualTo(key.text("id"));
        assertThat(me.text("role")).isEqualTo("MANAGER");
        assertThat(me.json().path("personalData").asBoolean()).isFalse();
    }

    @Test
    void isAViewerWithoutPersonalDataUnlessAskedFor() {
        var plain = create(Map.of("name", "plain"));
        assertThat(plain.text("role")).isEqualTo("VIEWER");
        assertThat(plain.json().path("personalData").asBoolean()).isFalse();
        var trusted = create(Map.of("name", "trusted", "personalData", true));
        assertThat(nobody.withKey(trusted.text("key"))
                        .get("/api/v1/auth/me")
                        .json()
                        .path("personalData")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void isShownOnceAndStoredAsAHash() {
        var key = create(Map.of("name", "once")).text("key");
        var secret = key.substring(key.lastIndexOf('_') + 1);
        assertThat(key).matches("kontor_[0-9a-f]{12}_[0-9a-f]{64}");
        assertThat(administrator.get("/api/v1/api-keys?limit=500").body()).doesNotContain(secret);
        assertThat(jdbc.sql("select api_keys::text from access.api_keys")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(secret));
    }

    @Test
    void hasANameThatCanBeRead() {
        for (var name : List.of("", " ", "a\u0000b", "two\nlines", "a".repeat(101))) {
            var answer = administrator.post("/api/v1/api-keys", Map.of("name", name));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail")).contains("name");
        }
    }

    @Test
    void expiresAtNoNumber() {
        for (var time : List.<Object>of(1_893_456_000, 1_893_456_000.5, "1893456000")) {
            var answer = administrator.post("/api/v1/api-keys", Map.of("name", "when", "expiresAt", time));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail")).contains("expiresAt");
        }
    }

    @Test
    void stopsWorkingWhenItExpires() {
        var expiry = clock.instant().plus(Duration.ofHours(1));
        var caller = nobody.withKey(create(Map.of("name", "expiring", "expiresAt", expiry.toString()))
                .text("key"));
        assertThat(caller.get("/api/v1/auth/me").status()).isEqualTo(200);
        advance(Duration.ofHours(1));
        assertThat(caller.get("/api/v1/auth/me").status()).isEqualTo(401);
    }

    @Test
    void stopsWorkingWhenItIsDeleted() {
        var key = create(Map.of("name", "short-lived"));
        var caller = nobody.withKey(key.text("key"));
        assertThat(caller.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(administrator.delete("/api/v1/api-keys/" + key.text("id")).status())
                .isEqualTo(204);
        assertThat(caller.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(administrator.delete("/api/v1/api-keys/" + key.text("id")).status())
                .isEqualTo(404);
    }

    @Test
    void refusesAKeyWithAnotherSecret() {
        var key = create(Map.of("name", "guessed")).text("key");
        var guessed = key.substring(0, key.length() - 64) + "0".repeat(64);
        assertThat(nobody.withKey(guessed).get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(nobody.withKey("nonsense").get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(nobody.withKey(key).get("/api/v1/auth/me").status()).isEqualTo(200);
    }

    @Test
    void cannotMakeFurtherKeysNorHaveAPassword() {
        var caller = nobody.withKey(
                create(Map.of("name", "almighty", "role", "ADMINISTRATOR")).text("key"));
        assertThat(caller.get("/api/v1/api-keys").status()).isEqualTo(200);
        assertThat(caller.post("/api/v1/api-keys", Map.of("name", "heir")).status())
                .isEqualTo(403);
        assertThat(caller.post("/api/v1/auth/logout", "").status()).isEqualTo(403);
    }

    @Test
    void remembersItsLastUseToTheMinute() {
        var key = create(Map.of("name", "used"));
        var caller = nobody.withKey(key.text("key"));
        assertThat(lastUse(key)).isNull();
        caller.get("/api/v1/auth/me");
        var first = lastUse(key);
        advance(Duration.ofSeconds(59));
        caller.get("/api/v1/auth/me");
        assertThat(lastUse(key)).isEqualTo(first).isNotNull();
        advance(Duration.ofSeconds(1));
        caller.get("/api/v1/auth/me");
        assertThat(lastUse(key)).isNotEqualTo(first);
    }

    @Test
    void areListedPageByPageEachOnce() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(create(Map.of("name", "listed " + i)).text("id")); // all at the same instant: the id decides
        }
        List<String> listed = new ArrayList<>();
        String next = "";
        do {
            var page = administrator
                    .get("/api/v1/api-keys?limit=2" + (next.isEmpty() ? "" : "&after=" + next))
                    .json();
            page.path("items").forEach(key -> listed.add(key.path("id").asString()));
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        assertThat(listed).doesNotHaveDuplicates().containsAll(made);
    }

    @Test
    void isCheckedInLessThanTwoMilliseconds() {
        var key = create(Map.of("name", "fast")).text("key");
        var nanos = java.util.stream.LongStream.range(0, 201)
                .map(_ -> {
                    var start = System.nanoTime();
                    assertThat(check.check(key)).isPresent();
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        assertThat(Duration.ofNanos(nanos[100])).isLessThan(Duration.ofMillis(2));
    }

    private String lastUse(HttpCaller.Answer key) {
        return jdbc.sql("select last_used_at::text from access.api_keys where id = :id")
                .param("id", UUID.fromString(key.text("id")))
                .query((row, _) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    private HttpCaller.Answer create(Map<String, Object> body) {
        var answer = administrator.post("/api/v1/api-keys", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }
}
