package dev.kontor.orders.archive;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Money;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.OrderView.Price;
import dev.kontor.privacy.BuyerId;

/** {@link FirstSigns} as orders of which nothing is known but what was sold. */
@Repository
class AnnouncedOrders {

    private static final Price UNKNOWN = Price.of(new Money(BigDecimal.ZERO, "XXX"));
    private static final BuyerId NOBODY = new BuyerId(new UUID(0, 0));

    /** Of which the archive knows nothing yet, neither by the order nor by another that took over the line. */
    private static final String OPEN = """
            select * from orders.first_signs s
            where not exists (select from orders.orders o
                where o.account = s.account and o.external_id = s.external_order_id)
              and not exists (select from orders.lines l join orders.orders o on o.id = l.order_id
                where l.external_id = s.line and o.account = s.account)
              and s.\
            """;

    private final JdbcTemplate jdbc;

    AnnouncedOrders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<OrderView> find(Collection<OrderId> orders) {
        return list("order_id = any(?)", (Object)
                orders.stream().map(OrderId::value).toArray(UUID[]::new));
    }

    List<OrderView> withLines(AccountId account, Collection<String> lines) {
        return list(
                "account = ? and s.order_id in (select order_id from orders.first_signs where account = ? and line = any(?))",
                account.value(),
                account.value(),
                lines.toArray(String[]::new));
    }

    private List<OrderView> list(String condition, Object... parameters) {
        var views = new LinkedHashMap<UUID, OrderView>();
        jdbc.query(
                OPEN + condition,
                row -> {
                    views.merge(row.getObject("order_id", UUID.class), view(row), AnnouncedOrders::both);
                },
                parameters);
        return List.copyOf(views.values());
    }

    private static OrderView both(OrderView one, OrderView other) {
        var lines = new ArrayList<>(one.lines());
        lines.addAll(other.lines());
        return one.withLines(lines);
    }

    private static OrderView view(ResultSet row) throws SQLException {
        var toldAt = row.getObject("told_at", OffsetDateTime.class).toInstant();
        return new OrderView(
                new OrderId(row.getObject("order_id", UUID.class)),
                new AccountId(row.getObject("account", UUID.class)),
                new MarketplaceCode(row.getString("marketplace")),
                row.getString("external_order_id"),
                row.getString("external_order_id"),
                OrderStatus.PLACED,
                "",
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                null,
                UNKNOWN,
                List.of(new OrderView.Line(
                        row.getString("line"),
                        row.getString("offer"),
                        row.getString("sku"),
                        row.getString("name"),
                        row.getBigDecimal("quantity"),
                        UNKNOWN,
                        row.getBoolean("fulfilled_by_marketplace"))),
                null,
                0,
                NOBODY,
                null,
                null,
                toldAt,
                toldAt);
    }
}
