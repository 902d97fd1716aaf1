package dev.kontor.orders.feed;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.OrderFlow;

import static java.time.ZoneOffset.UTC;

@Repository
class FollowedFlow implements OrderFlow {

    private final Feeds feeds;
    private final JdbcClient jdbc;

    FollowedFlow(Feeds feeds, JdbcClient jdbc) {
        this.feeds = feeds;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Standing> standing(AccountId account) {
        return feeds.find(account)
                .map(state -> new Standing(state.cursor(), state.startedAt(), state.readAt(), state.watermark()));
    }

    @Override
    public Set<String> unheard(AccountId account, Collection<String> externalIds) {
        if (externalIds.isEmpty()) {
            return Set.of();
        }
        return new TreeSet<>(jdbc.sql("""
                        select listed.order_id from unnest(:ids::text[]) as listed (order_id)
                        where not exists (select from orders.orders o
                            where o.account = :account and o.external_id = listed.order_id)
                          and not exists (select from orders.first_signs s
                            where s.account = :account and s.external_order_id = listed.order_id)
                          and not exists (select from orders.quarantine q
                            where q.account = :account and q.external_id = listed.order_id
                              and q.resolved_at is null)""")
                .param("ids", externalIds.toArray(String[]::new))
                .param("account", account.value())
                .query((row, _) -> row.getString("order_id"))
                .list());
    }

    @Override
    public Map<Instant, Integer> placedByHour(AccountId account, Instant from, Instant to) {
        var placed = new TreeMap<Instant, Integer>();
        jdbc.sql("""
                        select date_trunc('hour', placed_at, 'UTC') as hour_at, count(*) as placed from orders.orders
                        where account = ? and placed_at >= ? and placed_at < ? group by 1""")
                .params(account.value(), from.atOffset(UTC), to.atOffset(UTC))
                .query(row -> {
                    placed.put(row.getObject("hour_at", OffsetDateTime.class).toInstant(), row.getInt("placed"));
                });
        return placed;
    }

    /** The newest one is often not read yet. */
    @Override
    public Optional<Instant> lastPlaced(AccountId account, Instant until) {
        return jdbc.sql("""
                        select greatest(
                          (select max(placed_at) from orders.orders where account = :account and placed_at <= :until),
                          (select max(placed_at) from orders.first_signs
                            where account = :account and placed_at <= :until)) as placed_at""")
                .param("account", account.value())
                .param("until", until.atOffset(UTC))
                .query((row, _) -> Optional.ofNullable(row.getObject("placed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .single();
    }

    /** What was bought before the feed began is there for certain when the backfill is done, for it begins with the oldest. */
    @Override
    public boolean archived(AccountId account, Instant from, Instant until) {
        return jdbc.sql("""
                        select exists (select from orders.feeds f where account = :account and read_at >= :until
                          and (started_at <= :from
                            or exists (select from orders.backfills b where b.account = f.account and state = 'DONE'))
                          and not exists (select from orders.first_signs s
                            where s.account = f.account and placed_at between :from and :until))""")
                .param("account", account.value())
                .param("from", from.atOffset(UTC))
                .param("until", until.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }
}
