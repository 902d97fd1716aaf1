package dev.kontor.api.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;
import dev.kontor.api.fuzz.Description.Operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Whatever is sent, Kontor does not fail, does not hang, and says what is wrong. {@code -Dfuzz.requests=1000} sends more of
 * them to each operation, {@code -Dfuzz.seed=…} other ones.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "kontor.administrator.password=only-for-this-test",
            "kontor.api.limits.user=1000000",
            "kontor.api.limits.address=1000000"
        })
@Import(Furniture.Deliverer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTests {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 25);
    private static final long SEED = Long.getLong("fuzz.seed", 42);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** They would end the tests' own session, or lock their own person out. */
    private static final Set<String> NOT_HERE = Set.of("/api/v1/auth/logout", "/api/v1/auth/logout-all");

    private static final List<String> TYPES = List.of(
            "application/json",
            "text/plain",
            "application/xml",
            "text/csv",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=UTF-16",
            "application/json;;;",
            "*/*",
            "nonsense");

    /**
     * Operations that nobody enters who does not know a secret that the test does not invent either. None may be added but
     * for that.
     */
    private static final Set<String> NEVER_ENTERED = Set.of(
            "POST /hooks/v1/{marketplace}",
            "POST /hooks/v1/{marketplace}/{account}",
            "POST /hooks/telegram",
            "POST /api/v1/auth/login",
            "POST /api/v1/auth/refresh",
            "POST /api/v1/auth/password",
            "POST /api/v1/auth/password-links",
            "POST /api/v1/auth/second-factor",
            "POST /api/v1/auth/second-factor/removal",
            "POST /api/v1/auth/second-factor/recovery-codes");

    /** So that what is shown is there by then, and is not gone yet. */
    private static final List<String> ORDER = List.of("POST", "PUT", "PATCH", "GET", "DELETE");

    private static final String TABLE = "sku,name,count\nCUP-RED,Red cup,3\nCUP,Cup,\n";

    @LocalServerPort
    int port;

    @Autowired
    Furniture.Delivery delivery;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> seen = new ArrayList<>();
    private final Map<String, Set<Integer>> answered = new LinkedHashMap<>();
    private Furniture furniture;
    private HttpCaller administrator;
    private Description description;

    @BeforeAll
    void readTheDescription() {
        logIn();
        description = new Description(administrator.get("/v3/api-docs").json());
        for (var sku : List.of("CUP", "SAUCER", "CUP-BLUE")) {
            var item = administrator.post("/api/v1/items", Map.of("sku", sku, "name", "Cup", "type", "SIMPLE"));
            assertThat(item.status()).as(item.body()).isIn(201, 409, 400);
        }
        seen.addAll(List.of("CUP", "SAUCER"));
        furniture = delivery.to(administrator);
        seen.addAll(furniture.ids().get("accounts"));
        seen.addAll(furniture.ids().get("listings"));
    }

    private void logIn() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    /** In the end it is looked at whether there was anything but doors. */
    @TestFactory
    Stream<DynamicTest> whateverIsSent(TestReporter reporter) {
        var operations = description.operations().stream()
                .filter(operation -> !NOT_HERE.contains(operation.path()))
                .sorted(Comparator.comparing(operation -> ORDER.indexOf(operation.method())))
                .toList();
        assertThat(operations).hasSizeGreaterThan(80);
        return Stream.concat(
                operations.stream().map(operation -> dynamicTest(operation.toString(), () -> fuzz(operation))),
                Stream.of(dynamicTest("enters every operation", () -> wereEntered(reporter))));
    }

    private void wereEntered(TestReporter reporter) {
        reporter.publishEntry(
                "answered with success",
                answered.values().stream()
                                .filter(all -> all.stream().anyMatch(status -> status / 100 == 2))
                                .count()
                        + " of " + answered.size());
        var outside = answered.entrySet().stream()
                .filter(it -> it.getValue().stream().noneMatch(FuzzTests::entered))
                .map(it -> it.getKey() + " " + it.getValue())
                .toList();
        assertThat(outside)
                .as("operations of which nothing but the door was tried")
                .allMatch(it -> NEVER_ENTERED.contains(it.substring(0, it.indexOf(" ["))));
    }

    /** It took the request, or looked at what it is about and saw that it may not be. */
    private static boolean entered(int status) {
        return status / 100 == 2 || status == 409 || status == 412 || status == 422;
    }

    private void fuzz(Operation operation) throws InterruptedException {
        var random = new Random(SEED + operation.toString().hashCode());
        var known =
                operation.path().contains("/users") || operation.path().contains("/auth") ? List.<String>of() : seen;
        var inventor = new Inventor(random, description, known, furniture);
        for (int request = 0; request < REQUESTS; request++) {
            int harm = List.of(0, 5, 25, 60).get(request % 4);
            var sent = invent(operation, inventor, harm);
            try {
                judge(
                        http.send(
                                sent.build(administrator.headers().get("Authorization"), port),
                                BodyHandlers.ofString()),
                        operation);
            } catch (IOException | AssertionError e) {
                throw new AssertionError(
                        "%s%n%s%n-Dfuzz.seed=%d, request %d".formatted(e.getMessage(), sent, SEED, request), e);
            }
        }
    }

    private record Sent(String method, String path, Map<String, String> headers, String body) {

        HttpRequest build(String authorization, int port) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .timeout(PATIENCE)
                    .header("Authorization", authorization)
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            headers.forEach(request::header);
            return request.build();
        }

        @Override
        public String toString() {
            return method + " " + path + " " + headers + " "
                    + (body == null ? "" : body.substring(0, Math.min(500, body.length())));
        }
    }

    private Sent invent(Operation operation, Inventor inventor, int harm) {
        var path = operation.path();
        var place = inventor.number(1_000);
        var query = new ArrayList<String>();
        var headers = new TreeMap<String, String>();
        for (var parameter : operation.parameters().map(description::follow).toList()) {
            var name = parameter.path("name").asString();
            switch (parameter.path("in").asString()) {
                case "path" -> {
                    var there = furniture.of(operation.path(), name);
                    var text = there.isEmpty() || inventor.chance(harm)
                            ? inventor.text(parameter.path("schema"), harm)
                            : there.get(place % there.size());
                    path = path.replace("{" + name + "}", segment(text));
                }
                case "query" -> {
                    if (inventor.chance(parameter.path("required").asBoolean() ? 90 : 30)) {
                        query.add(encoded(name) + "=" + encoded(inventor.text(parameter.path("schema"), harm)));
                    }
                }
                case "header" -> {
                    if (inventor.chance(80)) {
                        var value = name.equals("If-Match") && inventor.chance(80)
                                ? inventor.oneOf(List.of(
                                        "*",
                                        "*",
                                        "\"0\"",
                                        "\"1\"",
                                        "W/\"1\"",
                                        "\"x\"",
                                        "1",
                                        "\"99999999999999999999\""))
                                : inventor.text(parameter.path("schema"), harm);
                        headers.put(name, value.replaceAll("[^\\x20-\\x7e]", "?"));
                    }
                }
                default -> {}
            }
        }
        if (inventor.chance(harm / 3)) {
            query.add(inventor.oneOf(List.of(
                    "unknown=1",
                    "limit=0",
                    "limit=501",
                    "limit=x",
                    "after=x",
                    "after=e30",
                    "a[]=1",
                    "%zz=1".replace("zz", "41"),
                    "&&",
                    "=",
                    "limit=1&limit=2")));
        }
        String body = null;
        var content = description.follow(operation.node().path("requestBody")).path("content");
        if (!content.isEmpty()) {
            var type = inventor.oneOf(List.copyOf(content.propertyNames()));
            var schema = content.path(type).path("schema");
            var example = content.path(type).path("example");
            body = !type.contains("json")
                    ? type.equals("text/csv") && harm == 0 ? TABLE : inventor.text(schema, 50)
                    : harm == 0 && !example.isMissingNode() && inventor.chance(50)
                            ? example.toString()
                            : inventor.body(schema, harm);
            headers.put("Content-Type", type.equals("*/*") ? "application/json" : type);
        } else if (inventor.chance(harm / 4)) {
            body = "{\"unexpected\": 1}";
        }
        if (inventor.chance(harm / 5)) {
            headers.put("Content-Type", inventor.oneOf(TYPES));
        }
        if (inventor.chance(harm / 5)) {
            headers.put(
                    "Accept",
                    inventor.oneOf(
                            List.of("text/csv", "application/xml", "nonsense", "*/*;q=0", "text/html", "a/b, ,")));
        }
        return new Sent(
                operation.method(), path + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String segment(String text) {
        var encoded = encoded(text).replace("+", "%20");
        return encoded.isEmpty() || encoded.matches("\\.+") ? "%20" : encoded;
    }

    private void judge(HttpResponse<String> answer, Operation operation) {
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        answered.computeIfAbsent(operation.toString(), _ -> new TreeSet<>()).add(answer.statusCode());
        if (answer.statusCode() >= 400) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("none"))
                    .as(answer.statusCode() + " " + answer.body())
                    .startsWith("application/problem+json");
            var problem = JsonMapper.shared().readTree(answer.body());
            assertThat(problem.path("type").asString()).startsWith("urn:kontor:problem:");
            assertThat(problem.path("title").asString()).isNotEmpty();
            assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
            if (answer.statusCode() == 401
                    && !operation.open()
                    && !operation.path().contains("/auth/")) {
                logIn();
            }
        } else {
            remember(answer.body());
        }
    }

    private void remember(String body) {
        try {
            remember(JsonMapper.shared().readTree(body));
        } catch (JacksonException e) {
            // a table, or nothing
        }
    }

    private void remember(JsonNode node) {
        for (var name : List.of("id", "sku", "next", "externalId")) {
            var value = node.path(name);
            if (value.isString() && seen.size() < 2_000 && !seen.contains(value.asString())) {
                seen.add(value.asString());
            }
        }
        node.forEach(this::remember);
    }
}
