package dev.kontor.api;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A list as a table. A controller returns it from a method that produces {@link #CSV} and {@link #XLSX}; the rows are
 * written while they are read, so the source should not hold them all.
 *
 * @param name of the file, without ending
 */
public record Table<R>(String name, List<Column<R>> columns, Rows<R> rows) {

    public static final String CSV = "text/csv";
    public static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public record Column<R>(String name, Function<R, Cell> cell) {}

    /** Hands every row to the writer, once, one after the other; a transaction around the rows belongs in here. */
    @FunctionalInterface
    public interface Rows<R> {
        void each(Consumer<? super R> writer);
    }

    public Table {
        columns = List.copyOf(columns);
    }

    public List<String> header() {
        return columns.stream().map(Column::name).toList();
    }

    public void eachRow(Consumer<List<Cell>> writer) {
        rows.each(row -> writer.accept(
                columns.stream().map(column -> column.cell().apply(row)).toList()));
    }
}
