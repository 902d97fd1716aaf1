package dev.kontor.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.TestDatabase;
import dev.kontor.ThreeAccounts;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole Kontor with three marketplaces, people, keys and everything that can go wrong: no table, log, metric, event or
 * exported file tells who bought, nor how to get in anywhere.
 */
@ExtendWith(OutputCaptureExtension.class)
class PersonalDataTests {

    /** How the marketplaces call what is personal in their documents of orders. */
    private static final Set<String> PERSONAL = Set.of(
            "login",
            "email",
            "lastName",
            "phoneNumber",
            "street",
            "phone",
            "addressLine",
            "addressLine1",
            "buyerName",
            "buyerEmail");

    private static final String PERSON = "Gwendolyn.Testowa@people.example";
    private static final String PASSWORD = "a wrong Password nobody may read 77";
    private static final String TYPED_AS_NAME = "my-real-Password-typed-as-name";
    private static final String IN_A_FILE = "Genowefa Zagubiona-Nowak";

    @TempDir
    Path directory;

    @Test
    void isFoundNowhere(CapturedOutput output) throws Exception {
        try (var sandbox = SandboxInitializer.start(
                        "orders=60", "sellers=1", "wix.orders=25", "amazon.orders=25", "amazon.fba=0", "catalog=60");
                var wire = new Wiretap(sandbox.baseUrl());
                var kontor = start(sandbox, wire)) {
            var jdbc = kontor.getBean(JdbcClient.class);
            keepEveryEvent(jdbc);
            var administrator = Seller.administrator(Kontors.port(kontor));
            var secrets = new LinkedHashMap<>(connect(sandbox, administrator));
            secrets.putAll(peopleAndKeys(administrator));
            secrets.putAll(whatGoesWrong(sandbox, administrator));
            secrets.putAll(Leaks.named("a token", wire.tokens));
            secrets.putAll(buyers(administrator));
            assertThat(secrets.values())
                    .anyMatch(it -> it.startsWith("a token"))
                    .anyMatch(it -> it.startsWith("a buyer's"));
            assertThat(secrets).hasSizeGreaterThan(200);

            var leaks = new Leaks(secrets);
            assertThat(leaks.searchTables(jdbc)).isGreaterThan(400);
            assertThat(count(jdbc, "public.kept_events")).isPositive();
            assertThat(count(jdbc, "marketplaces.exchange_log")).isPositive();
            leaks.search("the log", output.getAll());
            search(leaks, administrator, secrets);
            assertThat(leaks.found("access.users.name holds a person")).isEmpty();
        }
    }

    private ConfigurableApplicationContext start(Sandbox sandbox, Wiretap wire) {
        var entries = sandbox.wix().entries();
        return Kontors.start(
                wire.baseUrl(),
                TestDatabase.create(),
                "kontor.data=" + directory.resolve("data"),
                "kontor.exchange.log.bodies=all",
                "kontor.wix.api-url=" + wire.baseUrl() + "/wix",
                "kontor.wix.app-id=" + sandbox.scenario().wix().appId(),
                "kontor.wix.app-secret=" + sandbox.scenario().wix().appSecret(),
                "kontor.wix.webhook.key=" + entries.get("webhookKey"),
                "kontor.wix.history=40d",
                "kontor.exchange.limits.wix.site.burst=200",
                "kontor.exchange.limits.wix.site.per-minute=6000",
                "kontor.amazon.api-url=" + wire.baseUrl() + "/amazon",
                "kontor.amazon.auth-url=" + wire.baseUrl() + "/amazon",
                "kontor.amazon.client-id=" + sandbox.scenario().amazon().clientId(),
                "kontor.amazon.client-secret=" + sandbox.scenario().amazon().clientSecret(),
                "kontor.amazon.history=40d",
                "kontor.orders.loops.amazon.certificate=false");
    }

    /** Events are deleted when they were handled; what they said is kept for the search. */
    private static void keepEveryEvent(JdbcClient jdbc) {
        jdbc.sql("create table public.kept_events (type text, event text)").update();
        jdbc.sql("""
                create function keep_event() returns trigger language plpgsql as $$ begin
                  insert into public.kept_events values (new.event_type, new.serialized_event); return new;
                end $$""").update();
        jdbc.sql("create trigger keep after insert on event_publication for each row execute function keep_event()")
                .update();
    }

