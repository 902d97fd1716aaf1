package dev.kontor.inventory.items;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GtinTests {

    @ParameterizedTest
    @ValueSource(strings = {"5901234123457", "4006381333931", "96385074", "036000291452", "10012345678902", "00000000"})
    void isANumberWhoseLastDigitChecksTheOthers(String digits) {
        assertThat(Gtin.parse(digits)).map(Gtin::digits).contains(digits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5901234123458",
                "5901234123475",
                "590123412345",
                "59012341234570",
                "9638507",
                "59O1234123457",
                " 96385074",
                "٩٦٣٨٥٠٧٤"
            })
    void isNothingElse(String text) {
        assertThat(Gtin.parse(text)).isEmpty();
    }
}
