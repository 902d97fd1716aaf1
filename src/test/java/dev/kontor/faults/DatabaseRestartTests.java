package dev.kontor.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import dev.kontor.FreePort;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseRestartTests {

    @TempDir
    Path directory;

    private final int port = FreePort.find();

    private EmbeddedPostgres startDatabase() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("pg"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    @Test
    void loopsGoOnWhenTheDatabaseIsBack() throws IOException {
        var database = startDatabase();
        try (var sandbox = SandboxInitializer.start("orders=1500", "sellers=1", "slowness=200ms");
                var kontor = Kontors.start(
                        sandbox.baseUrl(),
                        database.getJdbcUrl("postgres", "postgres"),
                        "kontor.data=" + directory.resolve("data"),
                        "db-scheduler.missed-heartbeats-limit=4",
                        "spring.datasource.hikari.connection-timeout=5000")) {
            sandbox.allegro().faults(Map.of(Fault.SLOW, 1.0));
            var seller = Kontors.connect(sandbox, kontor).awaitFeed();
            var before = new TrueEvents(sandbox, seller.number());
            sandbox.run(60);
            Seller.waiting().until(() -> seller.archive().size() > 100);
            assertThat(seller.backfill().path("state").asString()).isEqualTo("RUNNING");

            database.close();
            sandbox.advance(Duration.ofMinutes(5));
            database = startDatabase();

            sandbox.allegro().faults(Map.of());
            sandbox.run(0);
            seller.awaitTruth();
            before.awaitInArchive(kontor.getBean(JdbcClient.class), seller.account());
        } finally {
            database.close();
        }
    }
}
