package dev.kontor.orders.loops;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** How often each loop of an account runs: its own setting, or the kind's default. */
@Repository
public class Intervals {

    public static final Duration SHORTEST = Duration.ofSeconds(5);
    public static final Duration LONGEST = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final List<Loop.Kind> kinds;
    private final AuditLog audit;

    Intervals(JdbcClient jdbc, List<Loop> loops, AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.kinds = loops.stream().map(Loop::kind).toList();
    }

    Duration of(AccountId account, Loop.Kind kind) {
        return jdbc.sql("select interval_seconds from orders.loop_intervals where account = ? and kind = ?")
                .params(account.value(), kind.name())
                .query(Integer.class)
                .optional()
                .map(Duration::ofSeconds)
                .orElse(kind.interval());
    }

    public Map<String, Duration> of(AccountId account) {
        var intervals = new LinkedHashMap<String, Duration>();
        kinds.forEach(kind -> intervals.put(kind.name(), of(account, kind)));
        return intervals;
    }

    public Collection<String> kinds() {
        return kinds.stream().map(Loop.Kind::name).toList();
    }

    @Transactional
    public void set(AccountId account, Map<String, Duration> intervals) {
        if (intervals.isEmpty()) {
            return;
        }
        var act = Act.of("intervals.set", "account", account);
        var before = of(account);
        intervals.forEach((kind, interval) -> act.field(kind, before.get(kind), interval));
        audit.record(act);
        intervals.forEach((kind, interval) -> jdbc.sql("""
                        insert into orders.loop_intervals (account, kind, interval_seconds) values (?, ?, ?)
                        on conflict (account, kind) do update set interval_seconds = excluded.interval_seconds""")
                .params(account.value(), kind, Math.toIntExact(interval.toSeconds()))
                .update());
    }
}
