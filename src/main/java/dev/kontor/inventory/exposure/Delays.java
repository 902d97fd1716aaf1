package dev.kontor.inventory.exposure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.orders.OrderFlow;

import static java.time.ZoneOffset.UTC;

/** How long it takes from a sale on one marketplace until another shows it: until Kontor hears of it, and until it is written. */
@Component
public class Delays {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration USUAL_WRITE = Duration.ofSeconds(10);

    private record Measured(Duration delay, Instant at) {}

    private final Map<AccountId, Measured> measured = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final OrderFlow flow;
    private final Clock clock;

    Delays(JdbcClient jdbc, Accounts accounts, OrderFlow flow, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.flow = flow;
        this.clock = clock;
    }

    public Duration of(AccountId account) {
        var now = clock.instant();
        var known = measured.get(account);
        if (known == null || known.at().plus(FRESH).isBefore(now)) {
            known = new Measured(hearing(now).plus(writing(account, now)), now);
            measured.put(account, known);
        }
        return known.delay();
    }

    /** An account that is written to counts also while its permission is lost, for there people buy as before. */
    private Duration hearing(Instant now) {
        return jdbc
                .sql("select account from inventory.takeovers where mode = 'WRITING' or account = any(?)")
                .param(accounts.active().stream()
                        .map(account -> account.id().value())
                        .toArray(UUID[]::new))
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list()
                .stream()
                .flatMap(account -> flow.standing(account).stream())
                .map(standing -> Duration.between(standing.watermark(), now))
                .filter(Duration::isPositive)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Of the last hour, but for the slowest twentieth. */
    private Duration writing(AccountId account, Instant now) {
        return jdbc.sql("""
                        select extract(epoch from percentile_cont(0.95) within group (order by verified_at - sent_at)) * 1000
                        from (select w.verified_at, w.sent_at from inventory.writes w
                          join inventory.publications p using (listing)
                          where p.account = ? and w.verified_at is not null and w.sent_at > ?
                          order by w.id desc limit 200) as recent""")
                .params(account.value(), now.minus(Duration.ofHours(1)).atOffset(UTC))
                .query((row, number) -> {
                    var millis = row.getDouble(1);
                    return row.wasNull() ? USUAL_WRITE : Duration.ofMillis((long) millis);
                })
                .single();
    }
}
