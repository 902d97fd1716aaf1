package dev.kontor.marketplaces.exchange;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;

/**
 * How many instances of Kontor work on this database, so that each takes its share of a limit they all have together. A
 * newcomer takes next to nothing until the others are sure to have made room.
 */
@Component
class Instances implements Shares {

    private static final Logger log = LoggerFactory.getLogger(Instances.class);
    private static final Duration BEAT = Duration.ofSeconds(3);
    private static final Duration GONE = Duration.ofSeconds(15);
    private static final double NEWCOMER = 0.02;

    private final UUID id = UUID.randomUUID();
    private final JdbcClient jdbc;
    private final ExchangeProperties properties;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("instances").daemon().factory());
    private volatile double share = NEWCOMER;
    private int beaten;

    Instances(JdbcClient jdbc, ExchangeProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    @PostConstruct
    void join() {
        beat();
        beats.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public double mine() {
        var configured = properties.share();
        return configured == null ? share : configured;
    }

    /** The database's clock decides, for all alike. While it is away, what was known stays. */
    void beat() {
        try {
            jdbc.sql("""
                    insert into marketplaces.instances (id, seen_at) values (:id, now())
                    on conflict (id) do update set seen_at = now()
                    """).param("id", id).update();
            jdbc.sql("delete from marketplaces.instances where seen_at < now() - make_interval(secs => 3600)")
                    .update();
            var alive = jdbc.sql(
                            "select count(*) from marketplaces.instances where seen_at > now() - make_interval(secs => :gone)")
                    .param("gone", GONE.toSeconds())
                    .query(Integer.class)
                    .single();
            beaten++;
            share = alive > 1 && beaten <= 3 ? NEWCOMER : 1.0 / Math.max(1, alive);
        } catch (DataAccessException e) {
            log.debug("The other instances cannot be counted: {}", e.getClass().getSimpleName());
        }
    }

    /** The others notice by themselves; the database may be gone already. */
    @PreDestroy
    void leave() {
        beats.shutdownNow();
    }
}
