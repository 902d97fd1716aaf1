package dev.kontor.marketplaces.drift;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.MarketplaceCode;

/** Counts in memory and adds to the table now and then: an import meets the same field a hundred thousand times. */
@Component
class DriftCount implements Drift {

    private static final Logger log = LoggerFactory.getLogger(DriftCount.class);
    private static final int LONGEST_NAME = 200;
    private static final int MOST_NAMES = 1000;

    private record Key(MarketplaceCode marketplace, Kind kind, String name) {}

    private record Tally(Instant first, Instant last, long count) {
        Tally and(Tally later) {
            return new Tally(first, later.last, count + later.count);
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<Key, Tally> unsaved = new HashMap<>();

    private final ScheduledExecutorService saver = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("drift").daemon().factory());

    DriftCount(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @PostConstruct
    void saveNowAndThen() {
        saver.scheduleWithFixedDelay(this::save, 5, 5, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void seen(MarketplaceCode marketplace, Kind kind, Collection<String> names) {
        var now = clock.instant();
        for (var name : names) {
            var key = new Key(marketplace, kind, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
            if (unsaved.size() < MOST_NAMES || unsaved.containsKey(key)) {
                unsaved.merge(key, new Tally(now, now, 1), Tally::and);
            }
        }
    }

    /** Keys in one order, so that two instances that save at once cannot block each other for good. */
    void save() {
        var batch = take();
        try {
            batch.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.comparing(Key::toString)))
                    .forEach(entry -> add(entry.getKey(), entry.getValue()));
        } catch (DataAccessException e) {
            log.warn(
                    "Unknown fields and statuses could not be counted: {}",
                    e.getClass().getSimpleName());
        }
    }

    private synchronized Map<Key, Tally> take() {
        var taken = Map.copyOf(unsaved);
        unsaved.clear();
        return taken;
    }

    private void add(Key key, Tally tally) {
        jdbc.sql("""
                insert into marketplaces.drift (marketplace, kind, name, first_seen_at, last_seen_at, count)
                values (:marketplace, :kind, :name, :first, :last, :count)
                on conflict (marketplace, kind, name) do update set
                  last_seen_at = greatest(drift.last_seen_at, excluded.last_seen_at),
                  count = drift.count + excluded.count
                """)
                .param("marketplace", key.marketplace().value())
                .param("kind", key.kind().name())
                .param("name", key.name())
                .param("first", Timestamp.from(tally.first()))
                .param("last", Timestamp.from(tally.last()))
                .param("count", tally.count())
                .update();
    }

    @Override
    public List<Sighting> sightings() {
        save();
        return jdbc.sql("select * from marketplaces.drift order by marketplace, kind, count desc, name")
                .query((row, number) -> new Sighting(
                        new MarketplaceCode(row.getString("marketplace")),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("name"),
                        row.getTimestamp("first_seen_at").toInstant(),
                        row.getTimestamp("last_seen_at").toInstant(),
                        row.getLong("count")))
                .list();
    }

    @PreDestroy
    void close() {
        saver.shutdown();
        save();
    }
}
