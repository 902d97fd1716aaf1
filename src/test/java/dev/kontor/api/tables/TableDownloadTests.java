package dev.kontor.api.tables;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.kontor.HttpCaller;
import dev.kontor.api.Cell;
import dev.kontor.api.NotFound;
import dev.kontor.api.Own;
import dev.kontor.api.Page;
import dev.kontor.api.Table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
@Import(TableDownloadTests.Numbers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableDownloadTests {

    @RestController
    @Own
    static class Numbers {

        @GetMapping(path = "/api/v1/numbers", produces = MediaType.APPLICATION_JSON_VALUE)
        Page<Long> list() {
            return new Page<>(List.of(1L), null);
        }

        @GetMapping(
                path = "/api/v1/numbers",
                produces = {Table.CSV, Table.XLSX})
        Table<Long> table(@RequestParam(defaultValue = "0") long failAt) {
            return new Table<>(
                    "numbers",
                    List.of(new Table.Column<>("number", Cell::of)),
                    writer -> LongStream.rangeClosed(1, 100_000).forEach(number -> {
                        if (number == failAt) {
                            throw new NotFound("in the middle");
                        }
                        writer.accept(number);
                    }));
        }
    }

    @LocalServerPort
    int port;

    HttpCaller caller;

    @BeforeAll
    void logIn() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @Test
    void givesTheFormatThatIsAskedFor() {
        var csv = caller.with("Accept", "text/csv").get("/api/v1/numbers");
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.header("Content-Disposition")).isEqualTo("attachment; filename=\"numbers.csv\"");
        assertThat(csv.body()).startsWith("number\r\n1\r\n").endsWith("\r\n100000\r\n");
        var xlsx = caller.with("Accept", Table.XLSX).get("/api/v1/numbers");
        assertThat(xlsx.header("Content-Type")).isEqualTo(Table.XLSX);
        assertThat(xlsx.body()).startsWith("PK");
        for (var accept : List.of("application/json", "*/*", "application/*")) {
            assertThat(caller.with("Accept", accept)
                            .get("/api/v1/numbers")
                            .json()
                            .path("items")
                            .size())
                    .isEqualTo(1);
        }
    }

    @Test
    void answersAProblemWhenNothingWasWrittenYet() {
        var answer = caller.with("Accept", "text/csv").get("/api/v1/numbers?failAt=1");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void cutsTheConnectionWhenItFailsInTheMiddle() {
        assertThatThrownBy(() -> caller.with("Accept", "text/csv").get("/api/v1/numbers?failAt=99000"))
                .hasCauseInstanceOf(IOException.class);
    }
}
