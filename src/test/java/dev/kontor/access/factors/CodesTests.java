package dev.kontor.access.factors;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CodesTests {

    /** Of RFC 6238, appendix B. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109);
    private static final long STEP = 1_111_111_109 / 30;

    /** The last six digits of the eight in the table. */
    @ParameterizedTest
    @CsvSource({
        "59,          287082",
        "1111111109,  081804",
        "1111111111,  050471",
        "1234567890,  005924",
        "2000000000,  279037",
        "20000000000, 353130"
    })
    void areThoseOfTheStandard(long second, String code) {
        assertThat(Codes.step(SECRET, code, Instant.ofEpochSecond(second), 0)).hasValue(second / 30);
    }

    @Test
    void areTakenHalfAMinuteEarlyOrLateAndNoMore() {
        assertThat(Codes.step(SECRET, "081804", NOW.plusSeconds(30), 0)).hasValue(STEP);
        assertThat(Codes.step(SECRET, "081804", NOW.minusSeconds(30), 0)).hasValue(STEP);
        assertThat(Codes.step(SECRET, "081804", NOW.plusSeconds(60), 0)).isEmpty();
        assertThat(Codes.step(SECRET, "081804", NOW.minusSeconds(60), 0)).isEmpty();
    }

    @Test
    void areNotTakenOfTheLastHalfMinuteOrAnEarlierOne() {
        assertThat(Codes.step(SECRET, "081804", NOW, STEP - 1)).hasValue(STEP);
        assertThat(Codes.step(SECRET, "081804", NOW, STEP)).isEmpty();
        assertThat(Codes.step(SECRET, "081804", NOW, STEP + 1)).isEmpty();
    }

    @Test
    void areNeitherShorterNorLongerNorOfAnotherSecret() {
        assertThat(Codes.step(SECRET, "81804", NOW, 0)).isEmpty();
        assertThat(Codes.step(SECRET, "07081804", NOW, 0)).isEmpty();
        assertThat(Codes.step(SECRET, "", NOW, 0)).isEmpty();
        assertThat(Codes.step("another secret".getBytes(StandardCharsets.US_ASCII), "081804", NOW, 0))
                .isEmpty();
    }
}
