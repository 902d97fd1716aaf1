package dev.kontor.api;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.RawHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Every route and page of the running application, refusals and answers, and what the server refuses by itself. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerHeaderTests {

    private static final List<String> PAGES = List.of(
            "/",
            "/swagger-ui.html",
            "/swagger-ui/index.html",
            "/v3/api-docs",
            "/docs/modules",
            "/password.html",
            "/password.js",
            "/password.css",
            "/nothing/here",
            "/api/v1/nothing");

    private static final String TELLTALES =
            "(?is).*(tomcat|apache|coyote|spring|java\\.|jackson|exception|\\bat dev\\.|stack).*";

    @LocalServerPort
    int port;

    @Autowired
    List<RequestMappingInfoHandlerMapping> mappings;

    HttpCaller administrator;

    @BeforeAll
    void logIn() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private record Route(String method, String path) {

        Answer ask(HttpCaller caller) {
            var unknown = path.startsWith("/api/") ? "?no-such-parameter=1" : "";
            var address = path.replaceAll("\\{[^/]+}", "9b2f6a0e-7d0f-4c57-9a0f-3f0a7f2e7f11") + unknown;
            return caller.send(method, address, method.equals("GET") ? null : "{}");
        }
    }

    private Stream<Route> routes() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(info -> info.getPatternValues().stream().flatMap(path -> {
                    var methods = info.getMethodsCondition().getMethods();
                    return methods.isEmpty()
                            ? Stream.of(new Route("GET", path), new Route("POST", path))
                            : methods.stream().map(method -> new Route(method.name(), path));
                }))
                .filter(route -> !route.path().contains("*"))
                .distinct();
    }

    @TestFactory
    Stream<DynamicTest> everyRouteTellsABrowserWhatToRefuse() {
        var routes = routes().toList();
        assertThat(routes).hasSizeGreaterThan(120);
        return routes.stream()
                .map(route -> dynamicTest(
                        route.toString(),
                        () -> Stream.of(HttpCaller.nobody(port), administrator).forEach(caller -> {
                            var answer = route.ask(caller);
                            assertGuarded(answer);
                            if (route.path().matches("/(api|hooks|actuator|\\.well-known)/.*")) {
                                assertThat(answer.header("Content-Security-Policy"))
                                        .isEqualTo(AnswerHeaders.NO_CONTENT);
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> everyPageTellsABrowserWhatToRefuse() {
        return PAGES.stream()
                .map(page -> dynamicTest(
                        page,
                        () -> Stream.of(HttpCaller.nobody(port), administrator).forEach(caller -> {
                            var answer = caller.get(page);
                            assertGuarded(answer);
                            assertThat(answer.header("Content-Security-Policy"))
                                    .contains("frame-ancestors 'none'")
                                    .doesNotContain("unsafe-eval")
                                    .doesNotContainPattern("script-src[^;]*unsafe-inline");
                        })));
    }

    private static void assertGuarded(Answer answer) {
        AnswerHeaders.always().forEach((name, value) -> assertOnce(answer.headers(), name, value));
        assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
        assertThat(answer.headers().allValues("Cache-Control")).hasSize(1);
        if (!answer.header("Cache-Control").contains("public")) {
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(answer.headers().map()).doesNotContainKey("strict-transport-security");
        if (answer.status() >= 400) {
            assertThat(answer.body()).doesNotMatch("(?is).*(tomcat|coyote|\\bat dev\\.kontor|springframework).*");
        }
    }

    private static void assertOnce(HttpHeaders headers, String name, String value) {
        assertThat(headers.allValues(name)).as(name).containsExactly(value);
    }

    /** What anybody may keep holds no secret and nothing personal. */
    @Test
    void onlyPublicKeysMayBeKept() {
        var kept = routes().filter(route -> route.method().equals("GET"))
                .filter(route ->
                        !route.ask(administrator).header("Cache-Control").contains("no-store"))
                .map(Route::path);
        assertThat(kept).containsExactly("/.well-known/jwks.json");
    }

    @Test
    void nobodyElsesPageMayCall() {
        var caller = administrator.with("Origin", "https://elsewhere.example");
        for (var answer : List.of(
                caller.get("/api/v1/orders"),
                caller.with("Access-Control-Request-Method", "POST").send("OPTIONS", "/api/v1/orders", null),
                caller.with("Access-Control-Request-Method", "POST").send("OPTIONS", "/api/v1/auth/login", null))) {
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /a{b}<c> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /..;/..;/etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET //api/v1/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header\u0001: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Correlation-Id: a\u0001b\r\nConnection: close\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "BREW /coffee HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: nonsense\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZZ\r\n{}\r\n0\r\n\r\n",
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\nConnection: close\r\n\r\n{",
            })
    void whatTheServerRefusesByItselfTellsNothingOfIt(String request) {
        assertRefused(RawHttp.send(port, request));
    }

    @Test
    void whatIsTooLongForTheServerIsRefusedTheSameWay() {
        assertRefused(RawHttp.send(port, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertRefused(
                RawHttp.send(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n"));
        assertRefused(RawHttp.send(port, "GET / HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(5_000) + "\r\n"));
    }

    private static void assertRefused(String answer) {
        assertThat(answer).matches("(?s)HTTP/1\\.1 (4\\d\\d|501|505) .*");
        var end = answer.indexOf("\r\n\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.substring(0, end).lines().skip(1).forEach(line -> {
            var colon = line.indexOf(':');
            assertThat(headers.put(
                            line.substring(0, colon), line.substring(colon + 1).strip()))
                    .as(line)
                    .isNull();
        });
        assertThat(answer.substring(end)).doesNotMatch(TELLTALES);
        assertThat(headers).doesNotContainKey("Server").containsAllEntriesOf(AnswerHeaders.always());
        assertThat(headers.get("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(headers.get("Cache-Control")).contains("no-store");
        assertThat(headers.get("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.substring(end)).contains("urn:kontor:problem:");
    }
}