    private static long count(JdbcClient jdbc, String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    /** The same seller at three marketplaces. */
    private static Map<String, String> connect(Sandbox sandbox, HttpCaller administrator) {
        var control = HttpCaller.nobody(URI.create(sandbox.baseUrl()).getPort());
        var accounts = new ThreeAccounts(control, administrator, Seller.waiting());
        accounts.connect();
        var secrets = new LinkedHashMap<String, String>();
        secrets.put("kontor-sandbox-secret", "the application's secret at Allegro");
        secrets.put(sandbox.scenario().wix().appSecret(), "the application's secret at Wix");
        secrets.put(sandbox.scenario().amazon().clientSecret(), "the application's secret at Amazon");
        var seller = ThreeAccounts.ok(control.get("/control/amazon/seller"));
        secrets.put(seller.path("refreshToken").asString("kontor-sandbox-secret"), "the seller's refresh token");
        Seller.waiting()
                .until(() -> List.of("allegro", "wix", "amazon").stream()
                        .allMatch(marketplace -> orders(administrator).stream()
                                .anyMatch(order ->
                                        order.path("marketplace").asString().equals(marketplace))));
        return secrets;
    }

    /** A person with everything that one can have, a program, and people who mistype. */
    private static Map<String, String> peopleAndKeys(HttpCaller administrator) {
        var secrets = new LinkedHashMap<String, String>();
        secrets.put(PERSON, "a person");
        var nobody = HttpCaller.nobody(administrator.port());
        var invitation =
                ThreeAccounts.ok(administrator.post("/api/v1/users", Map.of("name", PERSON, "role", "MANAGER")));
        secrets.put(invitation.path("secret").asString(), "a link's secret");
        var password = "Gwendolyns own long Password";
        secrets.put(password, "a login's password");
        ThreeAccounts.ok(nobody.post(
                "/api/v1/auth/password-links",
                Map.of("secret", invitation.path("secret").asString(), "password", password)));
        var login = ThreeAccounts.ok(nobody.tryLogin(PERSON, password));
        for (var token : List.of("accessToken", "refreshToken")) {
            secrets.put(login.path(token).asString(), "a login's " + token);
        }
        var person = nobody.withToken(login.path("accessToken").asString());
        var factor = ThreeAccounts.ok(person.post("/api/v1/auth/second-factor", Map.of("password", password)));
        secrets.put(factor.path("secret").asString(), "a login's second factor");
        secrets.put(PASSWORD, "a login's wrong password");
        secrets.put(TYPED_AS_NAME, "a login's password in the wrong field");
        for (int index = 0; index < 12; index++) {
            nobody.tryLogin(PERSON, PASSWORD);
            nobody.tryLogin(TYPED_AS_NAME, "whatever");
        }
        var key = ThreeAccounts.ok(administrator.post(
                "/api/v1/api-keys",
                Map.of("name", "reports", "scopes", List.of("orders:read", "inventory:read", "accounts:read"))));
        secrets.put(key.path("key").asString(), "a key for a program");
        nobody.withKey(key.path("key").asString() + "x").get("/api/v1/orders");
        return secrets;
    }

    /** Unreadable orders, webhooks that nobody signed, a file with names where there should be numbers. */
    private static Map<String, String> whatGoesWrong(Sandbox sandbox, HttpCaller administrator) {
        sandbox.allegro().faults(Map.of(Fault.MALFORMED, 0.3, Fault.UNKNOWN_FIELD, 0.2, Fault.SERVER_ERROR, 0.05));
        sandbox.allegro().buy(0, 30);
        sandbox.advance(Duration.ofMinutes(30));
        Seller.waiting()
                .until(() -> administrator
                                .get("/api/v1/quarantine")
                                .json()
                                .path("items")
                                .size()
                        > 0);
        sandbox.allegro().faults(Map.of());
        var nobody = HttpCaller.nobody(administrator.port());
        nobody.post("/hooks/v1/wix", "{\"buyer\": \"" + IN_A_FILE + "\"}");
        administrator
                .with("Content-Type", "text/csv")
                .post("/api/v1/items/import", "sku,name,type,parts,count\nMUG-1,Mug,,," + IN_A_FILE + "\n");
        administrator
                .with("Content-Type", "text/csv")
                .post("/api/v1/items/import", "sku,name," + IN_A_FILE + "\nMUG-1,Mug,x\n");
        administrator.post("/api/v1/accounts", "{\"name\": \"" + IN_A_FILE + "\", \"marketplace\": 7");
        administrator.get("/api/v1/orders?q=" + IN_A_FILE.replace(" ", "%20"));
        administrator.get("/api/v1/orders?status=" + IN_A_FILE.replace(" ", "%20"));
        return Map.of(IN_A_FILE, "a name in a file");
    }

    private static List<JsonNode> orders(HttpCaller caller) {
        return ThreeAccounts.ok(caller.get("/api/v1/orders?limit=500"))
                .path("items")
                .valueStream()
                .toList();
    }

    /** As the interface shows them to who may read personal data. */
    private static Map<String, String> buyers(HttpCaller administrator) {
        var values = new LinkedHashMap<String, String>();
        for (var marketplace : List.of("allegro", "wix", "amazon")) {
            var personal = new TreeSet<String>();
            for (var order : orders(administrator)) {
                if (order.path("marketplace").asString().equals(marketplace)) {
                    collect(
                            administrator
                                    .get("/api/v1/orders/" + order.path("id").asString() + "/document")
                                    .json(),
                            personal);
                }
            }
            assertThat(personal).as(marketplace).hasSizeGreaterThan(20);
            values.putAll(Leaks.named("a buyer's", personal));
        }
        return values;
    }

    private static void collect(JsonNode node, Set<String> values) {
        node.valueStream().filter(JsonNode::isContainer).forEach(value -> {
            if (node.isArray()) {
                collect(value, values);
            }
        });
        node.propertyStream().forEach(property -> {
            var value = property.getValue();
            if (value.isString()
                    && PERSONAL.contains(property.getKey())
                    && value.asString().length() >= Leaks.SHORTEST) {
                values.add(value.asString());
            }
            if (!property.getKey().equals("pickupPoint")) { // where parcels lie, not where somebody lives
                collect(value, values);
            }
        });
    }

    /** What Kontor tells by itself and what may be exported without the right to read personal data. */
    private static void search(Leaks leaks, HttpCaller administrator, Map<String, String> secrets) throws Exception {
        for (var path : List.of("/actuator/prometheus", "/actuator/metrics", "/actuator/health")) {
            leaks.search(path, administrator.get(path).body());
        }
        var key = ThreeAccounts.ok(administrator.post(
                        "/api/v1/api-keys",
                        Map.of(
                                "name",
                                "exports",
                                "scopes",
                                List.of(
                                        "orders:read",
                                        "inventory:read",
                                        "accounts:read",
                                        "marketplaces:read",
                                        "operations:read",
                                        "privacy:read"))))
                .path("key")
                .asString();
        var program = HttpCaller.nobody(administrator.port()).withKey(key);
        for (var path : List.of(
                "/api/v1/orders", "/api/v1/items", "/api/v1/listings", "/api/v1/oversells", "/api/v1/accounts")) {
            leaks.search(path, ThreeAccounts.ok(program.get(path)).toString());
        }
        for (var path : List.of("/api/v1/quarantine", "/api/v1/exchange-log", "/api/v1/hooks", "/api/v1/sync-runs")) {
            leaks.search(
                    path, ThreeAccounts.ok(program.get(path + "?limit=500")).toString());
        }
        for (var order : orders(program)) {
            var path = "/api/v1/orders/" + order.path("id").asString();
            leaks.search(
                    "/api/v1/orders/{id}/document",
                    ThreeAccounts.ok(program.get(path + "/document")).toString());
            leaks.search(
                    "/api/v1/buyers/{id}",
                    ThreeAccounts.ok(program.get(
                                    "/api/v1/buyers/" + order.path("buyer").asString()))
                            .toString());
        }
        for (var path : List.of("/api/v1/orders", "/api/v1/items", "/api/v1/listings", "/api/v1/oversells")) {
            leaks.search(path + " as CSV", file(program.port(), key, path, "text/csv", false));
            leaks.search(
                    path + " as XLSX",
                    file(
                            program.port(),
                            key,
                            path,
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            true));
        }
        var buyer = orders(program).getFirst().path("buyer").asString();
        assertThat(program.get("/api/v1/buyers/" + buyer + "/export").status()).isEqualTo(403);
        var search = secrets.entrySet().stream()
                .filter(it -> it.getValue().startsWith("a buyer's"))
                .filter(it -> it.getKey().contains("@"))
                .findFirst()
                .orElseThrow()
                .getKey();
        assertThat(program.get("/api/v1/orders?q=" + java.net.URLEncoder.encode(search, StandardCharsets.UTF_8))
                        .json()
                        .path("items"))
                .as("nobody finds by a name who may not read it")
                .isEmpty();
    }

    private static String file(int port, String key, String path, String type, boolean zipped) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("X-API-Key", key)
                .header("Accept", type)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return zipped ? unzipped(answer.body()) : new String(answer.body(), StandardCharsets.UTF_8);
        }
    }

    private static String unzipped(byte[] archive) throws IOException {
        var file = Files.write(Files.createTempFile("table", ".xlsx"), archive);
        var text = new StringBuilder();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                text.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(file);
        }
        assertThat(text).isNotEmpty();
        return text.toString();
    }
}
