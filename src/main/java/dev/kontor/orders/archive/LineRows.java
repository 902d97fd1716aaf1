package dev.kontor.orders.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.MarketplaceOrder.Line;
import dev.kontor.orders.archive.KeptOrders.Renewed;

/** The lines of orders, replaced as a whole when an order changes. */
@Repository
class LineRows {

    private final JdbcTemplate jdbc;

    LineRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(UUID order, int position, Line line) {}

    void insert(List<SealedVersion> versions) {
        var rows = new ArrayList<Row>();
        versions.forEach(version -> add(rows, version.id(), version.order()));
        insertRows(rows);
    }

    void replace(List<Renewed> orders) {
        var rows = new ArrayList<Row>();
        orders.forEach(renewed -> add(rows, renewed.id().value(), renewed.order()));
        delete(orders.stream().map(renewed -> renewed.id().value()).toArray(UUID[]::new));
        insertRows(rows);
    }

    private static void add(List<Row> rows, UUID id, MarketplaceOrder order) {
        int position = 0;
        for (var line : order.lines()) {
            rows.add(new Row(id, position++, line));
        }
    }

    private void insertRows(List<Row> rows) {
        jdbc.batchUpdate("""
                insert into orders.lines (order_id, position, external_id, offer, sku, name, quantity, unit_price)
                values (?, ?, ?, ?, ?, ?, ?, ?)""", rows, 1_000, (statement, row) -> {
            statement.setObject(1, row.order());
            statement.setInt(2, row.position());
            statement.setString(3, row.line().externalId());
            statement.setString(4, row.line().offer());
            statement.setString(5, row.line().sku());
            statement.setString(6, row.line().name());
            statement.setBigDecimal(7, row.line().quantity());
            statement.setBigDecimal(8, row.line().unitPrice().amount());
        });
    }

    void delete(List<SealedVersion> versions) {
        delete(versions.stream().map(SealedVersion::id).toArray(UUID[]::new));
    }

    private void delete(UUID[] orders) {
        jdbc.update("delete from orders.lines where order_id = any(?)", (Object) orders);
    }
}
