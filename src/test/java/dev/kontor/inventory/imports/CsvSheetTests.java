package dev.kontor.inventory.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.kontor.api.InvalidField;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CsvSheetTests {

    private static List<SheetRow> read(String text) {
        return CsvSheet.read(text.getBytes(StandardCharsets.UTF_8), 50);
    }

    private static SheetRow row(int line, String... cells) {
        return new SheetRow(line, Arrays.asList(cells));
    }

    @Test
    void readsCellsAndWhereEachRowBegins() {
        assertThat(read("a,b\r\n1,\"two\nlines, \"\"quoted\"\"\"\nżółć,\n"))
                .containsExactly(row(1, "a", "b"), row(2, "1", "two\nlines, \"quoted\""), row(4, "żółć", ""));
    }

    @Test
    void readsSemicolonsAndAByteOrderMark() {
        assertThat(read("\uFEFFsku;name\n1;a, b")).containsExactly(row(1, "sku", "name"), row(2, "1", "a, b"));
    }

    @Test
    void readsWhatWasCutOff() {
        assertThat(read("a,\"b")).containsExactly(row(1, "a", "b"));
        assertThat(read("")).isEmpty();
        assertThat(read("a\rb")).containsExactly(row(1, "a\rb"));
    }

    @Test
    void aCellInAnotherEncodingSpoilsOnlyItself() {
        var rows = CsvSheet.read("sku,name\n1,żółć\n2,b".getBytes(Charset.forName("windows-1250")), 50);

        assertThat(rows).containsExactly(row(1, "sku", "name"), row(2, "1", null), row(3, "2", "b"));
    }

    /** Sixteen megabytes of nothing but separators would be as many cells, or rows. */
    @Test
    void endsWhereThereIsMoreThanAnybodyHas() {
        assertThat(read("\n".repeat(1 << 24))).hasSize(51);
        assertThatThrownBy(() -> read("sku,name\n" + ",".repeat(1 << 24)))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        refused -> assertThat(refused.errors().getFirst().message())
                                .isEqualTo("must have at most 100 cells in a row; line 2 has more"));
    }

    @Test
    void takesTheMarkOfAnExportAwayAgain() {
        assertThat(read("'=SUM(A1),'quoted','")).containsExactly(row(1, "=SUM(A1)", "'quoted'", "'"));
    }
}
