package dev.kontor.inventory.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kontor.api.InvalidField;

import static dev.kontor.inventory.imports.Workbooks.MEGABYTE;
import static dev.kontor.inventory.imports.Workbooks.sheet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Workbooks that are made to hurt whoever opens them. */
class XlsxSheetTests {

    private static void assertRefused(byte[] workbook, String message) {
        assertThatThrownBy(() -> XlsxSheet.read(workbook, 50))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        refused -> assertThat(refused.errors().getFirst().message())
                                .contains(message));
    }

    @Test
    void readsAnOrdinaryOne() {
        var rows = XlsxSheet.read(sheet("<row r=\"2\">" + Workbooks.text("A2", "CUP") + "</row>"), 50);
        assertThat(rows).extracting(row -> row.cell(0)).containsExactly("sku", "CUP");
    }

    @Test
    void doesNotUnpackABomb() {
        var bomb = Workbooks.bomb();
        assertThat(bomb.length).isLessThan(MEGABYTE);
        assertRefused(bomb, "must unpack to at most 48 MiB");
    }

    @Test
    void doesNotUnpackASmallOneToMoreThanAHundredTimesItsSize() {
        var bomb = Workbooks.with("xl/sharedStrings.xml", Workbooks.spaces(10 * MEGABYTE));
        assertThat(bomb.length).isLessThan(20_000);
        assertRefused(bomb, "100 times its own size");
    }

    @Test
    void doesNotUnpackPictures() {
        var album = Workbooks.with("xl/media/picture.png", Workbooks.spaces(10 * MEGABYTE));
        assertThat(XlsxSheet.read(album, 50)).hasSize(1);
    }

    @Test
    void readsNoSheetThatGoesByAnotherName() {
        assertRefused(Workbooks.inDisguise("<row r=\"2\"><c r=\"ZZZZZZ2\"><v>1</v></c></row>"), "is no workbook");
    }

    @Test
    void doesNotMakeRoomForColumnsThatThereAreNot() {
        assertRefused(sheet("<row r=\"2\"><c r=\"ZZZZZZ2\"><v>1</v></c></row>"), "column XFD");
        assertRefused(sheet("<row r=\"2\">" + "<c/>".repeat(16_385) + "</row>"), "column XFD");
        assertRefused(sheet("<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>"), "at most 100 cells in a row; line 2");
    }

    @Test
    void doesNotRememberHowDeepItIs() {
        assertRefused(Workbooks.deep(), "at most 64 levels");
    }

    @Test
    void doesNotLearnEveryNameThatSomebodyInvents() {
        var rows = new StringBuilder();
        for (int name = 0; name < 6_000; name++) {
            rows.append("<n").append(name).append("/>");
        }
        assertRefused(sheet(rows.toString()), "at most 5000 different names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEM \"file:///etc/passwd\"", "\"expanded\""})
    void expandsNoEntity(String entity) {
        assertRefused(Workbooks.withEntity(entity), "is no workbook that can be read");
    }

    @Test
    void expandsNoEntityOfEntities() {
        assertRefused(Workbooks.withEntitiesOfEntities(), "is no workbook that can be read");
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
