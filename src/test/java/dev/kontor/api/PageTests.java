package dev.kontor.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PageTests {

    record Position(int number, String name) {}

    @Test
    void continuesWhereItEnded() {
        var query = PageQuery.parse("2", null);
        var page = Page.cut(List.of(1, 2, 3), query, number -> new Position(number, "ż"));
        assertThat(page.items()).containsExactly(1, 2);
        assertThat(PageQuery.parse(null, page.next()).after(Position.class)).contains(new Position(2, "ż"));
    }

    @Test
    void hasNoNextAtTheEnd() {
        var query = PageQuery.parse("2", "");
        assertThat(query.after(Position.class)).isEmpty();
        assertThat(Page.cut(List.of(1, 2), query, number -> new Position(number, ""))
                        .next())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "{\"number\":1}",
                "{\"number\":\"x\",\"name\":\"\"}",
                "{\"number\":1,\"name\":\"a\",\"more\":1}",
                "{\"number\":1,\"name\":null}",
                "text"
            })
    void refusesAForgedCursor(String content) {
        var forged = Base64.getUrlEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        for (var after : List.of(forged, content, "%%%")) {
            assertThatThrownBy(() -> PageQuery.parse(null, after).after(Position.class))
                    .isInstanceOf(InvalidField.class)
                    .hasMessageStartingWith("after ");
        }
    }
}
