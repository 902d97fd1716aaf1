package dev.kontor.inventory.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

import dev.kontor.api.InvalidField;

/** The first sheet of a workbook. */
final class XlsxSheet {

    private XlsxSheet() {}

    static List<SheetRow> read(byte[] workbook, int most) {
        try {
            return rows(Unpacked.checked(workbook), most);
        } catch (InvalidField e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the library fails in many ways over what is no workbook
            throw new InvalidField("body", "is no workbook that can be read");
        }
    }

    private static List<SheetRow> rows(byte[] workbook, int most) throws IOException {
        try (var opened = new ReadableWorkbook(new ByteArrayInputStream(workbook));
                var rows = opened.getFirstSheet().openStream()) {
            return rows.limit(most + 1L).map(XlsxSheet::row).toList();
        }
    }

    private static SheetRow row(Row row) {
        if (row.getCellCount() > SheetRow.MOST_CELLS) {
            throw SheetRow.tooWide(row.getRowNum());
        }
        var cells = new ArrayList<@Nullable String>();
        for (int column = 0; column < row.getCellCount(); column++) {
            cells.add(row.getOptionalCell(column).map(XlsxSheet::text).orElse(""));
        }
        return new SheetRow(row.getRowNum(), cells);
    }

    private static String text(Cell cell) {
        return cell.getValue() instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : cell.getText();
    }
}
