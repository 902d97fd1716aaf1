package dev.kontor.operations.silence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;

import static java.time.ZoneOffset.UTC;

/** How many orders were placed in which hour. */
@Repository
class HoursSold {

    private final JdbcClient jdbc;

    HoursSold(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    SortedMap<Instant, Integer> of(AccountId account) {
        var sold = new TreeMap<Instant, Integer>();
        jdbc.sql("select hour_at, orders from operations.order_hours where account = ?")
                .param(account.value())
                .query(row -> {
                    sold.put(row.getObject("hour_at", OffsetDateTime.class).toInstant(), row.getInt("orders"));
                });
        return sold;
    }

    /** From then on it was so, and what is older than {@code oldest} is of no interest any more. */
    @Transactional
    public void learn(AccountId account, Map<Instant, Integer> sold, Instant from, Instant oldest) {
        jdbc.sql("delete from operations.order_hours where account = ? and (hour_at >= ? or hour_at < ?)")
                .params(account.value(), from.atOffset(UTC), oldest.atOffset(UTC))
                .update();
        jdbc.sql("""
                        insert into operations.order_hours (account, hour_at, orders)
                        select :account, hour_at, orders from unnest(:hours::timestamptz[], :orders) as sold (hour_at, orders)
                        on conflict (account, hour_at) do update set orders = excluded.orders""")
                .param("account", account.value())
                .param("hours", sold.keySet().stream().map(Instant::toString).toArray(String[]::new))
                .param("orders", sold.values().toArray(Integer[]::new))
                .update();
    }
}
