package dev.kontor.api;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.kontor.RawHttp;

import static org.assertj.core.api.Assertions.assertThat;

/** Behind a proxy that speaks https, with one site whose pages may call. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "kontor.administrator.password=only-for-this-test",
            "kontor.api.origins=https://shop.example",
            "server.forward-headers-strategy=native"
        })
class OtherSitesTests {

    @LocalServerPort
    int port;

    private String send(String line, String... headers) {
        return RawHttp.send(
                port,
                line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", headers)
                        + (headers.length == 0 ? "" : "\r\n") + "\r\n");
    }

    @Test
    void theOneThatIsNamedMayAskAndSendKeys() {
        var asked = send(
                "OPTIONS /api/v1/orders",
                "Origin: https://shop.example",
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: authorization");
        assertThat(asked).startsWith("HTTP/1.1 200").contains("Access-Control-Allow-Origin: https://shop.example");
        assertThat(send("GET /api/v1/orders", "Origin: https://shop.example"))
                .startsWith("HTTP/1.1 401")
                .contains("Access-Control-Allow-Origin: https://shop.example")
                .doesNotContain("Access-Control-Allow-Credentials");
    }

    @Test
    void noOtherMay() {
        assertThat(send(
                        "OPTIONS /api/v1/orders",
                        "Origin: https://elsewhere.example",
                        "Access-Control-Request-Method: GET"))
                .startsWith("HTTP/1.1 403")
                .contains("urn:kontor:problem:forbidden")
                .doesNotContain("Access-Control-Allow");
        assertThat(send("GET /docs/modules", "Origin: https://shop.example")).doesNotContain("Access-Control-Allow");
    }

    @Test
    void aBrowserStaysWithHttpsOnceItHasSeenIt() {
        assertThat(send("GET /actuator/health", "X-Forwarded-Proto: https"))
                .containsOnlyOnce("Strict-Transport-Security: max-age=31536000");
        assertThat(send("GET /%00", "X-Forwarded-Proto: https"))
                .contains("Strict-Transport-Security: max-age=31536000");
        assertThat(send("GET /actuator/health")).doesNotContain("Strict-Transport-Security");
    }
}
