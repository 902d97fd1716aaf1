package dev.kontor.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.kontor.HttpCaller;
import dev.kontor.RawHttp;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodySizeTests {

    private static final int MOST = 1 << 20;

    @LocalServerPort
    int port;

    HttpCaller administrator;

    @BeforeAll
    void logIn() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private String post(String headers, String body) {
        return RawHttp.send(
                port,
                "POST /api/v1/items HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Authorization: " + administrator.headers().get("Authorization") + "\r\n" + headers + "\r\n"
                        + body);
    }

    @Test
    void tellsHowMuchIsTakenOfABodyThatSaysHowLongItIs() {
        var body = " ".repeat(MOST + 1);
        assertTooLarge(post("Content-Length: " + body.length() + "\r\n", body));
    }

    /** A body that never says how long it is, and pretends to go on. */
    @Test
    void countsABodyThatComesInPieces() {
        var piece = Integer.toHexString(64 << 10) + "\r\n" + " ".repeat(64 << 10) + "\r\n";
        assertTooLarge(post("Transfer-Encoding: chunked\r\n", piece.repeat(17) + "0\r\n\r\n"));
    }

    private static void assertTooLarge(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("urn:kontor:problem:content-too-large", "at most 1048576 bytes");
    }

    @Test
    void takesNothingCompressed() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bomb)) {
            for (int megabyte = 0; megabyte < 100; megabyte++) {
                out.write(new byte[1 << 20]);
            }
        }
        assertThat(bomb.size()).as("it would pass by its size").isLessThan(MOST);
        assertThat(post(
                        "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n",
                        bomb.toString(StandardCharsets.ISO_8859_1)))
                .startsWith("HTTP/1.1 415")
                .contains("Accept-Encoding: identity", "without a Content-Encoding");
    }

    @ParameterizedTest
    @CsvSource({
        "DEPTH, 'nested deeper than 32 levels'",
        "TEXT, 'texts of more than 100000 characters'",
        "NAME, 'names of more than 200 characters'",
        "NUMBER, 'numbers of more than 100 digits'"
    })
    void namesWhatIsTooMuchOfAJsonBody(String what, String message) {
        var answer = administrator.post(
                "/api/v1/items",
                switch (what) {
                    case "DEPTH" -> "{\"unknown\": " + "[".repeat(100_000);
                    case "TEXT" -> "{\"sku\": \"" + "a".repeat(100_001) + "\"}";
                    case "NAME" -> "{\"" + "a".repeat(60_000) + "\": 1}";
                    default -> "{\"sku\": " + "1".repeat(1_001) + "}";
                });
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("errors").toString()).contains(message);
    }
}
