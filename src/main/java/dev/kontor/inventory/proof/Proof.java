package dev.kontor.inventory.proof;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds up all movements from the first one on, reading one at a time from a picture of the database that does not move,
 * and compares with the positions.
 */
@Component
public class Proof {

    private static final int AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    public Proof(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        this.jdbc.setFetchSize(AT_ONCE);
        this.clock = clock;
    }

    /** @param where position, and movement where it is one that is wrong */
    public record Difference(String where, String expected, String found) {}

    /**
     * @param differences between fold and position, or between a movement and those before it
     * @param foldedHash of what the movements add up to; the same as the other one where nothing differs
     */
    public record Verdict(
            boolean proven,
            long positions,
            long movements,
            long differences,
            @Nullable Difference first,
            String foldedHash,
            String storedHash,
            Instant startedAt,
            Instant finishedAt) {}

    @Transactional(isolation = Isolation.REPEATABLE_READ, readOnly = true)
    public Verdict prove() {
        var startedAt = clock.instant();
        var run = new ProofRun();
        var fold = new Fold(run);
        jdbc.query("""
                select p.item || ' ' || p.warehouse || ' ' || p.stock_type as position, p.present as position_present,
                  p.reserved as position_reserved, p.movements as position_movements,
                  p.changed_at as position_changed_at, m.number, m.present, m.reserved, m.present_after,
                  m.reserved_after, m.at
                from inventory.positions p left join inventory.movements m on m.position = p.id
                order by p.id, m.number""", fold::take);
        fold.end();
        return new Verdict(
                run.differences() == 0,
                run.positions(),
                run.movements(),
                run.differences(),
                run.first(),
                run.foldedHash(),
                run.storedHash(),
                startedAt,
                clock.instant());
    }
}
