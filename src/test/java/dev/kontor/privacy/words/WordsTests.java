package dev.kontor.privacy.words;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Jan Nowak                      | jan nowak
            Jan Nowak                      | NOWAK
            Łukasz Żółć                    | lukasz zolc
            lukasz zolc                    | ŁUKASZ ŻÓŁĆ
            Zażółć Gęślą Jaźń              | zazolc gesla jazn
            Jürgen Groß                    | jurgen gross
            Søren Ærø                      | soren aero
            Ｊａｎ                           | jan
            Дмитрий Ёлкин                  | дмитрий елкин
            Anna Nowak-Kowalska            | Nowak-Kowalska
            Anna Nowak-Kowalska            | kowalska anna
            Nowak,Jan                      | nowak jan
            İzmir                          | izmir
            x1+abc@allegromail.pl          | X1+ABC@allegromail.pl
            x1+abc@allegromail.pl          | x1+abc
            jan.nowak@poczta.example       | jan.nowak
            jan.nowak@poczta.example       | nowak
            +48500000000                   | +48 500 000 000
            +48500000000                   | 500000000
            +48500000000                   | 48500000000
            500 000 000                    | +48 (500) 000-000
            500000000                      | +48 500 000 000
            0048 500 000 000               | +48500000000
            AB-12/3                        | ab-12/3
            AB-12/3                        | 12
            Kubek AB-12/3, czerwony        | AB-12/3
            EAN 5901234123457              | 5901234123457
            12-34567                       | 12-34567
            111-2222222-3333333            | 111-2222222-3333333
            (AB-1)                         | "AB-1"
            kup_ujacy                      | kup_ujacy
            """)
    void finds(String text, String query) {
        assertThat(Words.wanted(query)).isNotEmpty().allMatch(Words.of(text)::contains);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Jan Nowak                      | jan kowalski
            Jan Nowak                      | nowa
            AB-12/3                        | AB-12/4
            12 AB 3                        | AB-12/3
            x1+abd@allegromail.pl          | x1+abc@allegromail.pl
            500 000 001                    | +48 500 000 000
            2024000000123                  | 2025000000123
            """)
    void doesNotFind(String text, String query) {
        assertThat(Words.wanted(query))
                .isNotEmpty()
                .anyMatch(word -> !Words.of(text).contains(word));
    }

    @Test
    void looksForAWholeAddressNumberOrSkuAndNotForItsParts() {
        assertThat(Words.wanted("x1+abc@allegromail.pl")).containsExactly("x1+abc@allegromail.pl");
        assertThat(Words.wanted("+48 500 000 000")).containsExactly("500000000");
        assertThat(Words.wanted("AB-12/3")).containsExactly("ab-12/3");
        assertThat(Words.wanted("jan nowak")).containsExactly("jan", "nowak");
        assertThat(Words.wanted(" -- , ")).isEmpty();
        assertThat(Words.wanted("")).isEmpty();
        assertThat(Words.of("")).isEmpty();
    }
}
