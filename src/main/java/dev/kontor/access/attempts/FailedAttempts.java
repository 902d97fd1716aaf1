package dev.kontor.access.attempts;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

/**
 * Failures that are not forgotten yet. Of each counter the database keeps the one instant at which all are forgotten (the
 * generic cell rate algorithm), and one statement looks and counts: of many who try at the same moment, at however many
 * instances, no more get through than one after the other.
 */
@Repository
class FailedAttempts {

    private final JdbcClient jdbc;
    private final Clock clock;

    FailedAttempts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return how long to wait, where no more may be counted */
    Optional<Duration> count(Counter counter) {
        var now = clock.instant().atOffset(UTC);
        var step = counter.allowance().oneMoreAfter();
        var counted = jdbc.sql("""
                        insert into access.failures as known (key, forgotten_at) values (:key, :next)
                        on conflict (key) do update
                        set forgotten_at = greatest(known.forgotten_at, :now) + make_interval(secs => :step)
                        where greatest(known.forgotten_at, :now) <= :latest""")
                .param("key", counter.key())
                .param("now", now)
                .param("next", now.plus(step))
                .param("step", step.toSeconds())
                .param("latest", now.plus(counter.allowance().whole()).minus(step))
                .update();
        return counted == 1 ? Optional.empty() : Optional.of(pause(counter, now));
    }

    private Duration pause(Counter counter, OffsetDateTime now) {
        var latest =
                now.plus(counter.allowance().whole()).minus(counter.allowance().oneMoreAfter());
        return jdbc.sql("select forgotten_at from access.failures where key = :key")
                .param("key", counter.key())
                .query(OffsetDateTime.class)
                .optional()
                .map(forgotten -> Duration.between(latest, forgotten))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** It was none. */
    void uncount(Counter counter) {
        jdbc.sql(
                        "update access.failures set forgotten_at = forgotten_at - make_interval(secs => :step) where key = :key")
                .param("key", counter.key())
                .param("step", counter.allowance().oneMoreAfter().toSeconds())
                .update();
    }

    /** Rows that say nothing any more. */
    int sweep() {
        return jdbc.sql("delete from access.failures where forgotten_at < :now")
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }
}
