package dev.kontor.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.audit.RouteExamples.Example;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.plans.Holding;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeBuyer;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route that is no GET is taken once, and leaves an entry that says who took it; or it is told here why not. */
@InventoryTest
@Import(Offers.class)
@TestPropertySource(
        properties = {
            "kontor.inventory.publishing=false", // nobody else looks at these listings
            "kontor.notifications.webhooks.sending=false",
            "kontor.mail.host=127.0.0.1",
            "kontor.mail.port=1", // where nobody answers
            "kontor.mail.from=kontor@shop.example",
            "kontor.mail.sending=false",
            "kontor.telegram.token=4711:a-token",
            "kontor.telegram.url=http://127.0.0.1:1" // where nobody answers
        })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangingRouteTests {

    /** The only place where a route may be excused. */
    private static final Map<String, String> EXCUSED = Map.of(
            "ANY /error", "tells of errors, whatever the method was",
            "POST /api/v1/auth/refresh", "continues a login that is on record; the session tells when it was used last",
            "POST /api/v1/audit/verification", "reads only",
            "DELETE /api/v1/key-sets/credentials/keys/{id}",
                    "refused for a quarter of an hour after a rotation; leaves key-set.key-removed",
            "DELETE /api/v1/key-sets/buyers/trees/{number}", "the same",
            "POST /api/v1/inventory/proof", "reads only",
            "POST /api/v1/policies/preview", "reads only",
            "POST /hooks/v1/{marketplace}",
                    "a marketplace tells of what it did; kept as a delivery, and never believed",
            "POST /hooks/v1/{marketplace}/{account}", "the same",
            "POST /hooks/telegram", "Telegram tells of what people wrote; what they may do is on record as theirs");

    private static final FakeBuyer BUYER =
            new FakeBuyer("b-seed", "Zbigniew Seedowski", "z.seedowski@example.org", "+48 601 555 777", "zseed_login");
    private static final String WORDS = "ask Zbigniew Seedowski at +48 601 555 777";
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Archive archive;

    @Autowired
    Shops shops;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Offers offers;

    @Autowired
    Holding holding;

    @Autowired
    Raising raising;

    @Autowired
    TransactionTemplate transaction;

    private final Map<String, Example> examples = new LinkedHashMap<>();
    private final List<Set<String>> secrets = new ArrayList<>();

    private HttpCaller administrator;

    @BeforeAll
    void setUp() {
        administrator = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        secrets.add(Set.of(
                BUYER.name(),
                "Seedowski",
                BUYER.email(),
                BUYER.phone(),
                "601 555 777",
                BUYER.login(),
                administrator.headers().get("Authorization").substring(7)));
        var shop = shops.open(new FakeMarketplace());
        var order = FakeOrder.anOrder("seeded", NOON).withBuyer(BUYER);
        transaction.executeWithoutResult(_ -> archive.store(shop, List.of(order.read(Instant.now())), Source.BACKFILL));
        var orderId = jdbc.sql("select id from orders.orders where account = ?")
                .param(shop.id().value())
                .query(UUID.class)
                .single();
        add(new PeopleExamples(administrator));
        add(new AccountExamples(administrator, shop, orderId, jdbc));
        add(new StockExamples(administrator, WORDS, shop, shops, stockroom, offers, holding, transaction, jdbc));
        add(new AlertExamples(administrator, shop, raising));
        add(new TelegramExamples(administrator, jdbc));
        add(new MailExamples(administrator, jdbc));
        add(new WebhookExamples(administrator));
    }

    private void add(RouteExamples more) {
        examples.putAll(more.examples());
        secrets.add(more.secrets());
    }

    /** As Spring has them, {@code ANY} where a mapping takes each method. */
    private Set<String> changingRoutes() {
        return requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream().flatMap(path -> {
                    var methods = mapping.getMethodsCondition().getMethods();
                    return methods.isEmpty()
                            ? Stream.of("ANY " + path)
                            : methods.stream().map(method -> method + " " + path);
                }))
                .filter(route -> !route.startsWith("GET ") && !route.startsWith("HEAD "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @Order(1)
    void everyRouteThatIsNoGetIsTriedHereOrExcused() {
        var known = new TreeSet<>(examples.keySet());
        known.addAll(EXCUSED.keySet());
        assertThat(changingRoutes()).hasSizeGreaterThan(50).isEqualTo(known);
        assertThat(examples.keySet()).doesNotContainAnyElementsOf(EXCUSED.keySet());
        assertThat(EXCUSED.values()).noneMatch(String::isBlank);
    }

    @Test
    @Order(2)
    void eachThatSucceedsLeavesAnEntryOfWhoDidWhatFromWhere() {
        var wrong = new ArrayList<String>();
        examples.forEach((route, example) -> {
            var correlation = "try-" + UUID.randomUUID();
            var answer = example.taken().apply(administrator.with("X-Correlation-Id", correlation));
            var entries = administrator
                    .get("/api/v1/audit?correlation=" + correlation)
                    .json()
                    .path("items");
            if (answer.status() / 100 != 2) {
                wrong.add(route + " is not taken: " + answer.status() + " " + answer.body());
            } else if (entries.valueStream().noneMatch(it -> isRight(it, example))) {
                wrong.add(route + " leaves " + entries);
            } else if (!answer.header("X-Correlation-Id").equals(correlation)) {
                wrong.add(route + " is not told of the correlation");
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static boolean isRight(JsonNode entry, Example example) {
        return entry.path("action").asString().equals(example.action())
                && entry.at("/actor/kind").asString().equals(example.actorKind())
                && entry.at("/actor/id").asString().length() == 36
                && !entry.at("/object/id").asString().isEmpty()
                && entry.path("address").asString().matches("127\\.0\\.0\\.1|0:0:0:0:0:0:0:1")
                && Duration.between(Instant.parse(entry.path("at").asString()), Instant.now())
                                .compareTo(Duration.ofMinutes(5))
                        < 0;
    }

    /** After each route was taken, with names, addresses, numbers, passwords and tokens in what was sent. */
    @Test
    @Order(3)
    void nothingPersonalAndNoSecretIsInAnyEntry() {
        var rows = jdbc.sql("select entries::text from audit.entries")
                .query(String.class)
                .list();
        assertThat(rows).hasSizeGreaterThan(60);
        var all = String.join("\n", rows);
        var table = administrator.with("Accept", "text/csv").get("/api/v1/audit");
        assertThat(table.status()).isEqualTo(200);
        assertThat(table.body().lines()).hasSizeGreaterThan(60);
        assertThat(secrets.stream().flatMap(Set::stream)).hasSizeGreaterThan(30).allSatisfy(secret -> {
            assertThat(secret).isNotBlank();
            assertThat(all).doesNotContainIgnoringCase(secret);
            assertThat(table.body()).doesNotContainIgnoringCase(secret);
        });
        assertThat(all).as("masked, and there").contains("***");
    }
}
