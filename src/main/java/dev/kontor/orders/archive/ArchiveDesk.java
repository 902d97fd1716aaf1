package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.OrderDesk;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.archive.OrderQueries.Position;

import static java.time.ZoneOffset.UTC;

@Repository
class ArchiveDesk implements OrderDesk {

    private final JdbcClient jdbc;
    private final OrderQueries queries;

    ArchiveDesk(JdbcClient jdbc, OrderQueries queries) {
        this.jdbc = jdbc;
        this.queries = queries;
    }

    @Override
    public List<OrderView> newest(@Nullable String words, boolean personal, @Nullable OrderId after, int limit) {
        var position =
                after == null ? null : queries.find(after).map(Position::of).orElse(null);
        return queries.list(new OrderFilter(null, List.of(), null, null, words, personal), position, limit);
    }

    @Override
    public Optional<OrderView> newer(@Nullable String words, boolean personal, OrderId than) {
        return queries.find(than)
                .flatMap(order -> queries.newer(
                        new OrderFilter(null, List.of(), null, null, words, personal), Position.of(order)));
    }

    @Override
    public Map<AccountId, Figures> placed(Instant from, Instant to) {
        var figures = new HashMap<AccountId, Figures>();
        jdbc.sql("""
                        select account, count(*) as placed, count(*) filter (where status = 'CANCELLED') as cancelled
                        from orders.orders where placed_at >= ? and placed_at < ? and merged_into is null
                        group by account""").params(from.atOffset(UTC), to.atOffset(UTC)).query(row -> {
            figures.put(
                    new AccountId(row.getObject("account", UUID.class)),
                    new Figures(row.getLong("placed"), row.getLong("cancelled")));
        });
        return figures;
    }

    @Override
    public void each(Instant from, Instant to, Consumer<OrderView> consumer) {
        queries.forEach(new OrderFilter(null, List.of(), from, to, null, false), consumer);
    }
}
