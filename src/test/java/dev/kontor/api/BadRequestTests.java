package dev.kontor.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@Import(BadRequestTests.Things.class)
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTests {

    enum Colour {
        RED,
        GREEN
    }

    record Part(@NotBlank String sku, @Positive int units) {}

    record Thing(
            @NotBlank String name,
            Colour colour,
            @Nullable UUID owner,
            @Nullable Instant at,
            @Nullable BigDecimal price,
            @NotEmpty @Valid List<Part> parts) {}

    @RestController
    @Own
    @RequestMapping("/api/v1/things")
    static class Things {

        @PostMapping
        Thing create(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @GetMapping
        Page<String> list(
                @RequestParam(required = false) @Nullable Colour colour,
                @RequestParam(name = "placed-from", required = false) @Nullable Instant from,
                @RequestParam(required = false) @Nullable LocalDate day,
                @RequestParam(required = false) List<UUID> account,
                @RequestParam(required = false) @Max(9) @Nullable Integer size,
                PageQuery page) {
            return new Page<>(List.of(), null);
        }

        @GetMapping("/required")
        String required(@RequestParam String word) {
            return word;
        }

        @PutMapping("/{id}")
        ResponseEntity<Void> change(@PathVariable UUID id, @RequestHeader(HttpHeaders.IF_MATCH) IfMatch ifMatch) {
            var present = new Version(7);
            ifMatch.require(present);
            return ResponseEntity.noContent().eTag(present.etag()).build();
        }

        @GetMapping("/failing")
        String fail() {
            throw new IllegalStateException("inner secret");
        }

        @GetMapping("/conflicting")
        String conflict() {
            throw new Conflict("thing-in-use", "The thing is in use.");
        }
    }

    @LocalServerPort
    int port;

    HttpCaller caller;

    @BeforeAll
    void logIn() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"a","parts":[{"sku":"x","units":1}],"size":1}               | size
            {"name":"a","colour":"BLUE","parts":[{"sku":"x","units":1}]}        | colour
            {"name":"a","colour":0,"parts":[{"sku":"x","units":1}]}             | colour
            {"name":"a","owner":"nobody","parts":[{"sku":"x","units":1}]}       | owner
            {"name":"a","at":"yesterday","parts":[{"sku":"x","units":1}]}       | at
            {"name":"a","price":"cheap","parts":[{"sku":"x","units":1}]}        | price
            {"name":"a","parts":[{"sku":"x","units":1},{"sku":"","units":0}]}   | parts[1].sku parts[1].units
            {"name":"a","parts":[{"sku":"x","units":1},{"sku":"x","units":"many"}]} | parts[1].units
            {"name":"a","parts":[{"sku":"x","units":1.5}]}                      | parts[0].units
            {"name":"a","parts":[{"sku":{"a":[1]},"units":1,"sise":{"b":2}}]}   | parts[0].sku parts[0].sise
            {"name":"a","parts":"none"}                                         | parts
            {"name":["a"],"parts":[]}                                           | name parts
            {"name":"","colour":"BLUE","owner":7,"at":"x","price":"x","z":1,"parts":[]} | name colour owner at price z parts
            {"name":"a\\u0000","parts":[{"sku":"\\u0000","units":1}]}           | name parts[0].sku
            {}                                                                  | name parts
            {"name":"a","name":"b"}                                             | body
            {"name":                                                            | body
            {"name":"a                                                          | name
            [1]                                                                 | body
            nonsense                                                            | body
            """)
    void namesEveryWrongFieldOfABody(String body, String fields) {
        var answer = caller.post("/api/v1/things", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:kontor:problem:invalid-request");
        assertThat(fields(answer)).as(answer.body()).containsExactlyInAnyOrder(fields.split(" "));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ?colour=BLUE,                     colour
            ?placed-from=yesterday,           placed-from
            ?day=2026-13-01,                  day
            ?account=me,                      account
            ?size=big,                        size
            ?size=10,                         size
            ?limit=0,                         limit
            ?limit=501,                       limit
            ?limit=x,                         limit
            ?limit=2&limit=3,                 limit
            ?after=x&after=y&limit=0,         after
            ?colour=RED&colour=GREEN,         colour
            ?day=2026-01-01&day=2026-01-02&size=1&size=2, day size
            ?after=x,                         ''
            ?placedFrom=2026-01-01T00:00:00Z, placedFrom
            ?color=RED&lmit=3,                color lmit
            ?colour=BLUE&day=x&limit=0&account=me&color=RED, colour day limit account color
            """)
    void namesEveryWrongParameter(String query, String fields) {
        var answer = caller.get("/api/v1/things" + query);
        if (fields.isEmpty()) {
            assertThat(answer.status()).isEqualTo(200); // this list does not read its cursor
            return;
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(fields(answer)).as(answer.body()).containsExactlyInAnyOrder(fields.split(" "));
    }

    @Test
    void listsWhatWouldBeRight() {
        assertThat(caller.get("/api/v1/things?colour=BLUE").text("detail")).contains("RED, GREEN");
        assertThat(caller.get("/api/v1/things?color=RED").text("detail"))
                .contains("account, after, colour, day, limit, placed-from, size");
        assertThat(caller.get("/api/v1/things/required").text("detail")).isEqualTo("word is required.");
        assertThat(caller.get("/api/v1/things/required?word=a%00b").text("detail"))
                .isEqualTo("word must not contain the character U+0000.");
        assertThat(caller.get("/api/v1/things/1").status()).isEqualTo(405);
        assertThat(caller.send("PUT", "/api/v1/things/1", "").text("detail")).isEqualTo("id must be a UUID.");
        assertThat(caller.send("PATCH", "/api/v1/things", "{}").header("Allow")).contains("GET", "POST");
    }

    @Test
    void neverRepeatsWhatWasSent() {
        for (var body : List.of(
                "{\"name\":\"a\",\"owner\":\"Jan Kowalski\"}", "{\"name\":\"Jan Kowalski", "{\"name\":Jan Kowalski}")) {
            assertThat(caller.post("/api/v1/things", body).body()).doesNotContain("Kowalski");
        }
        assertThat(caller.get("/api/v1/things?day=Kowalski").body()).doesNotContain("Kowalski");
    }

    @Test
    void demandsAndComparesIfMatch() {
        var path = "/api/v1/things/" + UUID.randomUUID();
        var required = caller.send("PUT", path, "");
        assertThat(required.status()).isEqualTo(428);
        assertThat(required.text("type")).isEqualTo("urn:kontor:problem:precondition-required");
        var failed = caller.with("If-Match", "\"6\"").send("PUT", path, "");
        assertThat(failed.status()).isEqualTo(412);
        assertThat(failed.text("type")).isEqualTo("urn:kontor:problem:precondition-failed");
        for (var tag : List.of("\"7\"", "\"6\", \"7\"", "*")) {
            assertThat(caller.with("If-Match", tag).send("PUT", path, "").status())
                    .isEqualTo(204);
        }
        assertThat(caller.with("If-Match", "W/\"7\"").send("PUT", path, "").status())
                .isEqualTo(412);
    }

    @Test
    void hidesWhatFailedInsideAndSaysWhereToFindIt(CapturedOutput output) {
        var answer = caller.get("/api/v1/things/failing");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("inner secret", "IllegalState");
        assertThat(output.getOut()).contains("inner secret", answer.text("errorId"));
    }

    @Test
    void refusesAQueryWithoutNamesAndATypeThatIsNone() {
        for (var query : List.of("?=", "?colour=RED&=&=", "?=RED")) {
            assertProblem(caller.get("/api/v1/things" + query), 400, "invalid-request");
        }
        for (var type : List.of("*/*", "application/*")) {
            var answer = caller.with("Content-Type", type).post("/api/v1/things", "{}");
            assertProblem(answer, 400, "invalid-request");
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("Content-Type");
        }
    }

    @Test
    void hasAKindForEveryRefusal() {
        assertThat(caller.get("/api/v1/things/conflicting").text("type")).isEqualTo("urn:kontor:problem:thing-in-use");
        assertProblem(caller.get("/api/v1/nothing"), 404, "not-found");
        assertProblem(caller.send("PATCH", "/api/v1/things", "{}"), 405, "method-not-allowed");
        assertProblem(caller.with("Accept", "image/png").get("/api/v1/things"), 406, "not-acceptable");
        assertProblem(caller.with("Accept", "foo").get("/api/v1/things"), 406, "not-acceptable");
        assertProblem(caller.with("Accept", "foo").get("/api/v1/nothing"), 404, "not-found");
        assertProblem(caller.with("Accept", "text/csv").get("/api/v1/things/conflicting"), 409, "thing-in-use");
        var buyer = caller.delete("/api/v1/buyers/" + new UUID(0, 7));
        assertProblem(buyer, 404, "not-found");
        assertThat(buyer.text("detail")).isEqualTo("There is no buyer " + new UUID(0, 7) + ".");
        assertProblem(
                caller.with("Content-Type", "application/yaml").post("/api/v1/things", "name: a"),
                415,
                "unsupported-media-type");
        assertProblem(caller.get("/api//v1/things"), 400, "invalid-request");
        assertProblem(caller.get("/api/v1/%ff"), 400, "invalid-request");
    }

    private static void assertProblem(HttpCaller.Answer answer, int status, String kind) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:kontor:problem:" + kind);
    }

    private static List<String> fields(HttpCaller.Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .distinct()
                .toList();
    }
}
