package dev.kontor.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.postgresql.PGConnection;

/** The ceiling of an import: PostgreSQL takes the very same rows into the very same tables, with the same indexes. */
record Copy(Database database) {

    /** In the order of their foreign keys. */
    private static final List<String> TABLES =
            List.of("privacy.buyers", "privacy.deposits", "orders.orders", "orders.lines", "orders.words");

    Duration measure() throws SQLException, IOException {
        var directory = Files.createTempDirectory(JavaProcess.DIRECTORY, "copy");
        try (var connection = database.open()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : TABLES) {
                try (var target = Files.newOutputStream(file(directory, table))) {
                    copy.copyOut("copy " + table + " to stdout (format binary)", target);
                }
            }
            empty();
            var started = System.nanoTime();
            for (var table : TABLES) {
                try (var source = Files.newInputStream(file(directory, table))) {
                    copy.copyIn("copy " + table + " from stdin (format binary)", source, 1 << 16);
                }
            }
            return Duration.ofNanos(System.nanoTime() - started);
        } finally {
            for (var table : TABLES) {
                Files.deleteIfExists(file(directory, table));
            }
            Files.deleteIfExists(directory);
        }
    }

    void empty() throws SQLException {
        database.execute("truncate " + String.join(", ", TABLES) + " cascade");
        database.execute("checkpoint");
    }

    private static Path file(Path directory, String table) {
        return directory.resolve(table + ".copy");
    }
}
