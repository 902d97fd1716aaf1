package dev.kontor.privacy.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.postgresql.PGConnection;

/** A logical copy of tables, as a backup holds it, taken and put back with COPY. */
record Copy(Map<String, byte[]> tables) {

    static Copy of(DataSource database, List<String> tables) throws Exception {
        var copies = new LinkedHashMap<String, byte[]>();
        try (var connection = database.getConnection()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : tables) {
                var content = new ByteArrayOutputStream();
                copy.copyOut("copy " + table + " to stdout (format binary)", content);
                copies.put(table, content.toByteArray());
            }
        }
        return new Copy(copies);
    }

    void putBack(DataSource database) throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : tables.entrySet()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("delete from " + table.getKey());
                }
                copy.copyIn(
                        "copy " + table.getKey() + " from stdin (format binary)",
                        new ByteArrayInputStream(table.getValue()));
            }
            connection.commit();
        }
    }
}
