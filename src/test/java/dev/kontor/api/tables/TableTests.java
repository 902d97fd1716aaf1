package dev.kontor.api.tables;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;
import dev.kontor.api.Table.Column;

import static org.assertj.core.api.Assertions.assertThat;

class TableTests {

    record Row(String text, Long whole, BigDecimal decimal, Instant moment) {}

    static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, false);
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    enum Kind {
        CSV(TableConverter.CSV),
        XLSX(TableConverter.XLSX);

        final TableConverter converter;

        Kind(TableConverter converter) {
            this.converter = converter;
        }
    }

    static Table<Row> table(Table.Rows<Row> rows) {
        return new Table<>(
                "things",
                List.of(
                        new Column<>("text", row -> Cell.of(row.text())),
                        new Column<>("whole", row -> Cell.of(row.whole())),
                        new Column<>("decimal", row -> Cell.of(row.decimal())),
                        new Column<>("moment", row -> Cell.of(row.moment()))),
                rows);
    }

    @Test
    void writesCsvWithHeaderAndQuotes() throws Exception {
        var rows = List.of(
                new Row("00123", -5L, new BigDecimal("-1E+3"), NOON),
                new Row("a,\"b\"\r\nż", null, new BigDecimal("10.50"), null),
                new Row(null, 0L, null, NOON.plusNanos(1_000_000)));
        assertThat(csv(table(rows::forEach))).isEqualTo("""
                text,whole,decimal,moment\r
                00123,-5,-1000,2026-11-20T12:00:00Z\r
                "a,""b""\r
                ż",,10.50,\r
                ,0,,2026-11-20T12:00:00.001Z\r
                """);
    }

    @Test
    void letsNoTextOfACsvBecomeAFormula() throws Exception {
        var texts = List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a=1");
        var lines = csv(table(writer -> texts.forEach(text -> writer.accept(new Row(text, -1L, null, null)))));
        assertThat(lines)
                .contains("\r\n'=1+1,-1,", "\r\n'+1,-1,", "\r\n'-1,-1,", "\r\n'@SUM(A1),", "\r\n'\t=1,", "\"'\r=1\"")
                .contains("\r\na=1,");
    }

    @Test
    void writesTypedCellsIntoAWorkbook() throws Exception {
        var table = table(writer -> writer.accept(new Row("00123", 42L, new BigDecimal("10.50"), NOON)));
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx(table)), WITH_FORMATS)) {
            var rows = workbook.getFirstSheet().read();
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0).getCellText(3)).isEqualTo("moment");
            var row = rows.get(1);
            assertThat(row.getCell(0).getType()).isEqualTo(CellType.STRING);
            assertThat(row.getCellText(0)).isEqualTo("00123");
            assertThat(row.getCell(1).getType()).isEqualTo(CellType.NUMBER);
            assertThat(row.getCellAsNumber(1)).contains(new BigDecimal(42));
            assertThat(row.getCellAsNumber(2).orElseThrow()).isEqualByComparingTo("10.5");
            assertThat(row.getCellAsDate(3))
                    .contains(NOON.atOffset(java.time.ZoneOffset.UTC).toLocalDateTime());
            assertThat(row.getCell(3).getDataFormatString()).isEqualTo("yyyy-mm-dd hh:mm:ss");
        }
    }

    @Test
    void keepsAnyTextOfAWorkbookText() throws Exception {
        var texts = List.of("=1+1", "+48123", "<&>\"'", "a\u0000b\uD800c", "x".repeat(40_000), "  spaces  ", "ż\n漢字");
        var table = table(writer -> texts.forEach(text -> writer.accept(new Row(text, 1L, null, null))));
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx(table)))) {
            var cells = workbook.getFirstSheet().read().stream()
                    .skip(1)
                    .map(row -> row.getCell(0))
                    .toList();
            assertThat(cells).hasSize(texts.size()).allMatch(cell -> cell.getType() == CellType.STRING);
            assertThat(cells.get(0).getText()).isEqualTo("=1+1");
            assertThat(cells.get(1).getText()).isEqualTo("+48123");
            assertThat(cells.get(2).getText()).isEqualTo("<&>\"'");
            assertThat(cells.get(4).getText()).hasSize(32_767);
            assertThat(cells.get(5).getText()).isEqualTo("  spaces  ");
            assertThat(cells.get(6).getText()).isEqualTo("ż\n漢字");
        }
    }

    @Test
    void continuesOnAnotherSheetWhenOneIsFull() throws Exception {
        var out = new ByteArrayOutputStream();
        var table = table(writer ->
                IntStream.rangeClosed(1, 9).forEach(i -> writer.accept(new Row("row " + i, (long) i, null, null))));
        new XlsxWriter(out, table, 5).write();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            var sheets = workbook.getSheets().toList();
            assertThat(sheets).hasSize(3);
            assertThat(sheets.get(0).read()).hasSize(5);
            assertThat(sheets.get(1).read()).hasSize(5);
            var last = sheets.get(2).read();
            assertThat(last.get(0).getCellText(0)).isEqualTo("text");
            assertThat(last.get(1).getCellText(0)).isEqualTo("row 9");
        }
    }

    @ParameterizedTest
    @EnumSource
    void needsNoMoreMemoryForManyRowsThanForFew(Kind kind) throws Exception {
        var heap = new long[2];
        var written = new long[2];
        var out = new CountingStream();
        var table = table(writer -> IntStream.rangeClosed(1, 200_000).forEach(i -> {
            writer.accept(new Row("a different text in every row " + i, (long) i, BigDecimal.valueOf(i, 2), NOON));
            if (i == 20_000 || i == 200_000) {
                heap[i == 20_000 ? 0 : 1] = usedHeap();
                written[i == 20_000 ? 0 : 1] = out.count;
            }
        }));
        kind.converter.format().write(table, out);
        assertThat(heap[1] - heap[0]).as("growth in bytes").isLessThan(8 << 20); // all rows would be 60 MB and more
        assertThat(written[0]).as("on its way long before the end").isPositive();
        assertThat(written[1]).isGreaterThan(5 * written[0]);
    }

    private static long usedHeap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String csv(Table<?> table) throws IOException {
        var out = new ByteArrayOutputStream();
        TableConverter.CSV.format().write(table, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] xlsx(Table<?> table) throws IOException {
        var out = new ByteArrayOutputStream();
        TableConverter.XLSX.format().write(table, out);
        return out.toByteArray();
    }

    private static final class CountingStream extends OutputStream {
        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
