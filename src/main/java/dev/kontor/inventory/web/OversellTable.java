package dev.kontor.inventory.web;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;
import dev.kontor.api.Table.Column;
import dev.kontor.inventory.oversells.Oversell;

/** Oversells as a table. */
final class OversellTable {

    private static final List<Column<Oversell>> COLUMNS = List.of(
            new Column<>("id", row -> Cell.of(row.id().toString())),
            new Column<>("item", row -> Cell.of(row.stock().item().toString())),
            new Column<>("warehouse", row -> Cell.of(row.stock().warehouse().toString())),
            new Column<>("account", row -> text(row.account())),
            new Column<>("listing", row -> text(row.listing())),
            new Column<>("order", row -> text(row.order())),
            new Column<>("line", row -> Cell.of(row.line())),
            new Column<>("units", row -> Cell.of(row.units())),
            new Column<>("state", row -> Cell.of(row.state().name())),
            new Column<>("cause", row -> text(row.cause())),
            new Column<>("detectedAt", row -> Cell.of(row.detectedAt())),
            new Column<>("resolvedAt", row -> Cell.of(row.resolvedAt())),
            new Column<>("acknowledgedBy", row -> Cell.of(row.acknowledgedBy())),
            new Column<>("acknowledgedAt", row -> Cell.of(row.acknowledgedAt())),
            new Column<>("note", row -> Cell.of(row.note())));

    private OversellTable() {}

    static Table<Oversell> of(Consumer<Consumer<Oversell>> oversells) {
        return new Table<>("oversells", COLUMNS, writer -> oversells.accept(writer::accept));
    }

    private static Cell text(@Nullable Object value) {
        return Cell.of(value == null ? null : value.toString());
    }
}
