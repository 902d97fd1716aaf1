package dev.kontor.inventory.imports;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 says, in UTF-8; semicolons instead of commas where the header has them. What separates cells and rows is
 * ASCII, so each cell is decoded on its own, and one that is not UTF-8 spoils no other.
 */
final class CsvSheet {

    private static final String FORMULA = "=+-@\t\r";
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] text;
    private final byte separator;
    private final List<SheetRow> rows = new ArrayList<>();
    private int at;
    private int line = 1;

    private CsvSheet(byte[] text) {
        this.text = text;
        this.at = startsWithMark(text) ? MARK.length : 0;
        this.separator = (byte) (semicolons(text) ? ';' : ',');
    }

    /** @param most rows; reading ends with the one beyond them */
    static List<SheetRow> read(byte[] text, int most) {
        var sheet = new CsvSheet(text);
        while (sheet.at < text.length && sheet.rows.size() <= most) {
            sheet.row();
        }
        return sheet.rows;
    }

    private static boolean startsWithMark(byte[] text) {
        return text.length >= MARK.length && text[0] == MARK[0] && text[1] == MARK[1] && text[2] == MARK[2];
    }

    private static boolean semicolons(byte[] text) {
        int commas = 0;
        int semicolons = 0;
        for (int index = 0; index < text.length && text[index] != '\n'; index++) {
            commas += text[index] == ',' ? 1 : 0;
            semicolons += text[index] == ';' ? 1 : 0;
        }
        return semicolons > commas;
    }

    private void row() {
        int begins = line;
        var cells = new ArrayList<@Nullable String>();
        do {
            if (cells.size() == SheetRow.MOST_CELLS) {
                throw SheetRow.tooWide(begins);
            }
            cells.add(cell());
        } while (take(separator));
        take((byte) '\r');
        if (take((byte) '\n')) {
            line++;
        }
        rows.add(new SheetRow(begins, cells));
    }

    private @Nullable String cell() {
        var content = new ByteArrayOutputStream();
        if (take((byte) '"')) {
            quoted(content);
        }
        while (at < text.length && text[at] != separator && text[at] != '\n' && !endsRow()) {
            content.write(text[at++]);
        }
        return decode(content.toByteArray());
    }

    private void quoted(ByteArrayOutputStream content) {
        while (at < text.length) {
            byte next = text[at++];
            if (next == '"' && !take((byte) '"')) {
                return;
            }
            line += next == '\n' ? 1 : 0;
            content.write(next);
        }
    }

    private boolean endsRow() {
        return text[at] == '\r' && (at + 1 == text.length || text[at + 1] == '\n');
    }

    private boolean take(byte expected) {
        if (at < text.length && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private static @Nullable String decode(byte[] content) {
        try {
            return asWritten(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Without the mark that an export puts before what a spreadsheet would take for a formula. */
    private static String asWritten(String cell) {
        boolean marked = cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0;
        return marked ? cell.substring(1) : cell;
    }
}
