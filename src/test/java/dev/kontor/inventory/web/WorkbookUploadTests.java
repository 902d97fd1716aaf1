package dev.kontor.inventory.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;
import dev.kontor.api.Table;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.imports.Workbooks;

import static org.assertj.core.api.Assertions.assertThat;

/** Workbooks that somebody sends who may, and should not. */
@InventoryTest
class WorkbookUploadTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    private HttpCaller caller;

    @BeforeAll
    void logIn() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private HttpResponse<String> send(byte[] workbook) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/items/import"))
                .timeout(PATIENCE)
                .header("Content-Type", Table.XLSX)
                .POST(BodyPublishers.ofByteArray(workbook));
        caller.headers().forEach(request::header);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private void refused(byte[] workbook, String message) throws IOException, InterruptedException {
        var answer = send(workbook);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(read(answer).at("/errors/0/field").asString()).isEqualTo("body");
        assertThat(read(answer).at("/errors/0/message").asString()).contains(message);
    }

    @Test
    void refusesABomb() throws Exception {
        refused(Workbooks.bomb(), "must unpack to at most 48 MiB");
    }

    @Test
    void refusesWhatIsDeep() throws Exception {
        refused(Workbooks.deep(), "at most 64 levels");
    }

    @Test
    void refusesMoreRowsThanItTakes() throws Exception {
        refused(Workbooks.sheet("<row/>".repeat(60_000)), "at most 50000 rows");
    }

    @Test
    void refusesEntitiesFromElsewhere() throws Exception {
        refused(Workbooks.withEntity("SYSTEM \"file:///etc/hostname\""), "is no workbook");
        refused(Workbooks.withEntity("SYSTEM \"http://localhost:" + port + "/actuator/health\""), "is no workbook");
    }

    /** A spreadsheet has worked it out already, and nobody here does so again. */
    @Test
    void takesOfAFormulaWhatItCameTo() throws Exception {
        var sku = UUID.randomUUID().toString();
        var formula = "<c r=\"C2\"><f>2*3</f><v>6</v></c>";

        var answer = send(Workbooks.sheet(
                "<row r=\"2\">" + Workbooks.text("A2", sku) + Workbooks.text("B2", "Cup") + formula + "</row>"));

        assertThat(read(answer).path("counted").asInt()).as(answer.body()).isOne();
        assertThat(caller.get("/api/v1/items/" + sku + "/positions").body()).contains("\"present\":6");
    }

    @Test
    void aTextThatIsLikeAFormulaIsNoneWhenItIsExported() throws Exception {
        var sku = UUID.randomUUID().toString();
        var answer = send(Workbooks.sheet(
                "<row r=\"2\">" + Workbooks.text("A2", sku) + Workbooks.text("B2", "=HYPERLINK(1)") + "</row>"));
        assertThat(read(answer).path("added").asInt()).as(answer.body()).isOne();

        assertThat(caller.with("Accept", Table.CSV).get("/api/v1/items").body())
                .contains("'=HYPERLINK(1)")
                .doesNotContain(",=HYPERLINK(1)");
    }
}
