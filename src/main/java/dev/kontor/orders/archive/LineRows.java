package dev.kontor.orders.archive;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.orders.archive.KeptOrders.Renewed;

/** The lines of orders, replaced as a whole when an order changes. */
@Repository
class LineRows {

    private static final String NEW =
            "orders.lines (order_id, position, external_id, offer, sku, name, quantity, unit_price,"
                    + " fulfilled_by_marketplace)";

    private final JdbcTemplate jdbc;

    LineRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<SealedVersion> versions) {
        CopyRows.into(NEW, jdbc, rows -> {
            for (var version : versions) {
                add(rows, version.id(), version.order());
            }
        });
    }

    void replace(List<Renewed> orders) {
        delete(orders.stream().map(renewed -> renewed.id().value()).toArray(UUID[]::new));
        CopyRows.into(NEW, jdbc, rows -> {
            for (var renewed : orders) {
                add(rows, renewed.id().value(), renewed.order());
            }
        });
    }

    private static void add(CopyRows rows, UUID id, MarketplaceOrder order) throws SQLException, IOException {
        short position = 0;
        for (var line : order.lines()) {
            rows.value(id)
                    .value(position++)
                    .value(line.externalId())
                    .value(line.offer())
                    .value(line.sku())
                    .value(line.name())
                    .value(line.quantity())
                    .value(line.unitPrice().amount())
                    .value(line.fulfilledByMarketplace())
                    .end();
        }
    }

    void delete(List<SealedVersion> versions) {
        delete(versions.stream().map(SealedVersion::id).toArray(UUID[]::new));
    }

    private void delete(UUID[] orders) {
        jdbc.update("delete from orders.lines where order_id = any(?)", (Object) orders);
    }
}
