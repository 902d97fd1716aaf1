package dev.kontor.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What tests of API keys have in common. The addresses are told by a proxy on the same machine, which this Kontor believes. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.forward-headers-strategy=native")
abstract class ApiKeyFixture extends AccessFixture {

    static final String KEYS = "/api/v1/api-keys";
    static final String ME = "/api/v1/auth/me";

    HttpCaller nobody;
    HttpCaller administrator;

    @BeforeEach
    void setUp() {
        nobody = nobody();
        administrator = loggedInAdministrator();
    }

    Answer create(String name, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("name", name, "scopes", Set.of("orders:read")));
        body.putAll(more);
        var answer = administrator.post(KEYS, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    Answer rotate(Answer key, Map<String, ?> how) {
        return administrator.post(path(key) + "/rotate", how);
    }

    Answer patch(Answer key, String seen, Map<String, ?> change) {
        return administrator
                .with("If-Match", seen)
                .send("PATCH", path(key), JsonMapper.shared().writeValueAsString(change));
    }

    HttpCaller with(Answer key) {
        return nobody.withKey(key.text("key"));
    }

    HttpCaller from(String address, Answer key) {
        return with(key).with("X-Forwarded-For", address);
    }

    static String path(Answer key) {
        return KEYS + "/" + key.text("id");
    }

    static String prefix(Answer key) {
        return key.text("key").split("_")[1];
    }

    static Instant instant(Answer answer, String field) {
        return Instant.parse(answer.text(field));
    }

    static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(one -> one.path(field).asString()).toList();
    }

    record Colleague(String id, HttpCaller caller, HttpCaller administrator) {

        void change(Map<String, ?> change) {
            var answer = administrator
                    .with("If-Match", "*")
                    .send("PATCH", "/api/v1/users/" + id, JsonMapper.shared().writeValueAsString(change));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    Colleague aColleague(String role) {
        var person = Person.invited(administrator, "Colleague", role);
        var caller = person.loggedIn();
        return new Colleague(caller.get(ME).text("id"), caller, administrator);
    }

    String lastUse(Answer key) {
        return jdbc.sql("""
                        select last_used_at || ' ' || last_used_from from access.api_key_secrets
                        where key_id = :id""")
                .param("id", UUID.fromString(key.text("id")))
                .query((row, _) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }
}
