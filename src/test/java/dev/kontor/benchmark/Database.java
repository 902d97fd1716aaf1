package dev.kontor.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A database of its own for every measurement, on one PostgreSQL set up as the one that Kontor brings along. */
record Database(EmbeddedPostgres server, String name) {

    private static final AtomicInteger count = new AtomicInteger();

    static EmbeddedPostgres startServer() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "100")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
    }

    static Database create(EmbeddedPostgres server) throws SQLException {
        var database = new Database(server, "benchmark_" + count.incrementAndGet());
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database.name());
        }
        return database;
    }

    String url() {
        return "postgresql://postgres@localhost:" + server.getPort() + "/" + name;
    }

    Connection open() throws SQLException {
        return server.getDatabase("postgres", name).getConnection();
    }

    void execute(String sql) throws SQLException {
        try (var connection = open();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String table) throws SQLException {
        return number("select count(*) from " + table);
    }

    long number(String sql) throws SQLException {
        try (var connection = open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
