package dev.kontor.orders.web;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;
import dev.kontor.api.Table.Column;
import dev.kontor.orders.OrderView;

/** Orders as a table: a row per line, the order's own columns repeated. */
final class OrderTable {

    private OrderTable() {}

    record Row(OrderView order, OrderView.Line line) {}

    private static final List<Column<Row>> COLUMNS = List.of(
            new Column<>("id", row -> Cell.of(row.order().id().toString())),
            new Column<>("number", row -> Cell.of(row.order().number())),
            new Column<>("account", row -> Cell.of(row.order().account().toString())),
            new Column<>("marketplace", row -> Cell.of(row.order().marketplace().value())),
            new Column<>("status", row -> Cell.of(row.order().status().name())),
            new Column<>("marketplaceStatus", row -> Cell.of(row.order().marketplaceStatus())),
            new Column<>("placedAt", row -> Cell.of(row.order().placedAt())),
            new Column<>("updatedAt", row -> Cell.of(row.order().updatedAt())),
            new Column<>(
                    "total", row -> Cell.of(new BigDecimal(row.order().total().amount()))),
            new Column<>("currency", row -> Cell.of(row.order().total().currency())),
            new Column<>("sku", row -> Cell.of(row.line().sku())),
            new Column<>("offer", row -> Cell.of(row.line().offer())),
            new Column<>("name", row -> Cell.of(row.line().name())),
            new Column<>("quantity", row -> Cell.of(row.line().quantity())),
            new Column<>(
                    "unitPrice",
                    row -> Cell.of(new BigDecimal(row.line().unitPrice().amount()))),
            new Column<>(
                    "fulfilledByMarketplace",
                    row -> Cell.of(String.valueOf(row.line().fulfilledByMarketplace()))));

    static Table<Row> of(Consumer<Consumer<OrderView>> orders) {
        return new Table<>(
                "orders",
                COLUMNS,
                writer -> orders.accept(order -> order.lines().forEach(line -> writer.accept(new Row(order, line)))));
    }
}
