package dev.kontor.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Keys that are made, kept, changed, listed and deleted. */
class ApiKeyTests extends ApiKeyFixture {

    // The secret

    @Test
    void isShownOnceAndStoredAsAHash() {
        var key = create("once", Map.of()).text("key");
        var secret = key.substring(key.lastIndexOf('_') + 1);
        assertThat(key).matches("kontor_[0-9a-f]{12}_[0-9a-f]{64}");
        assertThat(administrator.get(KEYS + "?limit=500").body()).doesNotContain(secret);
        assertThat(jdbc.sql("""
                                select api_keys::text from access.api_keys union all
                                select api_key_secrets::text from access.api_key_secrets""").query(String.class).list()).isNotEmpty().noneMatch(row -> row.contains(secret));
    }

    @Test
    void refusesAKeyWithAnotherSecret() {
        var key = create("guessed", Map.of()).text("key");
        var guessed = key.substring(0, key.length() - 64) + "0".repeat(64);
        assertThat(nobody.withKey(guessed).get(ME).status()).isEqualTo(401);
        assertThat(nobody.withKey("nonsense").get(ME).status()).isEqualTo(401);
        assertThat(nobody.withKey(key).get(ME).status()).isEqualTo(200);
    }

    @Test
    void isMadeOnceOfOneIdempotencyKey() {
        var again = administrator.with("Idempotency-Key", UUID.randomUUID().toString());
        var body = Map.of("name", "idempotent " + UUID.randomUUID(), "scopes", List.of("orders:read"));

        var first = again.post(KEYS, body);
        var second = again.post(KEYS, body);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(second.json().has("key")).isFalse();
        assertThat(with(first).get(ME).status()).isEqualTo(200);
        var other = again.post(KEYS, Map.of("name", "another", "scopes", List.of("orders:read")));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("type")).isEqualTo("urn:kontor:problem:idempotency-key-reused");
        assertThat(aColleague("ADMINISTRATOR")
                        .caller()
                        .with("Idempotency-Key", again.headers().get("Idempotency-Key"))
                        .post(KEYS, body)
                        .status())
                .as("of somebody else")
                .isEqualTo(201);
        assertThat(administrator.with("Idempotency-Key", " ").post(KEYS, body).text("detail"))
                .contains("Idempotency-Key");
    }

    // Name, expiry, addresses

    @Test
    void hasANameThatCanBeRead() {
        for (var name : List.of("", " ", "a\u0000b", "two\nlines", "a".repeat(101))) {
            var answer = administrator.post(KEYS, Map.of("name", name, "scopes", List.of("orders:read")));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail")).contains("name");
        }
    }

    @Test
    void expiresAtNoNumber() {
        for (var time : List.<Object>of(1_893_456_000, 1_893_456_000.5, "1893456000")) {
            var answer = administrator.post(
                    KEYS, Map.of("name", "when", "scopes", List.of("orders:read"), "expiresAt", time));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail")).contains("expiresAt");
        }
    }

    @Test
    void expiresAfterAQuarterUnlessToldOtherwiseAndAfterAYearAndADayAtTheLatest() {
        var now = clock.instant();
        assertThat(instant(create("usual", Map.of()), "expiresAt")).isEqualTo(now.plus(Duration.ofDays(90)));
        var longest = now.plus(Duration.ofDays(367));
        assertThat(instant(create("long", Map.of("expiresAt", longest.toString())), "expiresAt"))
                .isEqualTo(longest);
        for (var wrong : List.of(longest.plusSeconds(1), now, now.minusSeconds(1))) {
            var answer = administrator.post(
                    KEYS, Map.of("name", "wrong", "scopes", List.of("orders:read"), "expiresAt", wrong.toString()));
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("expiresAt");
        }
    }

    @Test
    void saysThatItHasExpiredToWhoeverHasTheSecret() {
        var expiry = clock.instant().plus(Duration.ofHours(1));
        var key = create("expiring", Map.of("expiresAt", expiry.toString()));
        assertThat(with(key).get(ME).status()).isEqualTo(200);

        advance(Duration.ofHours(1));

        var expired = with(key).get(ME);
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.text("type")).isEqualTo("urn:kontor:problem:api-key-expired");
        assertThat(expired.text("detail")).contains(expiry.toString());
        assertThat(expired.header("WWW-Authenticate")).isEqualTo("Bearer");
        var guessed = key.text("key").substring(0, 20) + "0".repeat(64);
        var guess = nobody.withKey(guessed).get(ME);
        assertThat(guess.status()).isEqualTo(401);
        assertThat(guess.text("type")).isEqualTo("urn:kontor:problem:authentication-required");
        assertThat(guess.body()).doesNotContain(expiry.toString());
    }

    @Test
    void isTakenFromItsAddressesAlone() {
        var addresses = List.of("203.0.113.7", "198.51.100.0/24", "2001:db8:1::/48");
        var key = create("at home", Map.of("addresses", addresses));
        assertThat(texts(key.json().path("addresses"))).containsExactlyElementsOf(addresses);

        for (var known : List.of("203.0.113.7", "198.51.100.255", "2001:db8:1:2::3")) {
            assertThat(from(known, key).get(ME).status()).as(known).isEqualTo(200);
        }
        for (var foreign : List.of("203.0.113.8", "198.51.101.0", "2001:db8:2::1", "nonsense")) {
            var refused = from(foreign, key).get(ME);
            assertThat(refused.status()).as(foreign).isEqualTo(403);
            assertThat(refused.text("type")).isEqualTo("urn:kontor:problem:forbidden");
        }
        assertThat(from("203.0.113.8", key).get(ME).text("detail")).contains("203.0.113.8");
        await().until(() -> lastUse(key) != null);
        assertThat(lastUse(key)).endsWith("203.0.113.7");
    }

    @Test
    void namesEachAddressThatIsNone() {
        var none = List.of(
                "192.0.2.0/24",
                "192.0.2.0/33",
                "192.0.2",
                "2001:db8::/129",
                "example.org",
                "192.0.2.0/",
                "1.2.3.256",
                "");
        var answer = administrator.post(
                KEYS, Map.of("name", "nowhere", "scopes", List.of("orders:read"), "addresses", none));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactly(
                        "addresses[1]",
                        "addresses[2]",
                        "addresses[3]",
                        "addresses[4]",
                        "addresses[5]",
                        "addresses[6]",
                        "addresses[7]");
    }

    // Changing

    @Test
    void isChangedByWhoeverHasSeenItsPresentVersion() {
        var key = create("before", Map.of());
        var seen = administrator.get(path(key));
        assertThat(seen.header("ETag")).isEqualTo(key.header("ETag")).isNotEmpty();
        assertThat(with(key).get("/api/v1/accounts").status()).isEqualTo(403);
        await().until(() -> lastUse(key) != null); // or the two answers below might differ by that
        var expiry = clock.instant().plus(Duration.ofDays(7)).toString();

        var changed = patch(
                key,
                seen.header("ETag"),
                Map.of(
                        "name",
                        "after",
                        "scopes",
                        List.of("accounts:read"),
                        "addresses",
                        List.of("127.0.0.1", "::1"),
                        "expiresAt",
                        expiry));

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(administrator.get(path(key)).body());
        assertThat(changed.text("name")).isEqualTo("after");
        assertThat(changed.text("expiresAt")).isEqualTo(expiry);
        assertThat(with(key).get("/api/v1/accounts").status()).isEqualTo(200);
        assertThat(with(key).get("/api/v1/orders").status()).isEqualTo(403);
        assertThat(from("203.0.113.8", key).get("/api/v1/accounts").status()).isEqualTo(403);
        assertThat(patch(key, seen.header("ETag"), Map.of("name", "late")).status())
                .isEqualTo(412);
        assertThat(administrator.send("PATCH", path(key), "{}").status()).isEqualTo(428);
        var opened = patch(key, "*", Map.of("addresses", List.of()));
        assertThat(opened.text("name")).isEqualTo("after");
        assertThat(texts(opened.json().path("scopes"))).containsExactly("accounts:read");
        assertThat(from("203.0.113.8", key).get("/api/v1/accounts").status()).isEqualTo(200);
    }

    @Test
    void isNotChangedIntoWhatCannotBeMade() {
        var key = create("steady", Map.of());
        for (var change : Map.<String, Object>of(
                        "name",
                        " ",
                        "scopes",
                        List.of(),
                        "addresses",
                        List.of("nowhere"),
                        "expiresAt",
                        clock.instant().plus(Duration.ofDays(400)).toString())
                .entrySet()) {
            var answer = patch(key, "*", Map.of(change.getKey(), change.getValue()));
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail")).startsWith(change.getKey());
        }
        assertThat(administrator.get(path(key)).header("ETag")).isEqualTo(key.header("ETag"));
    }

    @Test
    void stopsWorkingWhenItIsDeleted() {
        var key = create("short-lived", Map.of());
        assertThat(with(key).get(ME).status()).isEqualTo(200);
        assertThat(administrator.delete(path(key)).status()).isEqualTo(204);
        assertThat(with(key).get(ME).status()).isEqualTo(401);
        assertThat(administrator.delete(path(key)).status()).isEqualTo(404);
        assertThat(administrator.get(path(key)).status()).isEqualTo(404);
        assertThat(administrator.post(path(key) + "/rotate", "{}").status()).isEqualTo(404);
        assertThat(patch(key, "*", Map.of()).status()).isEqualTo(404);
    }

    // Listing

    @Test
    void areListedPageByPageEachOnce() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(create("listed " + i, Map.of()).text("id")); // all at the same instant: the id decides
        }
        List<String> listed = new ArrayList<>();
        String next = "";
        do {
            var page = administrator
                    .get(KEYS + "?limit=2" + (next.isEmpty() ? "" : "&after=" + next))
                    .json();
            page.path("items").forEach(key -> listed.add(key.path("id").asString()));
            page.path("items").forEach(key -> assertThat(key.path("scopes")).isNotEmpty());
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        assertThat(listed).doesNotHaveDuplicates().containsAll(made);
    }
}
