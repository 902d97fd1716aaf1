package dev.kontor.inventory.web;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;
import dev.kontor.api.Table;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@InventoryTest
class ItemApiTests {

    private static final String EAN = "5901234123457";

    @LocalServerPort
    int port;

    @Autowired
    Stockroom stockroom;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    HttpCaller caller;

    @BeforeAll
    void login() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private static String prefix() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private Answer create(String sku, String rest) {
        return caller.post("/api/v1/items", "{\"sku\":\"" + sku + "\",\"name\":\"Mug\"," + rest + "}");
    }

    private Answer createSimple(String sku) {
        return create(sku, "\"type\":\"SIMPLE\"");
    }

    private static List<String> fields(Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .toList();
    }

    @Test
    void addsAndShowsAnItem() {
        var sku = prefix() + "/ä b";

        var created = create(sku, "\"ean\":\"" + EAN + "\",\"type\":\"VARIANT\"");

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        var shown = caller.get(created.header("Location")).json();
        assertThat(shown.path("sku").asString()).isEqualTo(sku);
        assertThat(shown.path("ean").asString()).isEqualTo(EAN);
        assertThat(shown.path("type").asString()).isEqualTo("VARIANT");
        assertThat(caller.get("/api/v1/items?ean=" + EAN).body()).contains(sku);
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThat(fields(create(" ", "\"ean\":\"5901234123458\",\"type\":\"BUNDLE\"")))
                .containsExactly("sku", "ean", "parts");
        assertThat(
                        fields(
                                create(
                                        "X",
                                        "\"type\":\"BUNDLE\",\"parts\":[{\"sku\":\"X\",\"quantity\":0},{\"sku\":\"Y\",\"quantity\":1}]")))
                .containsExactly("parts[0].quantity", "parts[0].sku");
        assertThat(fields(create("X", "\"type\":\"BUNDLE\",\"parts\":[{\"sku\":\"nowhere\",\"quantity\":1}]")))
                .containsExactly("parts[0].sku");
        assertThat(fields(caller.post("/api/v1/items", "{\"type\":\"HEAVY\",\"weight\":1}")))
                .contains("sku", "name", "type", "weight");
    }

