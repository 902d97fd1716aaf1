package dev.kontor.orders.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Turns rows into views; the lines of a whole page come in one query. */
@Repository
class OrderViews {

    static final String COLUMNS = """
            o.id, o.account, o.marketplace, o.external_id, o.number, o.status, o.marketplace_status, o.placed_at,
            o.updated_at, o.currency, o.total, o.revision, o.version, o.buyer, o.merged_into, o.gone_at, o.archived_at,
            o.changed_at""";

    private final JdbcTemplate jdbc;

    OrderViews(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** An order's row, still without its lines. */
    record Head(OrderView view) {}

    static Head head(ResultSet row) throws SQLException {
        var merged = row.getObject("merged_into", UUID.class);
        return new Head(new OrderView(
                new OrderId(row.getObject("id", UUID.class)),
                new AccountId(row.getObject("account", UUID.class)),
                new MarketplaceCode(row.getString("marketplace")),
                row.getString("external_id"),
                row.getString("number"),
                OrderStatus.valueOf(row.getString("status")),
                row.getString("marketplace_status"),
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                OrderRows.instant(row, "updated_at"),
                Price.of(new Money(row.getBigDecimal("total"), row.getString("currency"))),
                List.of(),
                row.getString("revision"),
                row.getInt("version"),
                new BuyerId(row.getObject("buyer", UUID.class)),
                merged == null ? null : new OrderId(merged),
                OrderRows.instant(row, "gone_at"),
                row.getObject("archived_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant()));
    }

    List<OrderView> complete(List<Head> heads) {
        var lines = lines(heads);
        return heads.stream()
                .map(head -> head.view()
                        .withLines(lines.getOrDefault(head.view().id().value(), List.of())))
                .toList();
    }

    private Map<UUID, List<OrderView.Line>> lines(List<Head> heads) {
        var currencies = new HashMap<UUID, String>();
        heads.forEach(head ->
                currencies.put(head.view().id().value(), head.view().total().currency()));
        var lines = new HashMap<UUID, List<OrderView.Line>>();
        jdbc.query(
                """
                select order_id, external_id, offer, sku, name, quantity, unit_price,
                  fulfilled_by_marketplace
                from orders.lines where order_id = any(?) order by order_id, position""",
                row -> {
                    var order = row.getObject("order_id", UUID.class);
                    var price = new Money(row.getBigDecimal("unit_price"), currencies.getOrDefault(order, "XXX"));
                    lines.computeIfAbsent(order, id -> new ArrayList<>())
                            .add(new OrderView.Line(
                                    row.getString("external_id"),
                                    row.getString("offer"),
                                    row.getString("sku"),
                                    row.getString("name"),
                                    row.getBigDecimal("quantity"),
                                    Price.of(price),
                                    row.getBoolean("fulfilled_by_marketplace")));
                },
                (Object) currencies.keySet().toArray(UUID[]::new));
        return lines;
    }
}
