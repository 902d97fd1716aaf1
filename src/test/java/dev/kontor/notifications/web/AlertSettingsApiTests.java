package dev.kontor.notifications.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.access.Person;
import dev.kontor.inventory.InventoryTest;

import static org.assertj.core.api.Assertions.assertThat;

@InventoryTest
class AlertSettingsApiTests {

    private static final String SETTINGS = "/api/v1/settings/alerts";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private HttpCaller administrator;

    @BeforeAll
    void logIn() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @AfterEach
    void asTheyWere() {
        jdbc.sql("update notifications.alert_settings set values = '{}', version = version + 1")
                .update();
    }

    private static JsonNode named(Answer answer, String name) {
        return answer.json()
                .path("items")
                .valueStream()
                .filter(it -> it.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Answer change(HttpCaller caller, String tag, String settings) {
        return caller.with("If-Match", tag).send("PATCH", SETTINGS, "{\"settings\": " + settings + "}");
    }

    @Test
    void aManagerChangesThresholdsAndAnAdministratorEverythingOnRecord() {
        var manager = Person.invited(administrator, "Boris", "MANAGER").loggedIn();
        var viewer = Person.invited(administrator, "Clara", "VIEWER").loggedIn();
        var seen = viewer.get(SETTINGS);
        assertThat(named(seen, "rules.failed-runs").path("value").asString()).isEqualTo("3");
        assertThat(change(viewer, seen.header("ETag"), "{\"rules.failed-runs\": \"5\"}")
                        .status())
                .isEqualTo(403);
        assertThat(manager.send("PATCH", SETTINGS, "{\"settings\": {\"rules.failed-runs\": \"5\"}}")
                        .status())
                .isEqualTo(428);
        var changed = change(
                manager.with("X-Correlation-Id", "the-change"),
                seen.header("ETag"),
                "{\"rules.failed-runs\": \"5\", \"rules.held\": \"PT2H\"}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(named(changed, "rules.failed-runs").path("value").asString()).isEqualTo("5");
        assertThat(named(changed, "rules.held").path("value").asString()).isEqualTo("2h");
        assertThat(named(changed, "rules.held").path("preset").asString()).isEqualTo("30m");
        assertThat(change(manager, seen.header("ETag"), "{\"rules.failed-runs\": \"6\"}")
                        .status())
                .isEqualTo(412);
        var again = change(
                manager.with("X-Correlation-Id", "another"), changed.header("ETag"), "{\"rules.failed-runs\": \"6\"}");
        assertThat(again.status()).isEqualTo(200);
        var entry =
                administrator.get("/api/v1/audit?correlation=another").json().at("/items/0");
        assertThat(entry.path("action").asString()).isEqualTo("alert-settings.changed");
        assertThat(entry.path("before").toString()).isEqualTo("{\"rules.failed-runs\":\"5\"}");
        assertThat(entry.path("after").toString()).isEqualTo("{\"rules.failed-runs\":\"6\"}");

        assertThat(change(manager, "*", "{\"alerts.severity.oversell\": \"info\"}")
                        .status())
                .isEqualTo(403);
        assertThat(change(administrator, "*", "{\"alerts.severity.oversell\": \"info\"}")
                        .status())
                .isEqualTo(200);
        var back = change(administrator, "*", "{\"alerts.severity.oversell\": null}");
        assertThat(named(back, "alerts.severity.oversell").path("changed").asBoolean())
                .isFalse();
    }

    @Test
    void eachWrongOneIsNamed() {
        var refused = change(administrator, "*", "{\"rules.held\": \"soon\", \"rules.nothing\": \"1\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json()
                        .path("errors")
                        .valueStream()
                        .map(it -> it.path("field").asString()))
                .containsExactlyInAnyOrder("rules.held", "rules.nothing");
        assertThat(change(administrator, "*", "{}").status()).isEqualTo(400);
        assertThat(administrator
                        .with("If-Match", "*")
                        .send("PATCH", SETTINGS, "{}")
                        .status())
                .isEqualTo(400);
    }
}
