package dev.kontor.inventory.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kontor.api.InvalidField;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Workbooks that are made to hurt whoever opens them. */
class XlsxSheetTests {

    private static final String CELLS = """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="inlineStr"><is><t>sku</t></is></c></row>%s</sheetData></worksheet>""";

    private static final int MEGABYTE = 1 << 20;

    /** An ordinary workbook, one of whose files is replaced or added. */
    private static byte[] workbook(String name, byte[]... pieces) throws IOException {
        var ordinary = new ByteArrayOutputStream();
        try (var workbook = new Workbook(ordinary, "Test", null)) {
            workbook.newWorksheet("Items").value(0, 0, "sku");
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        var channel = new SeekableInMemoryByteChannel(ordinary.toByteArray());
        try (var zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        files.remove(name);
        var made = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(made)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
            zip.putNextEntry(new ZipEntry(name));
            for (var piece : pieces) {
                zip.write(piece);
            }
        }
        return made.toByteArray();
    }

    private static byte[] sheet(String rows) throws IOException {
        return workbook("xl/worksheets/sheet1.xml", CELLS.formatted(rows).getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(byte[] workbook, String message) {
        assertThatThrownBy(() -> XlsxSheet.read(workbook, 50))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        refused -> assertThat(refused.errors().getFirst().message())
                                .contains(message));
    }

    @Test
    void readsAnOrdinaryOne() throws IOException {
        var rows = XlsxSheet.read(sheet("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>CUP</t></is></c></row>"), 50);
        assertThat(rows).extracting(row -> row.cell(0)).containsExactly("sku", "CUP");
    }

    /** Half a gigabyte of texts in half a megabyte. */
    @Test
    void doesNotUnpackABomb() throws IOException {
        var spaces = new byte[MEGABYTE];
        Arrays.fill(spaces, (byte) ' ');
        var pieces = new byte[500][];
        Arrays.fill(pieces, spaces);
        var bomb = workbook("xl/sharedStrings.xml", pieces);
        assertThat(bomb.length).isLessThan(MEGABYTE);
        assertRefused(bomb, "must unpack to at most 48 MiB");
    }

    @Test
    void doesNotUnpackASmallOneToMoreThanAHundredTimesItsSize() throws IOException {
        var spaces = new byte[10 * MEGABYTE];
        var bomb = workbook("xl/media/picture.png", spaces);
        assertThat(bomb.length).isLessThan(20_000);
        assertRefused(bomb, "100 times its own size");
    }

    @Test
    void doesNotMakeRoomForColumnsThatThereAreNot() throws IOException {
        assertRefused(sheet("<row r=\"2\"><c r=\"ZZZZZZ2\"><v>1</v></c></row>"), "column XFD");
        assertRefused(sheet("<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>"), "at most 100 cells in a row; line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEM \"file:///etc/passwd\"", "\"expanded\""})
    void expandsNoEntity(String entity) throws IOException {
        var cells = CELLS.formatted("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>&x;</t></is></c></row>");
        var file = "<!DOCTYPE worksheet [<!ENTITY x " + entity + ">]>" + cells;
        assertRefused(
                workbook("xl/worksheets/sheet1.xml", file.getBytes(StandardCharsets.UTF_8)),
                "is no workbook that can be read");
    }

    @Test
    void expandsNoEntityOfEntities() throws IOException {
        var laughs = new StringBuilder("<!DOCTYPE worksheet [<!ENTITY a0 \"ha\">");
        for (int level = 1; level < 30; level++) {
            laughs.append("<!ENTITY a")
                    .append(level)
                    .append(" \"")
                    .append(("&a" + (level - 1) + ";").repeat(10))
                    .append("\">");
        }
        var cells = CELLS.formatted("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>&a29;</t></is></c></row>");
        assertRefused(
                workbook("xl/worksheets/sheet1.xml", (laughs + "]>" + cells).getBytes(StandardCharsets.UTF_8)),
                "is no workbook that can be read");
    }

    @Test
    void refusesMoreFilesThanAWorkbookHas() throws IOException {
        var made = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(made)) {
            for (int file = 0; file <= 1_000; file++) {
                zip.putNextEntry(new ZipEntry("a" + file));
            }
        }
        assertRefused(made.toByteArray(), "at most 1000 files");
    }
}