    @Test
    void aSkuIsTakenOnce() {
        var sku = prefix();
        createSimple(sku);

        var second = createSimple(sku);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("type")).isEqualTo("urn:kontor:problem:sku-taken");
    }

    @Test
    void changesOnlyTheVersionThatWasSeen() {
        var path = "/api/v1/items/" + createSimple(prefix()).json().path("sku").asString();
        var patch = "{\"name\":\"Large mug\",\"ean\":\"" + EAN + "\"}";

        assertThat(caller.send("PATCH", path, patch).status()).isEqualTo(428);
        assertThat(caller.with("If-Match", "\"7\"").send("PATCH", path, patch).status())
                .isEqualTo(412);
        var changed = caller.with("If-Match", "\"1\"").send("PATCH", path, patch);

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.text("name")).isEqualTo("Large mug");
        var cleared = caller.with("If-Match", "\"2\"").send("PATCH", path, "{\"ean\":\"\"}");
        assertThat(cleared.json().has("ean")).isFalse();
        assertThat(cleared.text("name")).isEqualTo("Large mug");
        assertThat(caller.with("If-Match", "\"3\"")
                        .send("PATCH", path, "{\"name\":\"Large mug\"}")
                        .header("ETag"))
                .isEqualTo("\"3\"");
        assertThat(fields(caller.with("If-Match", "*").send("PATCH", path, "{\"sku\":\"other\"}")))
                .containsExactly("sku");
    }

    @Test
    void noBundleContainsItself() {
        var cup = prefix();
        createSimple(cup);
        var set = cup + "-set";
        var box = cup + "-box";
        create(set, "\"type\":\"BUNDLE\",\"parts\":[{\"sku\":\"" + cup + "\",\"quantity\":2}]");
        var outer = create(box, "\"type\":\"BUNDLE\",\"parts\":[{\"sku\":\"" + set + "\",\"quantity\":6}]");
        assertThat(outer.status()).as(outer.body()).isEqualTo(201);
        assertThat(outer.json().at("/parts/0/quantity").asInt()).isEqualTo(6);

        var closed = caller.with("If-Match", "*")
                .send("PATCH", "/api/v1/items/" + set, "{\"parts\":[{\"sku\":\"" + box + "\",\"quantity\":1}]}");

        assertThat(closed.status()).isEqualTo(400);
        assertThat(fields(closed)).containsExactly("parts");
        assertThat(caller.get("/api/v1/items/" + set).json().at("/parts/0/sku").asString())
                .isEqualTo(cup);
    }

    @Test
    void noBundleComesDownToMoreThanAnybodyCouldSend() {
        var sku = prefix();
        createSimple(sku + "-0");
        for (int depth = 1; depth <= 5; depth++) {
            assertThat(createBundle(sku + "-" + depth, 1, sku + "-" + (depth - 1))
                            .status())
                    .isEqualTo(201);
        }
        assertThat(fields(createBundle(sku + "-6", 1, sku + "-5"))).containsExactly("parts");
        assertThat(fields(createBundle(sku + "-heavy", 1_000_000, sku + "-1"))).isEmpty();
        assertThat(fields(createBundle(sku + "-heavier", 2, sku + "-heavy"))).containsExactly("parts");

        var under = caller.with("If-Match", "*")
                .send(
                        "PATCH",
                        "/api/v1/items/" + sku + "-1",
                        "{\"parts\":[{\"sku\":\"" + sku + "-0\",\"quantity\":2}]}");

        assertThat(fields(under)).as("would make one above it too heavy").containsExactly("parts");
    }

    @Test
    void bundlesThatShareTheirPartsDoNotBecomeManyWithoutEnd() {
        var sku = prefix();
        createSimple(sku + "-0");
        var below = List.of(sku + "-0");
        for (int depth = 1; depth <= 5; depth++) {
            var level = new ArrayList<String>();
            for (int number = 0; number < 6; number++) {
                var bundle = sku + "-" + depth + "-" + number;
                assertThat(createBundle(bundle, 1, below.toArray(String[]::new)).status())
                        .isEqualTo(depth < 5 ? 201 : 400);
                level.add(bundle);
            }
            below = level;
        }
    }

    private Answer createBundle(String sku, int quantity, String... parts) {
        return create(
                sku,
                Stream.of(parts)
                        .map(part -> "{\"sku\":\"" + part + "\",\"quantity\":" + quantity + "}")
                        .collect(Collectors.joining(",", "\"type\":\"BUNDLE\",\"parts\":[", "]")));
    }

    @Test
    void listsPageByPageAndFilters() {
        var prefix = prefix();
        for (int number = 1; number <= 5; number++) {
            createSimple(prefix + "-" + number);
        }
        var seen = new ArrayList<String>();
        var after = "";
        do {
            var page = caller.get("/api/v1/items?limit=2&q=" + prefix.toUpperCase() + after);
            page.json().path("items").forEach(it -> seen.add(it.path("sku").asString()));
            after = page.json().has("next") ? "&after=" + page.text("next") : null;
        } while (after != null);

        assertThat(seen).hasSize(5).isSorted();
        assertThat(caller.get("/api/v1/items?type=DIGITAL&q=" + prefix).json().path("items"))
                .isEmpty();
    }

    @Test
    void whatIsExportedCanBeImported() {
        var cup = prefix();
        createSimple(cup);
        create(cup + "-set", "\"type\":\"BUNDLE\",\"parts\":[{\"sku\":\"" + cup + "\",\"quantity\":2}]");
        stockroom.receive(stockroom.anItem(cup + "-=1"), 7);

        var csv = caller.with("Accept", Table.CSV).get("/api/v1/items?q=" + cup).body();

        assertThat(csv.lines())
                .containsExactly(
                        "sku,name,ean,type,parts,present,reserved,available",
                        cup + ",Mug,,SIMPLE,,0,0,0",
                        cup + "-=1,Mug,,SIMPLE,,7,0,7",
                        cup + "-set,Mug,,BUNDLE," + cup + "*2,,,");
        assertThat(importCsv(csv.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        report("{\"rows\":3,\"added\":0,\"changed\":0,\"unchanged\":3,\"counted\":0,\"refused\":[]}"));
    }

    private static JsonNode report(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private JsonNode importCsv(byte[] file) {
        return send(file, Table.CSV);
    }

    private JsonNode send(byte[] file, String type) {
        return send(file, type, "");
    }

    private JsonNode send(byte[] file, String type, String query) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/items/import" + query))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(file));
        caller.headers().forEach(request::header);
        try (var client = HttpClient.newHttpClient()) {
            return JsonMapper.shared()
                    .readTree(client.send(request.build(), BodyHandlers.ofString())
                            .body());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void takesTheGoodRowsAndTellsOfEveryOther() {
        var sku = prefix();
        var file = """
                sku,name,type,ean,parts,count
                %1$s-box,Box,BUNDLE,,%1$s-set*6,
                %1$s-set,Set,BUNDLE,,%1$s-cup*2,
                %1$s-cup,Cup,,%2$s,,12
                %1$s-neg,Cup,,,,-1
                %1$s-cup,Cup again,,,,
                %1$s-lost,Set,BUNDLE,,%1$s-nowhere*2,
                %1$s-ean,Cup,,123,,
                ,No SKU,,,,
                %1$s-type,Cup,HEAVY,,,

                %1$s-full,Set,BUNDLE,,%1$s-cup,3
                %1$s-bytes,\u0141ucja,,,,
                """.formatted(sku, EAN);
        var bytes = file.getBytes(Charset.forName("windows-1250"));

        var report = importCsv(bytes);

        assertThat(report.path("rows").asInt()).isEqualTo(11);
        assertThat(report.path("added").asInt()).isEqualTo(3);
        assertThat(report.path("counted").asInt()).isEqualTo(1);
        assertThat(report.path("refused")
                        .valueStream()
                        .map(it ->
                                it.path("line").asInt() + " " + it.path("field").asString()))
                .contains("5 count", "6 sku", "7 parts", "8 ean", "9 sku", "10 type", "12 count", "13 name");
        var refusedLines = new HashSet<Integer>();
        report.path("refused").forEach(it -> refusedLines.add(it.path("line").asInt()));
        assertThat(refusedLines).containsExactlyInAnyOrder(5, 6, 7, 8, 9, 10, 12, 13);
        assertThat(caller.get("/api/v1/items/" + sku + "-cup").text("name")).isEqualTo("Cup");
        assertThat(caller.get("/api/v1/items/" + sku + "-cup/positions")
                        .json()
                        .at("/items/0/present")
                        .asInt())
                .isEqualTo(12);

        var again = importCsv(bytes);
        assertThat(again.path("unchanged").asInt()).isEqualTo(3);
        assertThat(again.path("counted").asInt()).isZero();
        assertThat(again.path("refused")).isEqualTo(report.path("refused"));
    }

    @Test
    void aCharacterThatNoDatabaseKeepsCostsItsRowOnly() {
        var sku = prefix();
        var file = """
                sku,name,type,parts
                %1$s,Cup,,
                %1$s-\0,Cup,,
                %1$s-2,C\0up,,
                %1$s-3,Set,BUNDLE,%1$s\0*2
                """.formatted(sku);

        var report = importCsv(file.getBytes(StandardCharsets.UTF_8));

        assertThat(report.path("added").asInt()).as(report.toString()).isEqualTo(1);
        assertThat(report.path("refused")
                        .valueStream()
                        .map(it ->
                                it.path("line").asInt() + " " + it.path("field").asString()))
                .contains("3 sku", "4 name", "5 parts");
    }

    @Test
    void whatOnlyOrdersHaveMovedCanBeCounted() {
        var item = stockroom.anItem();
        stockroom.post(UUID.randomUUID().toString(), item, MovementKind.RESERVATION, new Change.By(0, 2));

        var report = importCsv(("sku,count\n" + item.sku() + ",7").getBytes(StandardCharsets.UTF_8));

        assertThat(report.path("counted").asInt()).as(report.toString()).isEqualTo(1);
        assertThat(stockroom.available(item)).isEqualTo(5);
    }

    /** It would undo what somebody has just entered, of which its own reading knew nothing yet. */
    @Test
    void aFirstCountGivesWayToWhatIsEnteredMeanwhile() {
        var item = stockroom.anItem();
        var importing = transaction.execute(status -> {
            stockroom.receive(item, 5);
            var begun = CompletableFuture.supplyAsync(
                    () -> importCsv(("sku,count\n" + item.sku() + ",12").getBytes(StandardCharsets.UTF_8)));
            await().until(() -> jdbc.sql("select exists (select from pg_stat_activity"
                            + " where datname = current_database() and wait_event_type = 'Lock')")
                    .query(Boolean.class)
                    .single());
            return begun;
        });

        var report = importing.join();

        assertThat(report.path("counted").asInt()).isZero();
        assertThat(report.at("/refused/0/line").asInt()).as(report.toString()).isEqualTo(2);
        assertThat(report.at("/refused/0/field").asString()).isEqualTo("count");
        assertThat(stockroom.present(item)).isEqualTo(5);
    }

    @Test
    void aCountIsTakenOnlyOnce() {
        var sku = prefix();
        importCsv(("sku,name,count\n" + sku + ",Cup,12").getBytes(StandardCharsets.UTF_8));

        var report = importCsv(("sku,count\n" + sku + ",13").getBytes(StandardCharsets.UTF_8));

        assertThat(report.at("/refused/0/field").asString()).isEqualTo("count");
    }

    @Test
    void countsAgainWhereItIsToldSo() {
        var sku = prefix();
        importCsv(("sku,name,count\n" + sku + ",Cup,12\n" + sku + "-2,Cup,7\n").getBytes(StandardCharsets.UTF_8));
        var file = ("sku,name,count\n" + sku + ",,9\n" + sku + "-2,,7\n" + sku + "-3,Cup,4\n")
                .getBytes(StandardCharsets.UTF_8);

        var report = send(file, Table.CSV, "?recount=true");

        assertThat(report.path("counted").asInt()).as(report.toString()).isEqualTo(2);
        assertThat(present(sku)).isEqualTo(9);
        assertThat(present(sku + "-2")).isEqualTo(7);
        assertThat(present(sku + "-3")).isEqualTo(4);
        assertThat(send(file, Table.CSV, "?recount=true").path("counted").asInt())
                .isZero();
    }

    private int present(String sku) {
        return caller.get("/api/v1/items/" + sku + "/positions")
                .json()
                .at("/items/0/present")
                .asInt();
    }

    @Test
    void readsAWorkbook() throws Exception {
        var sku = prefix();
        var file = new ByteArrayOutputStream();
        try (var workbook = new Workbook(file, "test", "1.0")) {
            var sheet = workbook.newWorksheet("Items");
            var rows = List.of(
                    List.of("sku", "name", "ean", "count"),
                    List.<Object>of(sku, "Kubek biały", 5901234123457L, 4),
                    List.<Object>of(sku + "-2", "Cup", "", -4));
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    switch (rows.get(row).get(column)) {
                        case Number number -> sheet.value(row, column, number);
                        case Object text -> sheet.value(row, column, text.toString());
                    }
                }
            }
        }

        var report = send(file.toByteArray(), Table.XLSX);

        assertThat(report.path("added").asInt()).as(report.toString()).isEqualTo(1);
        assertThat(report.at("/refused/0/line").asInt()).isEqualTo(3);
        assertThat(report.at("/refused/0/field").asString()).isEqualTo("count");
        assertThat(caller.get("/api/v1/items/" + sku).text("ean")).isEqualTo(EAN);
    }

    @Test
    void refusesWhatIsNoTableOfItems() {
        for (var wrong : Map.of(
                        "", "body",
                        "sku,count\n\n", "body",
                        "name\nMug", "header",
                        "sku,weight\nA,1", "header",
                        "sku,sku\nA,B", "sku")
                .entrySet()) {
            var answer = importCsv(wrong.getKey().getBytes(StandardCharsets.UTF_8));
            assertThat(answer.path("status").asInt()).as(wrong.getKey()).isEqualTo(400);
            assertThat(answer.at("/errors/0/field").asString()).isEqualTo(wrong.getValue());
        }
        assertThat(send("no workbook".getBytes(StandardCharsets.UTF_8), Table.XLSX)
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("body");
    }
}
