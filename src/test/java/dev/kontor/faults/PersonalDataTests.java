package dev.kontor.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.TestDatabase;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** After everything that can happen to orders: no table and no log tells who bought, nor how to get at the account. */
@ExtendWith(OutputCaptureExtension.class)
class PersonalDataTests {

    private static final Set<String> PERSONAL = Set.of("login", "email", "lastName", "phoneNumber", "street");

    @TempDir
    Path directory;

    @Test
    void isFoundInNoTableAndInNoLog(CapturedOutput output) throws IOException {
        try (var sandbox = SandboxInitializer.start("orders=120", "sellers=1");
                var wire = new Wiretap(sandbox.baseUrl());
                var kontor = Kontors.start(
                        wire.baseUrl(),
                        TestDatabase.create(),
                        "kontor.data=" + directory.resolve("data"),
                        "kontor.exchange.log.bodies=all")) {
            sandbox.allegro().faults(Map.of(Fault.MALFORMED, 0.1, Fault.UNKNOWN_FIELD, 0.1, Fault.SERVER_ERROR, 0.05));
            var seller = Kontors.connect(sandbox, kontor).awaitFeed();
            sandbox.advance(Duration.ofMinutes(30));
            Seller.waiting().until(() -> !seller.quarantine().isEmpty());
            sandbox.allegro().faults(Map.of());
            seller.certify();
            Seller.waiting().until(() -> seller.archive().size() > 120);
            var caller = Seller.administrator(Kontors.port(kontor));

            var secrets = new TreeSet<>(wire.tokens);
            assertThat(secrets).isNotEmpty();
            secrets.addAll(personalValues(seller, caller));
            secrets.add(seller.shown().path("userCode").asString("kontor-sandbox-secret"));
            assertThat(secrets).hasSizeGreaterThan(100);

            assertFoundInNoTable(kontor.getBean(JdbcClient.class), secrets);
            for (var secret : secrets) {
                assertThat(output.getAll()).doesNotContain(secret);
            }
        }
    }

    /** As the interface shows them to who may read personal data. */
    private static Set<String> personalValues(Seller seller, HttpCaller caller) {
        var values = new TreeSet<String>();
        for (var order : seller.orders()) {
            var document = caller.get("/api/v1/orders/" + order.path("id").asString() + "/document")
                    .json();
            collect(document.path("buyer"), values);
            collect(document.path("delivery"), values);
            collect(document.path("invoice"), values);
        }
        return values;
    }

    private static void collect(JsonNode node, Set<String> values) {
        node.propertyStream().forEach(property -> {
            var value = property.getValue();
            if (value.isString()
                    && PERSONAL.contains(property.getKey())
                    && value.asString().length() >= 6) {
                values.add(value.asString());
            }
            if (!property.getKey().equals("pickupPoint")) { // where parcels lie, not where somebody lives
                collect(value, values);
            }
        });
    }

    private static void assertFoundInNoTable(JdbcClient jdbc, Set<String> secrets) {
        var columns = jdbc.sql("""
                        select table_schema, table_name, column_name, data_type from information_schema.columns
                        join information_schema.tables using (table_schema, table_name)
                        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
                          and (data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'character')
                            or data_type = 'ARRAY')""").query().listOfRows();
        assertThat(columns).hasSizeGreaterThan(40);
        for (var column : columns) {
            var name = column.get("table_schema") + "." + column.get("table_name") + "." + column.get("column_name");
            var content = content(jdbc, column);
            for (var secret : secrets) {
                assertThat(content.contains(secret))
                        .as("%s holds %s", name, secret)
                        .isFalse();
            }
        }
    }

    private static String content(JdbcClient jdbc, Map<String, Object> column) {
        var bytes = "bytea".equals(column.get("data_type"));
        var sql = "select \"%s\"%s from \"%s\".\"%s\" where \"%1$s\" is not null"
                .formatted(
                        column.get("column_name"),
                        bytes ? "" : "::text",
                        column.get("table_schema"),
                        column.get("table_name"));
        List<String> values = new ArrayList<>();
        jdbc.sql(sql).query(row -> {
            values.add(bytes ? new String(row.getBytes(1), StandardCharsets.UTF_8) : row.getString(1));
        });
        return String.join("\n", values);
    }
}
