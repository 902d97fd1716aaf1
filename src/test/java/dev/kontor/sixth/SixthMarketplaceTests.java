package dev.kontor.sixth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.kontor.FreePort;
import dev.kontor.HttpCaller;
import dev.kontor.TestDatabase;
import dev.kontor.documentation.CapabilityTable;
import dev.kontor.faults.KontorProcess;
import dev.kontor.sandbox.http.Counters;
import dev.kontor.sandbox.http.SandboxServer;
import dev.kontor.sandbox.http.Site;

import static org.assertj.core.api.Assertions.assertThat;

/** Another marketplace is sources that are added, and not one that is changed: adr/0026 says which. */
class SixthMarketplaceTests {

    private static final Path SOURCES = Path.of("src/test/sixth");
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    static Path directory;

    private static SourceTree sixth;
    private static TestRun run;

    /** The tests are what the ordinary build would run, were the sources among the others. */
    @BeforeAll
    static void compileItAndBeginItsTests() throws IOException {
        sixth = SourceTree.compile(SOURCES, directory);
        run = TestRun.begin(
                sixth,
                directory.resolve("tests.log"),
                "dev.kontor.marketplaces." + sixth.marketplace(),
                "dev.kontor.marketplaces.ContractKitTests",
                "dev.kontor.architecture.ArchitectureTests#holds(dev.kontor.architecture.Rule)",
                "dev.kontor.architecture.ModulithTests#modulesUseOnlyWhatOthersPublishAndWhatTheyDeclare()",
                "dev.kontor.architecture.ModulithTests#onlyMarketplacesAreNestedModules()",
                "dev.kontor.documentation.ReadmeTests#thePictureShowsEveryModule()");
    }

    @AfterAll
    static void end() {
        run.close();
    }

    @Test
    void keepsTheContractAndTheRules() throws IOException, InterruptedException {
        run.passes();
    }

    @Test
    void isConnectedAndItsOrdersAreArchived() throws IOException, ReflectiveOperationException {
        var name = sixth.marketplace();
        var counters = new Counters();
        try (var loader = sixth.loader()) {
            var shop = simulation(loader, name);
            var port = FreePort.find();
            try (var server = new SandboxServer("127.0.0.1", 0, counters, ignored -> List.of(shop));
                    var kontor = start(name, server.port(), port)) {
                kontor.awaitStart(port);
                var administrator = HttpCaller.nobody(port).login("administrator", PASSWORD);
                var field = whatTheSellerEnters(administrator, name);
                var account = connect(
                        administrator,
                        name,
                        Map.of(field, simulated(loader, name).getField("KEY").get(null)));
                await(() -> orders(administrator, account).size() >= 60);

                var bought = shop.getClass().getMethod("buy", int.class).invoke(shop, 1);

                await(() -> orders(administrator, account).contains(((List<?>) bought).getFirst()));
            }
            assertThat(counters.of("/" + name, 429)).isZero();
        }
    }

    private static Site simulation(ClassLoader loader, String name) throws ReflectiveOperationException {
        return (Site) simulated(loader, name).getConstructor().newInstance();
    }

    private static Class<?> simulated(ClassLoader loader, String name) throws ClassNotFoundException {
        var simple = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return loader.loadClass("dev.kontor.sandbox." + name + "." + simple);
    }

    private static KontorProcess start(String name, int marketplace, int port) {
        return KontorProcess.startWith(
                sixth.classes(),
                directory.resolve("kontor.log"),
                "kontor.data=" + directory.resolve("data"),
                "kontor.database.url=" + TestDatabase.create(),
                "kontor.database.user=postgres",
                "kontor.sandbox.enabled=false",
                "kontor.administrator.password=" + PASSWORD,
                "kontor." + name + ".api-url=http://localhost:" + marketplace + "/" + name,
                "kontor.orders.interval.feed=1s",
                "kontor.orders.interval.backfill=1s",
                "db-scheduler.polling-interval=100ms",
                "server.port=" + port);
    }

    /** It is listed with what it can do, and how it is connected. */
    private static String whatTheSellerEnters(HttpCaller administrator, String name) {
        var listed = administrator
                .get("/api/v1/marketplaces")
                .json()
                .path("items")
                .valueStream()
                .filter(marketplace -> marketplace.path("code").asString().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(listed.path("capabilities").path("ORDER_CHANGES").asString()).isEqualTo("NATIVE");
        assertThat(listed.path("capabilities").path("RELATIVE_STOCK").asString())
                .isEqualTo("NONE");
        assertThat(listed.at("/stock/0/kinds/0").asString()).isEqualTo("ABSOLUTE");
        return listed.at("/authorizations/0/fields/0/name").asString();
    }

    private static String connect(HttpCaller administrator, String name, Map<String, Object> credentials) {
        var wish =
                Map.of("name", "Cups", "marketplace", name, "ownerId", UUID.randomUUID(), "credentials", credentials);
        var answer = administrator.post("/api/v1/accounts", wish);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("id");
    }

    private static List<String> orders(HttpCaller administrator, String account) {
        return administrator
                .get("/api/v1/orders?limit=500&account=" + account)
                .json()
                .path("items")
                .valueStream()
                .map(order -> order.path("externalId").asString())
                .toList();
    }

    private static void await(Callable<Boolean> fact) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(fact);
    }

    @Test
    void hasItsColumnInTheTableOfCapabilities() throws IOException {
        try (var loader = sixth.loader()) {
            var before = CapabilityTable.of(CapabilityTable.declared(SourceTree.class.getClassLoader()));

            var table = CapabilityTable.of(CapabilityTable.declared(loader));

            assertThat(columns(table)).isEqualTo(columns(before) + 1);
            assertThat(table.lines().findFirst().orElseThrow().toLowerCase(Locale.ROOT))
                    .contains(" " + sixth.marketplace() + " ");
        }
    }

    private static long columns(String table) {
        return table.lines()
                .findFirst()
                .orElseThrow()
                .chars()
                .filter(sign -> sign == '|')
                .count();
    }

    @Test
    void isNamedNowhereElse() throws IOException {
        var name = sixth.marketplace();
        for (var place : List.of("src", "architecture-tests", "pom.xml", "README.md")) {
            try (var files = Files.walk(Path.of(place))) {
                assertThat(files.filter(file -> Files.isRegularFile(file) && !file.startsWith(SOURCES)))
                        .isNotEmpty()
                        .noneMatch(file -> text(file).contains(name));
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
