package dev.kontor.api.tables;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;

/** CSV as RFC 4180 says, in UTF-8 with a header line. */
final class CsvWriter {

    private static final String BEGINS_A_FORMULA = "=+-@\t\r";

    private final Writer out;

    CsvWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    void write(Table<?> table) throws IOException {
        line(table.header().stream().map(Cell::of).toList());
        table.eachRow(this::line);
        out.flush();
    }

    private void line(List<Cell> cells) {
        try {
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                out.write(text(cells.get(i)));
            }
            out.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Cell cell) {
        return switch (cell) {
            case Cell.Text(String value) -> quoted(harmless(value));
            case Cell.Whole(long value) -> Long.toString(value);
            case Cell.Decimal decimal -> decimal.value().toPlainString();
            case Cell.Moment moment -> moment.value().toString();
            case Cell.Empty() -> "";
        };
    }

    /** A spreadsheet would run a buyer's text that begins like a formula. */
    private static String harmless(String value) {
        return !value.isEmpty() && BEGINS_A_FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static String quoted(String value) {
        var plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
