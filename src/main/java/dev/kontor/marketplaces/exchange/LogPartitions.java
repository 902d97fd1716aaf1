package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One partition of the exchange log a day, in UTC: made ahead, dropped when it is old enough. */
@Component
class LogPartitions {

    private static final int DAYS_AHEAD = 3;

    private final JdbcClient jdbc;
    private final ExchangeProperties properties;
    private final Clock clock;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    LogPartitions(JdbcClient jdbc, ExchangeProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** Safe on several instances at once: they take turns. */
    void keep() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        today.datesUntil(today.plusDays(DAYS_AHEAD + 1)).forEach(this::create);
        var oldest = today.minusDays(properties.log().retention().toDays());
        known.removeIf(day -> day.isBefore(oldest));
        call("select drop_daily_partitions('marketplaces.exchange_log', ?)", oldest);
    }

    /** The job may not have run yet. */
    void prepareFor(List<LoggedAttempt> batch) {
        var days = new HashSet<LocalDate>();
        batch.forEach(attempt -> days.add(LocalDate.ofInstant(attempt.at(), ZoneOffset.UTC)));
        days.removeAll(known);
        days.forEach(this::create);
    }

    private void create(LocalDate day) {
        call("select daily_partition('marketplaces.exchange_log', ?)", day);
        known.add(day);
    }

    private void call(String function, LocalDate day) {
        jdbc.sql(function).param(day).query((row, number) -> true).list();
    }
}
