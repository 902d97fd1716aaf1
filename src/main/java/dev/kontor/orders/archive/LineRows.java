package dev.kontor.orders.archive;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The lines of orders, replaced as a whole when an order changes. */
@Repository
class LineRows {

    private static final String NEW =
            "orders.lines (order_id, position, external_id, offer, sku, name, quantity, unit_price)";

    private final JdbcTemplate jdbc;

    LineRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<SealedVersion> versions) {
        CopyRows.into(NEW, jdbc, rows -> {
            for (var version : versions) {
                int position = 0;
                for (var line : version.order().lines()) {
                    rows.value(version.id())
                            .value(position++)
                            .value(line.externalId())
                            .value(line.offer())
                            .value(line.sku())
                            .value(line.name())
                            .value(line.quantity())
                            .value(line.unitPrice().amount())
                            .end();
                }
            }
        });
    }

    void delete(List<SealedVersion> versions) {
        jdbc.update("delete from orders.lines where order_id = any(?)", (Object)
                versions.stream().map(SealedVersion::id).toArray(UUID[]::new));
    }
}
