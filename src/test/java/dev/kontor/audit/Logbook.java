package dev.kontor.audit;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.json.JsonMapper;

import dev.kontor.SettableClock;
import dev.kontor.audit.chain.Head;
import dev.kontor.audit.chain.Sealing;
import dev.kontor.audit.chain.Verdict;
import dev.kontor.audit.chain.Verification;
import dev.kontor.audit.entries.AuditEntries;
import dev.kontor.audit.entries.AuditEntries.Numbered;

/** The audit log of one instance, which seals when it is told to. */
final class Logbook implements AutoCloseable {

    private static final AuditEntries.Filter ALL =
            new AuditEntries.Filter(null, null, null, null, null, null, null, null);

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final SettableClock clock;

    Logbook(String url) {
        context.registerBean(DataSource.class, () -> new DriverManagerDataSource(url, "postgres", "postgres"));
        context.register(Parts.class);
        context.refresh();
        jdbc = context.getBean(JdbcClient.class);
        transaction = context.getBean(TransactionTemplate.class);
        clock = context.getBean(SettableClock.class);
    }

    /** The same database for somebody else. */
    static String addressFor(String url, String user) {
        return url.replace("user=postgres", "user=" + user);
    }

    static void migrate(String url, String user) {
        Flyway.configure()
                .dataSource(addressFor(url, user), null, null)
                .locations("classpath:db/migration/audit")
                .createSchemas(false)
                .load()
                .migrate();
    }

    AuditLog log() {
        return context.getBean(AuditLog.class);
    }

    Verdict verify() {
        return verify(null);
    }

    Verdict verify(Head known) {
        return context.getBean(Verification.class).verify(known);
    }

    int seal() {
        return context.getBean(Sealing.class).seal();
    }

    /** As many changes, each in a transaction of its own. */
    void change(int times) {
        for (int time = 0; time < times; time++) {
            transaction.executeWithoutResult(_ -> log().record(aChange()));
        }
    }

    static Act aChange() {
        return Act.of("account.paused", "account", UUID.randomUUID()).field("paused", false, true);
    }

    /** The newest first. */
    List<Numbered> entries() {
        return context.getBean(AuditEntries.class).list(ALL, null, 100_000);
    }

    /** What somebody does who rules over the database, but has not the key. */
    void tamper(String... statements) {
        jdbc.sql("alter event trigger kontor_audit_definition disable").update();
        jdbc.sql("alter event trigger kontor_audit_drop disable").update();
        jdbc.sql("alter table audit.entries disable trigger all").update();
        jdbc.sql("alter table audit.links disable trigger all").update();
        for (var statement : statements) {
            if (jdbc.sql(statement).update() == 0) {
                throw new AssertionError(statement + " did nothing");
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @EnableTransactionManagement
    @ComponentScan(
            basePackages = {"dev.kontor.audit.entries", "dev.kontor.audit.chain"},
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*(SealingSchedule|HeadNotice)"))
    static class Parts {

        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-11-30T10:00:00Z"));
        }

        @Bean
        JsonMapper json() {
            return JsonMapper.shared();
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource source) {
            return new JdbcTemplate(source);
        }

        @Bean
        JdbcClient jdbc(DataSource source) {
            return JdbcClient.create(source);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource source) {
            return new JdbcTransactionManager(source);
        }

        @Bean
        TransactionTemplate transaction(PlatformTransactionManager transactions) {
            return new TransactionTemplate(transactions);
        }

        @Bean
        ChainKey key() {
            return content -> {
                try {
                    var mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec("only for this test".getBytes(), "HmacSHA256"));
                    return mac.doFinal(content);
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            };
        }
    }
}
