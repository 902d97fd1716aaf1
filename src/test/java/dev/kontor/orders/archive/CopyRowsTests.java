package dev.kontor.orders.archive;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.kontor.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CopyRowsTests {

    private static final String DATABASE = TestDatabase.create();

    private final JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(DATABASE, "postgres", "", true));

    @BeforeEach
    void createATable() {
        jdbc.execute("drop table if exists things");
        jdbc.execute("create table things (number int, text text, bytes bytea, small char(3))");
    }

    private void copy(String text, byte[] bytes) {
        CopyRows.into(
                "things (number, text, bytes)",
                jdbc,
                rows -> rows.value(1).value(text).value(bytes).end());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "\\",
                "\\\\",
                "ends with \\",
                "a\tb",
                "a\nb",
                "a\rb",
                "\r\n\t\\",
                "\\N",
                "\\.",
                "\n\\.\n",
                "\\x41\\101\\t",
                "\b\f\u000b",
                "'quoted' \"twice\" $1",
                "Zażółć gęślą jaźń",
                "Kubek 🧉 für Ёлка 漢字"
            })
    void aTextComesOutAsItWentIn(String text) {
        copy(text, new byte[0]);

        assertThat(jdbc.queryForList("select text from things", String.class)).containsExactly(text);
    }

    @Test
    void bytesComeOutAsTheyWentIn() {
        var bytes = new byte[256];
        IntStream.range(0, 256).forEach(it -> bytes[it] = (byte) it);

        copy("", bytes);

        assertThat(jdbc.queryForObject("select bytes from things", byte[].class))
                .isEqualTo(bytes);
    }

    @Test
    void moreThanOnePieceArrivesWhole() {
        var text = "\\🧉\t".repeat(1_000);

        CopyRows.into("things (number, text)", jdbc, rows -> {
            for (int number = 0; number < 50; number++) {
                rows.value(number).value(text).end();
            }
        });

        assertThat(jdbc.queryForList("select number from things where text = ? order by 1", Integer.class, text))
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void aRefusedRowLeavesNothingBehindAndTheConnectionAlive() {
        assertThatThrownBy(() -> CopyRows.into("things (number, small)", jdbc, rows -> {
                    rows.value(1).value("abc").end();
                    rows.value(2).value("abcd").end();
                }))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(jdbc.queryForList("select number from things", Integer.class))
                .isEqualTo(List.of());
    }

    @Test
    void rowsThatCannotBeWrittenLeaveTheConnectionAlive() {
        assertThatThrownBy(() -> CopyRows.into("things (number)", jdbc, rows -> {
                    rows.value(1).end();
                    throw new IllegalStateException("no more");
                }))
                .hasMessage("no more");

        assertThat(jdbc.queryForList("select number from things", Integer.class))
                .isEqualTo(List.of());
    }
}
