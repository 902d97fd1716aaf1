package dev.kontor.orders.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.marketplaces.MarketplaceOrder.Line;

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
        for (var version : versions) {
            int position = 0;
            for (var line : version.order().lines()) {
                rows.add(new Row(version.id(), position++, line));
            }
        }
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
        jdbc.update("delete from orders.lines where order_id = any(?)", (Object)
                versions.stream().map(SealedVersion::id).toArray(UUID[]::new));
    }
}
