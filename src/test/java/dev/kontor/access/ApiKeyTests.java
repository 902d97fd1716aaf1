package dev.kontor.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.access.keys.KeyCheck;

import static org.assertj.core.api.Assertions.assertThat;

/** The addresses are told by a proxy on the same machine, which this Kontor believes. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.forward-headers-strategy=native")
class ApiKeyTests extends AccessFixture {

    private static final String KEYS = "/api/v1/api-keys";
    private static final String ME = "/api/v1/auth/me";

    @Autowired
    KeyCheck check;

    HttpCaller nobody;
    HttpCaller administrator;

    @BeforeEach
    void setUp() {
        nobody = nobody();
        administrator = loggedInAdministrator();
    }

    // Scopes

    @Test
    void tellsWhoItIsAndWhatItIsFor() {
        var key = create("reports", Map.of("scopes", List.of("orders:write", "accounts:read")));
        var me = with(key).get(ME);
        assertThat(me.text("kind")).isEqualTo("API_KEY");
        assertThat(me.text("id")).isEqualTo(key.text("id"));
        assertThat(texts(me.json().path("scopes"))).containsExactly("accounts:read", "orders:write");
        assertThat(me.json().path("personalData").asBoolean()).isFalse();
    }

    @Test
    void readsPersonalDataOnlyWithTheScopeForThem() {
        var orders = with(create("orders", Map.of("scopes", List.of("orders:write"))));
        var buyers = with(create("buyers", Map.of("scopes", List.of("orders:read", "personal-data:read"))));
        var dataAlone = with(create("data alone", Map.of("scopes", List.of("personal-data:read"))));

        assertThat(orders.get(ME).json().path("personalData").asBoolean()).isFalse();
        assertThat(buyers.get(ME).json().path("personalData").asBoolean()).isTrue();
        assertThat(dataAlone.get("/api/v1/orders").status()).isEqualTo(403);
    }

    @Test
    void toWriteIncludesToReadAndNotTheOtherWayRound() {
        var writer = with(create("writer", Map.of("scopes", List.of("inventory:write"))));
        var reader = with(create("reader", Map.of("scopes", List.of("inventory:read"))));

        assertThat(writer.get("/api/v1/items").status()).isEqualTo(200);
        assertThat(reader.get("/api/v1/items").status()).isEqualTo(200);
        assertThat(writer.post("/api/v1/items", "{}").status()).isEqualTo(400);
        var refused = reader.post("/api/v1/items", "{}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("type")).isEqualTo("urn:kontor:problem:forbidden");
        assertThat(refused.text("detail")).contains("inventory:write");
    }

    @Test
    void hasScopesThatThereAre() {
        for (var scopes :
                List.<Object>of(List.of(), "orders:read", List.of("orders:read", "orders:delete"), List.of(1))) {
            var answer = administrator.post(KEYS, Map.of("name", "wrong", "scopes", scopes));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail")).startsWith("scopes");
        }
        var answer =
                administrator.post(KEYS, Map.of("name", "wrong", "scopes", List.of("orders:read", "orders:delete")));
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("scopes[1]");
        assertThat(answer.text("detail")).contains("orders:read", "personal-data:read");
        assertThat(administrator.post(KEYS, Map.of("name", "none")).text("detail"))
                .contains("scopes");
    }

    @Test
    void neverDoesMoreThanThePersonWhoWasShownItMay() {
        var boss = aColleague("ADMINISTRATOR");
        var key = boss.caller().post(KEYS, Map.of("name", "of the boss", "scopes", Scope.values()));
        var program = with(key);
        assertThat(program.get(KEYS).status()).isEqualTo(200);
        assertThat(program.get(ME).json().path("personalData").asBoolean()).isTrue();

        boss.change(Map.of("role", "VIEWER"));

        assertThat(program.get("/api/v1/orders").status()).isEqualTo(200);
        assertThat(program.post("/api/v1/accounts", "{}").status()).isEqualTo(403);
        assertThat(program.get(KEYS).status()).isEqualTo(403);
        assertThat(program.get(ME).json().path("personalData").asBoolean()).isFalse();
    }

    @Test
    void isGoodForNothingWhileThePersonWhoWasShownItIsLockedOut() {
        var boss = aColleague("ADMINISTRATOR");
        var key = boss.caller().post(KEYS, Map.of("name", "left behind", "scopes", List.of("orders:read")));
        assertThat(with(key).get("/api/v1/orders").status()).isEqualTo(200);

        boss.change(Map.of("enabled", false));

        var refused = with(key).get("/api/v1/orders");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("detail")).contains("may not log in");
        var taken = rotate(key, Map.of());
        assertThat(with(taken).get("/api/v1/orders").status()).isEqualTo(200);
        assertThat(with(key).get("/api/v1/orders").status()).isEqualTo(403);
    }

    @Test
    void cannotMakeNorChangeKeysNorHaveAPassword() {
        var key = create("almighty", Map.of("scopes", Scope.values()));
        var caller = with(key);
        assertThat(caller.get(KEYS).status()).isEqualTo(200);
        assertThat(caller.post(KEYS, Map.of("name", "heir", "scopes", List.of("orders:read")))
                        .status())
                .isEqualTo(403);
        assertThat(caller.post(path(key) + "/rotate", "{}").status()).isEqualTo(403);
        assertThat(caller.with("If-Match", "*")
                        .send("PATCH", path(key), "{\"name\":\"mightier\"}")
                        .status())
                .isEqualTo(403);
        assertThat(caller.post("/api/v1/auth/logout", "").status()).isEqualTo(403);
    }

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

    // Rotation

    @Test
    void hasTwoGoodSecretsDuringTheOverlap() {
        var old = create("rotated", Map.of());
        var fresh = rotate(old, Map.of());

        assertThat(fresh.status()).isEqualTo(201);
        assertThat(fresh.text("id")).isEqualTo(old.text("id"));
        assertThat(fresh.text("key")).isNotEqualTo(old.text("key"));
        var shown = administrator.get(path(old)).json().path("secrets");
        assertThat(texts(shown, "prefix")).containsExactly(prefix(fresh), prefix(old));
        assertThat(shown.at("/1/goodUntil").asString())
                .isEqualTo(clock.instant().plus(Duration.ofDays(1)).toString());
        advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(with(old).get(ME).status()).isEqualTo(200);
        advance(Duration.ofSeconds(1));
        var ended = with(old).get(ME);
        assertThat(ended.status()).isEqualTo(401);
        assertThat(ended.text("type")).isEqualTo("urn:kontor:problem:api-key-expired");
        assertThat(with(fresh).get(ME).status()).isEqualTo(200);
        administrator = loggedInAdministrator();
        assertThat(texts(administrator.get(path(old)).json().path("secrets"), "prefix"))
                .containsExactly(prefix(fresh));
    }

    @Test
    void livesOnAsLongAsItWasToLiveBefore() {
        var week = clock.instant().plus(Duration.ofDays(7));
        var key = create("weekly", Map.of("expiresAt", week.toString()));
        advance(Duration.ofDays(5));
        administrator = loggedInAdministrator();

        var fresh = rotate(key, Map.of("overlapHours", 168));

        assertThat(instant(fresh, "expiresAt")).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        assertThat(fresh.json().at("/secrets/1/goodUntil").asString())
                .as("no longer than it was to be")
                .isEqualTo(week.toString());
        var chosen = clock.instant().plus(Duration.ofDays(30));
        assertThat(instant(rotate(key, Map.of("expiresAt", chosen.toString())), "expiresAt"))
                .isEqualTo(chosen);
    }

    @Test
    void aSecretThatHasEndedDoesNotComeBackByARotation() {
        var key = create(
                "expired", Map.of("expiresAt", clock.instant().plusSeconds(60).toString()));
        advance(Duration.ofMinutes(2));

        var fresh = rotate(
                key,
                Map.of(
                        "overlapHours",
                        24,
                        "expiresAt",
                        clock.instant().plusSeconds(600).toString()));

        assertThat(with(key).get(ME).status()).isEqualTo(401);
        assertThat(with(fresh).get(ME).status()).isEqualTo(200);
    }

    @Test
    void aRotationDuringAnOverlapCutsNobodyOffBeforeTheTimeThatWasSaid() {
        var first = create("often", Map.of());
        var second = rotate(first, Map.of("overlapHours", 2));
        advance(Duration.ofHours(1));
        administrator = loggedInAdministrator();
        var third = rotate(first, Map.of("overlapHours", 10));

        for (var key : List.of(first, second, third)) {
            assertThat(with(key).get(ME).status()).isEqualTo(200);
        }
        var refused = rotate(first, Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("type")).isEqualTo("urn:kontor:problem:too-many-secrets");
        advance(Duration.ofHours(1));
        assertThat(with(first).get(ME).status()).isEqualTo(401);
        assertThat(with(second).get(ME).status()).isEqualTo(200);
    }

    @Test
    void aRotationWithoutOverlapEndsAllOtherSecretsAtOnce() {
        var first = create("leaked", Map.of());
        var second = rotate(first, Map.of());
        var third = rotate(first, Map.of());
        assertThat(with(first).get(ME).status()).isEqualTo(200);

        var fourth = rotate(first, Map.of("overlapHours", 0));

        for (var key : List.of(first, second, third)) {
            assertThat(with(key).get(ME).status()).isEqualTo(401);
        }
        assertThat(with(fourth).get(ME).status()).isEqualTo(200);
    }

    @Test
    void anOverlapLastsAWeekAtMost() {
        var key = create("overlapping", Map.of());
        for (var hours : List.<Object>of(169, -1, "a day", 1.5)) {
            var answer = rotate(key, Map.of("overlapHours", hours));
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail")).startsWith("overlapHours");
        }
        assertThat(administrator.send("POST", path(key) + "/rotate", null).status())
                .as("without a body")
                .isEqualTo(201);
    }

    @Test
    void isRotatedOnceByOneIdempotencyKey() {
        var key = create("rotated once", Map.of());
        var again = administrator.with("Idempotency-Key", UUID.randomUUID().toString());

        var first = again.post(path(key) + "/rotate", "{}");
        var second = again.post(path(key) + "/rotate", "{}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().has("key")).isFalse();
        assertThat(second.json().path("secrets")).hasSize(2);
        assertThat(again.post(path(key) + "/rotate", Map.of("overlapHours", 1)).status())
                .isEqualTo(409);
    }

    // Last use

    @Test
    void remembersItsLastUseToTheMinute() {
        var key = create("used", Map.of());
        assertThat(lastUse(key)).isNull();
        from("203.0.113.1", key).get(ME);
        var first = lastUse(key);
        assertThat(first).endsWith("203.0.113.1");
        advance(Duration.ofSeconds(59));
        from("203.0.113.2", key).get(ME);
        assertThat(lastUse(key)).isEqualTo(first);
        advance(Duration.ofSeconds(1));
        from("203.0.113.2", key).get(ME);
        assertThat(lastUse(key)).isNotEqualTo(first).endsWith("203.0.113.2");
        var shown = administrator.get(path(key));
        assertThat(instant(shown, "lastUsedAt")).isEqualTo(clock.instant());
        assertThat(shown.text("lastUsedFrom")).isEqualTo("203.0.113.2");
        assertThat(shown.json().at("/secrets/0/lastUsedFrom").asString()).isEqualTo("203.0.113.2");
    }

    @Test
    void isCheckedInLessThanTwoMilliseconds() {
        var key = create("fast", Map.of("addresses", List.of("203.0.113.7", "2001:db8::/32")))
                .text("key");
        var nanos = LongStream.range(0, 201)
                .map(_ -> {
                    var start = System.nanoTime();
                    assertThat(check.check(key, "203.0.113.7")).isPresent();
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        assertThat(Duration.ofNanos(nanos[100])).isLessThan(Duration.ofMillis(2));
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

    private record Colleague(String id, HttpCaller caller, HttpCaller administrator) {

        void change(Map<String, ?> change) {
            var answer = administrator
                    .with("If-Match", "*")
                    .send("PATCH", "/api/v1/users/" + id, JsonMapper.shared().writeValueAsString(change));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    private Colleague aColleague(String role) {
        var person = Person.invited(administrator, "Colleague", role);
        var caller = person.loggedIn();
        return new Colleague(caller.get(ME).text("id"), caller, administrator);
    }

    private Answer create(String name, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("name", name, "scopes", Set.of("orders:read")));
        body.putAll(more);
        var answer = administrator.post(KEYS, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private Answer rotate(Answer key, Map<String, ?> how) {
        return administrator.post(path(key) + "/rotate", how);
    }

    private Answer patch(Answer key, String seen, Map<String, ?> change) {
        return administrator
                .with("If-Match", seen)
                .send("PATCH", path(key), JsonMapper.shared().writeValueAsString(change));
    }

    private HttpCaller with(Answer key) {
        return nobody.withKey(key.text("key"));
    }

    private HttpCaller from(String address, Answer key) {
        return with(key).with("X-Forwarded-For", address);
    }

    private static String path(Answer key) {
        return KEYS + "/" + key.text("id");
    }

    private static String prefix(Answer key) {
        return key.text("key").split("_")[1];
    }

    private static Instant instant(Answer answer, String field) {
        return Instant.parse(answer.text(field));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(one -> one.path(field).asString()).toList();
    }

    private String lastUse(Answer key) {
        return jdbc.sql("""
                        select last_used_at || ' ' || last_used_from from access.api_key_secrets
                        where key_id = :id""")
                .param("id", UUID.fromString(key.text("id")))
                .query((row, _) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }
}
