package dev.kontor.marketplaces.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import com.sun.net.httpserver.HttpServer;

import dev.kontor.marketplaces.PermittedAddresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PermittedAddressesTests {

    private static final PermittedAddresses AMAZON = new PermittedAddresses(URI.create("https://192.0.43.8/"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.9.9.9/",
                "https://0.0.0.0/",
                "https://0.1.2.3/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://198.18.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://2130706433/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[fe80::1]/",
                "https://[fd00::1]/",
                "https://[2002:7f00:1::]/",
                "https://localhost/",
                "http://93.184.215.14/",
                "https://someone@93.184.215.14/",
                "file:///etc/passwd"
            })
    void anAddressThatWasLearnedLeadsToNoNetworkButThePublicOne(String address) {
        assertThatThrownBy(() -> AMAZON.check(URI.create(address)))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://93.184.215.14/document", "https://[2606:2800:220:1::1]/", "https://192.0.43.8/x"})
    void publicOnesArePermitted(String address) {
        assertThatCode(() -> AMAZON.check(URI.create(address))).doesNotThrowAnyException();
    }

    @Test
    void aServerThatTheSettingsNameMayBeOnThisMachineButNotWhereCloudsKeepCredentials() throws IOException {
        var sandbox = new PermittedAddresses(URI.create("http://localhost:8090/amazon"));
        sandbox.check(URI.create("http://localhost:8090/amazon/orders"));
        sandbox.check(URI.create("http://localhost:9999/documents/1"));
        assertThatThrownBy(() -> sandbox.check(URI.create("http://127.0.0.1:8090/")))
                .isInstanceOf(IOException.class);
        var metadata = new PermittedAddresses(URI.create("http://169.254.169.254/"));
        assertThatThrownBy(() -> metadata.check(URI.create("http://169.254.169.254/x")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsAskedOfARefusedServerAndRedirectsAreNotFollowed() throws IOException {
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        try {
            var port = server.getAddress().getPort();
            var there = URI.create("http://127.0.0.1:" + port + "/");
            assertThatThrownBy(() -> client(URI.create("https://192.0.43.8/"))
                            .get()
                            .uri(there)
                            .retrieve()
                            .toBodilessEntity())
                    .isInstanceOf(ResourceAccessException.class)
                    .hasMessageContaining("not permitted");
            assertThat(asked).hasValue(0);
            var answer = client(there).get().uri(there).retrieve().toBodilessEntity();
            assertThat(answer.getStatusCode().value()).isEqualTo(302);
            assertThat(asked).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    private static RestClient client(URI configured) {
        var factory = new JdkClientHttpRequestFactory();
        factory.setReadTimeout(Duration.ofSeconds(30));
        return RestClient.builder()
                .requestFactory(factory)
                .requestInterceptor(new AddressCheck(configured))
                .build();
    }
}
