package dev.kontor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DailyPartitionTests {

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.create(), "postgres", "");
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    @BeforeEach
    void migrate() throws IOException {
        jdbc.sql(new ClassPathResource("db/migration/__root/V2__daily_partitions.sql")
                        .getContentAsString(StandardCharsets.UTF_8))
                .update();
        jdbc.sql("create table notes (at timestamptz not null) partition by range (at)")
                .update();
    }

    private void note() {
        jdbc.sql("select daily_partition('notes', date '2026-11-20')")
                .query((row, number) -> true)
                .list();
        jdbc.sql("insert into notes values ('2026-11-20 12:00:00+00')").update();
    }

    private int waiting() {
        return jdbc.sql("""
                        select count(*) from pg_locks join pg_database on pg_database.oid = database
                        where locktype = 'advisory' and not granted and datname = current_database()""").query(Integer.class).single();
    }

    /** As at midnight, when all loops are the first of the day. */
    @Test
    void whoeverComesWhileADayIsBeingMadeWaitsForItAndUsesIt() {
        var later = transaction.<CompletableFuture<Void>>execute(status -> {
            note();
            var other = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(it -> note()));
            await().until(() -> waiting() > 0);
            return other;
        });

        assertThat(later).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(jdbc.sql("select count(*) from notes_20261120")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }
}
