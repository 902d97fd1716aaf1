package dev.kontor.marketplaces.exchange;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import tools.jackson.databind.json.JsonMapper;

/** Writes the exchange log behind the calls' backs: a slow database delays no call, it costs entries. */
@Component
class LogWriter {

    private static final Logger log = LoggerFactory.getLogger(LogWriter.class);
    private static final int BATCH = 500;
    private static final String INSERT = """
            insert into marketplaces.exchange_log (at, account, marketplace, operation, method, path, status,
              latency_ms, rate_headers, trace_id, attempt, outcome, body)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
            """;

    private final BlockingQueue<LoggedAttempt> queue;
    private final JdbcTemplate jdbc;
    private final LogPartitions partitions;
    private final JsonMapper json;
    private final Counter lost;
    private final AtomicBoolean losing = new AtomicBoolean();
    private volatile boolean running = true;
    private @Nullable Thread thread;

    LogWriter(
            ExchangeProperties properties,
            JdbcTemplate jdbc,
            LogPartitions partitions,
            JsonMapper json,
            MeterRegistry meters) {
        this.queue = new ArrayBlockingQueue<>(properties.log().queue());
        this.jdbc = jdbc;
        this.partitions = partitions;
        this.json = json;
        this.lost = meters.counter("kontor.exchange.log.lost");
    }

    @PostConstruct
    void start() {
        thread = Thread.ofPlatform().name("exchange-log").daemon().start(this::run);
    }

    @PreDestroy
    void stop() throws InterruptedException {
        running = false;
        if (thread != null) {
            thread.join(Duration.ofSeconds(3));
        }
    }

    void add(LoggedAttempt attempt) {
        if (!queue.offer(attempt)) {
            lose(1);
        }
    }

    private void run() {
        while (running || !queue.isEmpty()) {
            try {
                var first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<LoggedAttempt>(List.of(first));
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void write(List<LoggedAttempt> batch) {
        try {
            partitions.prepareFor(batch);
            jdbc.batchUpdate(INSERT, batch, BATCH, this::bind);
            if (losing.compareAndSet(true, false)) {
                log.info("The exchange log is complete again");
            }
        } catch (DataAccessException e) {
            lose(batch.size());
        }
    }

    private void lose(int entries) {
        lost.increment(entries);
        if (losing.compareAndSet(false, true)) {
            log.warn("The exchange log loses entries because the database is too slow or away; calls go on");
        }
    }

    private void bind(PreparedStatement insert, LoggedAttempt attempt) throws SQLException {
        insert.setTimestamp(1, Timestamp.from(attempt.at()));
        insert.setObject(2, attempt.account());
        insert.setString(3, attempt.marketplace());
        insert.setString(4, attempt.operation());
        insert.setString(5, attempt.method());
        insert.setString(6, attempt.path());
        insert.setObject(7, attempt.status());
        insert.setInt(8, attempt.latencyMs());
        insert.setString(9, attempt.rateHeaders().isEmpty() ? null : json.writeValueAsString(attempt.rateHeaders()));
        insert.setString(10, attempt.traceId());
        insert.setInt(11, attempt.attempt());
        insert.setString(12, attempt.outcome());
        insert.setString(13, attempt.body());
    }
}
