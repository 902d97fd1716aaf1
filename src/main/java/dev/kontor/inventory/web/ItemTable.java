package dev.kontor.inventory.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;
import dev.kontor.api.Table.Column;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Positions;
import dev.kontor.inventory.ledger.Positions.Position;
import dev.kontor.inventory.ledger.StockType;

/** Items as a table with what there is of each; an import takes it back, and leaves the numbers alone. */
final class ItemTable {

    private static final int AT_ONCE = 500;

    private ItemTable() {}

    record Row(Item item, List<Position> own) {

        Cell sum(ToLongFunction<Position> number) {
            return Cell.of(
                    item.type().stocked() ? own.stream().mapToLong(number).sum() : null);
        }
    }

    private static final List<Column<Row>> COLUMNS = List.of(
            new Column<>("sku", row -> Cell.of(row.item().sku())),
            new Column<>("name", row -> Cell.of(row.item().name())),
            new Column<>("ean", row -> Cell.of(ean(row.item()))),
            new Column<>("type", row -> Cell.of(row.item().type().name())),
            new Column<>("parts", row -> Cell.of(parts(row.item()))),
            new Column<>("present", row -> row.sum(Position::present)),
            new Column<>("reserved", row -> row.sum(Position::reserved)),
            new Column<>("available", row -> row.sum(Position::available)));

    static Table<Row> of(Consumer<Consumer<Item>> items, Positions positions) {
        return new Table<>("items", COLUMNS, writer -> {
            var page = new ArrayList<Item>();
            items.accept(item -> {
                page.add(item);
                if (page.size() == AT_ONCE) {
                    write(page, positions, writer);
                }
            });
            write(page, positions, writer);
        });
    }

    private static void write(List<Item> page, Positions positions, Consumer<? super Row> writer) {
        var of = positions.of(page.stream().map(Item::id).toList());
        page.forEach(item -> writer.accept(new Row(
                item,
                of.getOrDefault(item.id(), List.of()).stream()
                        .filter(position -> position.stock().type() == StockType.OWN)
                        .toList())));
        page.clear();
    }

    private static @Nullable String ean(Item item) {
        var ean = item.ean();
        return ean == null ? null : ean.digits();
    }

    private static String parts(Item item) {
        return item.parts().stream()
                .map(part -> part.sku() + "*" + part.quantity())
                .collect(Collectors.joining(", "));
    }
}
