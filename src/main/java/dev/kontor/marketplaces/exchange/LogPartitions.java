package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** One partition of the exchange log a day, in UTC: made ahead, dropped when it is old enough. */
@Component
class LogPartitions {

    private static final int DAYS_AHEAD = 3;
    private static final String PREFIX = "exchange_log_";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ExchangeProperties properties;
    private final Clock clock;
    private volatile Set<LocalDate> known = Set.of();

    LogPartitions(JdbcClient jdbc, TransactionTemplate transaction, ExchangeProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
        this.clock = clock;
    }

    /** Safe on several instances at once: they take turns. */
    void keep() {
        var today = today();
        var oldest = today.minusDays(properties.log().retention().toDays());
        underLock(existing -> {
            for (var day = today; !day.isAfter(today.plusDays(DAYS_AHEAD)); day = day.plusDays(1)) {
                create(day, existing);
            }
            List.copyOf(existing).stream().filter(day -> day.isBefore(oldest)).forEach(day -> drop(day, existing));
        });
    }

    /** The job may not have run yet. */
    void prepareFor(List<LoggedAttempt> batch) {
        var days = new HashSet<LocalDate>();
        batch.forEach(attempt -> days.add(LocalDate.ofInstant(attempt.at(), ZoneOffset.UTC)));
        if (!known.containsAll(days)) {
            underLock(existing -> days.forEach(day -> create(day, existing)));
        }
    }

    private interface Work {
        void on(Set<LocalDate> existing);
    }

    private void underLock(Work work) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('marketplaces.exchange_log', 0))")
                    .query((row, number) -> true)
                    .list();
            var existing = existing();
            work.on(existing);
            known = Set.copyOf(existing);
        });
    }

    private Set<LocalDate> existing() {
        var partitions = jdbc.sql("""
                select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
                where inhparent = 'marketplaces.exchange_log'::regclass
                """);
        return new HashSet<>(
                partitions.query((row, number) -> day(row.getString(1))).list());
    }

    private void create(LocalDate day, Set<LocalDate> existing) {
        if (existing.add(day)) {
            jdbc.sql("create table marketplaces." + name(day) + " partition of marketplaces.exchange_log"
                            + " for values from ('" + day + " 00:00+00') to ('" + day.plusDays(1) + " 00:00+00')")
                    .update();
        }
    }

    private void drop(LocalDate day, Set<LocalDate> existing) {
        jdbc.sql("drop table marketplaces." + name(day)).update();
        existing.remove(day);
    }

    private static LocalDate day(String name) {
        return LocalDate.parse(name.substring(PREFIX.length()), DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static String name(LocalDate day) {
        return PREFIX + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
