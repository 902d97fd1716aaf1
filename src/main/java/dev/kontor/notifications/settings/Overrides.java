package dev.kontor.notifications.settings;

import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What people have set otherwise than the process's own properties; all instances read it each time. */
@Repository
class Overrides {

    private static final TypeReference<TreeMap<String, String>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Overrides(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param values by name, such as {@code rules.failed-runs} */
    record Present(long version, SortedMap<String, String> values) {}

    Present present() {
        return read("");
    }

    /** Until the end of the transaction nobody else changes them. */
    Present lock() {
        return read(" for update");
    }

    private Present read(String lock) {
        return jdbc.sql("select version, values::text from notifications.alert_settings" + lock)
                .query((row, _) -> new Present(row.getLong("version"), json.readValue(row.getString("values"), VALUES)))
                .single();
    }

    void save(SortedMap<String, String> values) {
        jdbc.sql("update notifications.alert_settings set values = ?::jsonb, version = version + 1")
                .param(json.writeValueAsString(values))
                .update();
    }
}
