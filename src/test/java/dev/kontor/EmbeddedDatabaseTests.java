package dev.kontor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedDatabaseTests {

    @TempDir
    Path data;

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(EmbeddedDatabase database) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var rows = connection.createStatement().executeQuery("select count(*) from things")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        var pid = Files.readAllLines(data.resolve("pg/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.trim())).orElseThrow();
    }

    @Test
    void keepsItsDataAndLetsOneKontorInAtATime() throws Exception {
        try (var database = new EmbeddedDatabase(data)) {
            execute(database, "create table things as select generate_series(1, 3)");
            assertThatThrownBy(() -> new EmbeddedDatabase(data))
                    .isInstanceOf(WrongSetting.class)
                    .hasMessage("KONTOR_DATA: another Kontor is running on " + data
                            + "; stop it, choose another directory, or give both one KONTOR_DATABASE_URL.");
            assertThat(count(database)).isEqualTo(3);
        }
        try (var database = new EmbeddedDatabase(data)) {
            assertThat(count(database)).isEqualTo(3);
        }
    }

    @Test
    void stopsTheDatabaseThatAKilledKontorLeftRunning() throws Exception {
        var killed = startKontorsDatabaseAndKillKontor();
        assertThat(killed.isAlive()).isTrue();

        try (var database = new EmbeddedDatabase(data)) {
            assertThat(killed.isAlive()).isFalse();
            assertThat(postmaster(data).pid()).isNotEqualTo(killed.pid());
            assertThat(count(database)).isEqualTo(3);
        } finally {
            killed.destroy();
        }
    }

    @Test
    void leavesTheDatabaseOfAnotherDirectoryAlone(@TempDir Path another) throws Exception {
        try (var database = new EmbeddedDatabase(another)) {
            execute(database, "create table things as select generate_series(1, 3)");
            var running = postmaster(another);
            Files.createDirectories(data.resolve("pg"));
            Files.writeString(data.resolve("pg/postmaster.pid"), running.pid() + "\n");

            EmbeddedDatabase.stopOrphan(data.resolve("pg"));

            assertThat(running.isAlive()).isTrue();
            assertThat(count(database)).isEqualTo(3);
        }
    }

    /** What runs in the process that is killed. */
    static final class Victim {
        static void main(String[] arguments) throws Exception {
            var database = new EmbeddedDatabase(Path.of(arguments[0]));
            execute(database, "create table things as select generate_series(1, 3)");
            IO.println("ready");
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    private ProcessHandle startKontorsDatabaseAndKillKontor() throws Exception {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var kontor = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.kontor.EmbeddedDatabaseTests$Victim",
                        data.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = kontor.inputReader()) {
            assertThat(output.lines().anyMatch("ready"::equals)).isTrue();
        } finally {
            kontor.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        return postmaster(data);
    }
}
