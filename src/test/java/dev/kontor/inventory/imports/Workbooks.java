package dev.kontor.inventory.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.Workbook;

/** Workbooks as a spreadsheet writes them, and as somebody does who means harm. */
public final class Workbooks {

    private static final String CELLS = """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="inlineStr"><is><t>sku</t></is></c>\
            <c r="B1" t="inlineStr"><is><t>name</t></is></c>\
            <c r="C1" t="inlineStr"><is><t>count</t></is></c></row>%s</sheetData></worksheet>""";

    static final int MEGABYTE = 1 << 20;
    static final String SHEET = "xl/worksheets/sheet1.xml";

    private Workbooks() {}

    /** The columns sku, name and count, and these rows below their names. */
    public static byte[] sheet(String rows) {
        return with(SHEET, CELLS.formatted(rows));
    }

    /** A cell that holds a text. */
    public static String text(String place, String text) {
        return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    /** Half a gigabyte of texts in half a megabyte. */
    public static byte[] bomb() {
        var pieces = new byte[500][];
        Arrays.fill(pieces, spaces(MEGABYTE));
        return with("xl/sharedStrings.xml", pieces);
    }

    /** As many tags within each other as fit into what may be unpacked; a picture makes it large enough for them. */
    public static byte[] deep() {
        var noise = new byte[MEGABYTE];
        new Random(42).nextBytes(noise);
        var tags = "<a>".repeat(MEGABYTE / 3).getBytes(StandardCharsets.UTF_8);
        var pieces = new byte[40][];
        Arrays.fill(pieces, tags);
        return packed(Map.of("xl/media/picture.png", noise), SHEET, pieces);
    }

    /** A sheet that wants to show what is in a file, or in another server's answer. */
    public static byte[] withEntity(String entity) {
        var cells = CELLS.formatted("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>&x;</t></is></c></row>");
        return with(SHEET, "<!DOCTYPE worksheet [<!ENTITY x " + entity + ">]>" + cells);
    }

    static byte[] withEntitiesOfEntities() {
        var laughs = new StringBuilder("<!DOCTYPE worksheet [<!ENTITY a0 \"ha\">");
        for (int level = 1; level < 30; level++) {
            laughs.append("<!ENTITY a")
                    .append(level)
                    .append(" \"")
                    .append(("&a" + (level - 1) + ";").repeat(10))
                    .append("\">");
        }
        var cells = CELLS.formatted("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>&a29;</t></is></c></row>");
        return with(SHEET, laughs + "]>" + cells);
    }

    static byte[] spaces(int length) {
        var spaces = new byte[length];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    static byte[] with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** An ordinary workbook, one of whose files is replaced or added. */
    static byte[] with(String name, byte[]... pieces) {
        return packed(Map.of(), name, pieces);
    }

    private static byte[] packed(Map<String, byte[]> more, String name, byte[]... pieces) {
        try {
            var files = ordinary();
            files.putAll(more);
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whose sheet goes by the name of a picture. */
    static byte[] inDisguise(String rows) {
        try {
            var files = ordinary();
            files.remove(SHEET);
            var made = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(made)) {
                for (var file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(new String(file.getValue(), StandardCharsets.UTF_8)
                            .replace("sheet1.xml", "sheet1.png")
                            .getBytes(StandardCharsets.UTF_8));
                }
                zip.putNextEntry(new ZipEntry(SHEET.replace(".xml", ".png")));
                zip.write(CELLS.formatted(rows).getBytes(StandardCharsets.UTF_8));
            }
            return made.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> ordinary() throws IOException {
        var written = new ByteArrayOutputStream();
        try (var workbook = new Workbook(written, "Test", null)) {
            workbook.newWorksheet("Items").value(0, 0, "sku");
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        var channel = new SeekableInMemoryByteChannel(written.toByteArray());
        try (var zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }
}
