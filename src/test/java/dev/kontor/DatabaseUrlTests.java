package dev.kontor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseUrlTests {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            jdbc:postgresql://host:5432/kontor?ssl=true, jdbc:postgresql://host:5432/kontor?ssl=true, -, -
            postgresql://host:5432/kontor,               jdbc:postgresql://host:5432/kontor,          -, -
            postgres://host/kontor?sslmode=require,      jdbc:postgresql://host/kontor?sslmode=require, -, -
            postgresql://kontor_db:5432/kontor,          jdbc:postgresql://kontor_db:5432/kontor,     -, -
            postgresql://me:se%40cret+@kontor_db/kontor, jdbc:postgresql://kontor_db/kontor,          me, se@cret+
            postgresql://me@127.0.0.1/kontor,            jdbc:postgresql://127.0.0.1/kontor,          me, -
            postgresql://me:a:b@[::1]:5432/kontor,       jdbc:postgresql://[::1]:5432/kontor,         me, a:b
            """)
    void readsEitherForm(String url, String jdbc, String user, String password) {
        assertThat(DatabaseUrl.parse(url)).isEqualTo(new DatabaseUrl(jdbc, user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://me:secret@host/kontor",
                "postgresql:///kontor",
                "postgresql://me:secret@/kontor",
                "postgresql://me:secret@host:port/kontor",
                "host:5432/kontor",
                "postgresql://me:sec ret@host/kontor"
            })
    void refusesAnythingElseWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("KONTOR_DATABASE_URL")
                .hasNoCause()
                .message()
                .doesNotContain("sec");
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(DatabaseUrl.parse("postgresql://me:secret@host/kontor")).hasToString("DatabaseUrl[masked]");
    }
}
