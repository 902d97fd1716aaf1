package dev.kontor.access;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a key may do, and that it is never more than who was shown it may do. */
class ApiKeyScopeTests extends ApiKeyFixture {

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
}
