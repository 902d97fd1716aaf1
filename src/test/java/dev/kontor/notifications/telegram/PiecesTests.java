package dev.kontor.notifications.telegram;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PiecesTests {

    private static String text(List<String> pieces) {
        return pieces.stream()
                .map(piece -> piece.replaceAll("<[^>]*>", ""))
                .collect(Collectors.joining())
                .replaceAll("\\s", "");
    }

    private static void assertWhole(List<String> pieces, String html) {
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece.length()).isBetween(1, Pieces.LONGEST);
            assertThat(piece.split("<b>", -1)).hasSameSizeAs(piece.split("</b>", -1));
            assertThat(piece.split("<i>", -1)).hasSameSizeAs(piece.split("</i>", -1));
            assertThat(piece).doesNotMatch("(?s).*&[a-z]*$");
        });
        assertThat(text(pieces)).isEqualTo(text(List.of(html)));
    }

    @Test
    void leavesWhatFitsAsItIs() {
        assertThat(Pieces.of("<b>short</b>\n\nand sweet")).containsExactly("<b>short</b>\n\nand sweet");
    }

    @Test
    void cutsBetweenLines() {
        var line = "<b>order</b> 4711 &amp; more";
        var html = IntStream.range(0, 400).mapToObj(_ -> line).collect(Collectors.joining("\n"));

        var pieces = Pieces.of(html);

        assertWhole(pieces, html);
        assertThat(pieces)
                .hasSizeGreaterThan(2)
                .allSatisfy(piece -> assertThat(piece.lines()).allMatch(line::equals));
    }

    @Test
    void cutsALineThatFitsNowhereAndClosesWhatIsOpen() {
        var html = "<b>head</b> <i>" + "&lt;🙂&gt; word ".repeat(900) + "</i>";

        var pieces = Pieces.of(html);

        assertWhole(pieces, html);
        assertThat(pieces.get(1)).startsWith("<i>").endsWith("</i>");
        assertThat(pieces).noneMatch(piece -> Character.isLowSurrogate(piece.charAt(0)));
    }

    @Test
    void tellsHowManyLinesFitBesideTheRest() {
        var lines = Collections.nCopies(100, "x".repeat(99));

        assertThat(Pieces.fitting(lines, 0)).isEqualTo(40);
        assertThat(Pieces.fitting(lines, 96)).isEqualTo(40);
        assertThat(Pieces.fitting(lines, 97)).isEqualTo(39);
        assertThat(Pieces.fitting(lines, 5000)).isZero();
        assertThat(Pieces.fitting(lines.subList(0, 3), 96)).isEqualTo(3);
    }
}
