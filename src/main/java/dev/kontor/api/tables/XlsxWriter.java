package dev.kontor.api.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;

import static java.time.ZoneOffset.UTC;

/** A workbook whose sheets are written one after the other; a full sheet is followed by another one. */
final class XlsxWriter {

    private static final int ROWS_IN_MEMORY = 500;
    private static final int LONGEST_TEXT = 32_767; // Excel calls a file with a longer one damaged

    private final Workbook workbook;
    private final Table<?> table;
    private final int rowsPerSheet;
    private Worksheet sheet;
    private int sheets;
    private int row;

    XlsxWriter(OutputStream out, Table<?> table) {
        this(out, table, Worksheet.MAX_ROWS);
    }

    XlsxWriter(OutputStream out, Table<?> table, int rowsPerSheet) {
        this.workbook = new Workbook(out, "Kontor", null);
        this.table = table;
        this.rowsPerSheet = rowsPerSheet;
        this.sheet = begin();
    }

    void write() throws IOException {
        table.eachRow(this::add);
        sheet.finish();
        workbook.finish();
    }

    private Worksheet begin() {
        sheets++;
        row = 0;
        sheet = workbook.newWorksheet(sheets == 1 ? table.name() : table.name() + " " + sheets);
        sheet.freezePane(0, 1);
        put(table.header().stream().map(Cell::of).toList());
        return sheet;
    }

    private void add(List<Cell> cells) {
        try {
            if (row == rowsPerSheet) {
                sheet.finish();
                begin();
            }
            put(cells);
            if (row % ROWS_IN_MEMORY == 0) {
                sheet.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(List<Cell> cells) {
        for (int column = 0; column < cells.size(); column++) {
            put(column, cells.get(column));
        }
        row++;
    }

    private void put(int column, Cell cell) {
        switch (cell) {
            case Cell.Text(String value) ->
                sheet.inlineString(row, column, shortened(value)); // shared ones stay in memory
            case Cell.Whole(long value) -> sheet.value(row, column, value);
            case Cell.Decimal decimal -> sheet.value(row, column, decimal.value());
            case Cell.Moment moment -> {
                sheet.value(row, column, LocalDateTime.ofInstant(moment.value(), UTC));
                sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
            }
            case Cell.Empty() -> {}
        }
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
