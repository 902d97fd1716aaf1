package dev.kontor.orders.archive;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;

import static java.time.ZoneOffset.UTC;

@Repository
class ArchivedOrders implements Orders {

    private static final String SELECT = "select " + OrderViews.COLUMNS + " from orders.orders o ";

    private final JdbcTemplate jdbc;
    private final OrderViews views;
    private final AnnouncedOrders announced;

    ArchivedOrders(JdbcTemplate jdbc, OrderViews views, AnnouncedOrders announced) {
        this.jdbc = jdbc;
        this.views = views;
        this.announced = announced;
    }

    @Override
    public List<OrderView> find(Collection<OrderId> orders) {
        var archived = list(SELECT + "where o.id = any(?)", (Object)
                orders.stream().map(OrderId::value).toArray(UUID[]::new));
        return archived.size() == orders.size() ? archived : both(archived, announced.find(orders));
    }

    @Override
    public List<OrderView> withLines(AccountId account, Collection<String> lines) {
        var archived = list(SELECT + """
                        where o.account = ?
                          and o.id in (select order_id from orders.lines where external_id = any(?))""", account.value(), lines.toArray(String[]::new));
        return both(archived, announced.withLines(account, lines));
    }

    private static List<OrderView> both(List<OrderView> archived, List<OrderView> told) {
        return Stream.concat(archived.stream(), told.stream()).toList();
    }

    @Override
    public List<OrderView> placedSince(AccountId account, Instant since, @Nullable OrderView after, int limit) {
        var from = after == null ? since : after.placedAt();
        var last = after == null ? new UUID(0, 0) : after.id().value();
        return list(SELECT + """
                        where o.account = ? and (o.placed_at, o.id) > (?, ?)
                        order by o.placed_at, o.id limit ?""", account.value(), from.atOffset(UTC), last, limit);
    }

    @Override
    public Optional<Instant> watermark(AccountId account) {
        return jdbc
                .query(
                        """
                        select least(watermark_at, (select min(sales_known_until) from orders.quarantine q
                          where q.account = f.account and q.resolved_at is null and q.acknowledged_at is null))
                        from orders.feeds f where account = ?""",
                        (row, number) -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        account.value())
                .stream()
                .findFirst();
    }

    private List<OrderView> list(String sql, Object... parameters) {
        return views.complete(jdbc.query(sql, (row, number) -> OrderViews.head(row), parameters));
    }
}
