package dev.kontor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Gives every application context of the tests an empty database of its own, on one embedded PostgreSQL per JVM, and makes
 * guessing cheap.
 */
public class TestDatabase implements EnvironmentPostProcessor, Ordered {

    private static final AtomicInteger count = new AtomicInteger();

    /** Started with the first database, stopped with the JVM. */
    private static final class Server {
        private static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder()
                        .setPort(FreePort.find())
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("synchronous_commit", "off")
                        .setRegisterShutdownHook(false) // it would not wait for the contexts, and they wait for it
                        .start();
                SpringApplication.getShutdownHandlers().add(() -> stop(server));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The JDBC URL of a new, empty database; the user is {@code postgres} and needs no password. */
    public static String create() {
        var name = "kontor_" + count.incrementAndGet();
        try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Server.INSTANCE.getJdbcUrl("postgres", name);
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 5; // before Defaults draws its conclusions
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("kontor-test-passwords", Map.of("kontor.access.password-memory", "64")));
        if (environment.containsProperty("kontor.database.url")) {
            return;
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "kontor-test-database",
                        Map.of(
                                "kontor.database.url",
                                create(),
                                "kontor.data",
                                "target/test-data/" + ProcessHandle.current().pid() + "-" + count.get(),
                                "spring.datasource.hikari.maximum-pool-size",
                                "12",
                                "spring.datasource.hikari.connection-timeout",
                                "60000", // on a busy machine whoever has one may have no processor
                                "kontor.database.requests.maximum-pool-size",
                                "6",
                                "spring.datasource.hikari.minimum-idle",
                                "1")));
    }
}
