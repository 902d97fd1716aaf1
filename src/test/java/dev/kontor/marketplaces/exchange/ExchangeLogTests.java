package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;

import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The exchange inside the application: its log in the database, and what the REST interface shows of it. */
@SpringBootTest(properties = "kontor.exchange.retry.delay=1ms")
@AutoConfigureMockMvc(addFilters = false)
class ExchangeLogTests {

    interface Api {
        @GetExchange("/orders/7")
        void order(@RequestParam("limit") int limit, @RequestParam("buyer.login") String login);
    }

    private static final HttpStub stub = new HttpStub();

    @Autowired
    Exchange exchange;

    @Autowired
    ApiClients clients;

    @Autowired
    ExchangeLog log;

    @Autowired
    LogPartitions partitions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Drift drift;

    @Autowired
    Clock clock;

    @Autowired
    MockMvcTester http;

    private final UUID account = UUID.randomUUID();

    @AfterAll
    static void stop() {
        stub.close();
    }

    @Test
    void everyAttemptIsWrittenDownWithoutSecretsAndPeople() {
        stub.reset()
                .on("/orders/7", 503, "<html>token-123 Jan Nowak</html>")
                .on(
                        "/orders/7",
                        422,
                        "{\"errors\":[{\"code\":\"Bad\",\"message\":\"Jan Nowak\"}],\"token\":\"token-123\",\"code\":\"V-1\",\"left\":[1]}",
                        Map.of("Trace-Id", "trace-9", "X-RateLimit-Remaining", "77"));
        call();

        await().until(() -> log.entries(account, null, null, 10).size() == 2);
        var newestFirst = log.entries(account, null, null, 10);
        assertThat(newestFirst).extracting(LoggedAttempt::attempt).containsExactly(2, 1);
        assertThat(newestFirst.getFirst()).satisfies(entry -> {
            assertThat(entry.status()).isEqualTo(422);
            assertThat(entry.outcome()).isEqualTo("Rejected");
            assertThat(entry.path()).isEqualTo("/orders/7?limit=3&buyer.login=***");
            assertThat(entry.traceId()).isEqualTo("trace-9");
            assertThat(entry.rateHeaders()).containsEntry("x-ratelimit-remaining", "77");
            assertThat(entry.body())
                    .isEqualTo(
                            "{\"errors\":[{\"code\":\"Bad\",\"message\":\"***\"}],\"token\":\"***\",\"code\":\"***\",\"left\":[\"***\"]}");
        });
        assertThat(newestFirst.toString()).doesNotContain("Nowak", "token-123", "the_login");
    }

    @Test
    void bodiesOfSuccessesAreNotKept() {
        stub.reset().on("/orders/7", 200, "{\"id\":\"7\"}");
        call();

        await().until(() -> log.entries(account, null, null, 10).size() == 1);
        assertThat(log.entries(account, null, null, 10).getFirst().body()).isNull();
    }

    @Test
    void showsTheLogPageByPage() {
        stub.reset().on("/orders/7", 200, "{}");
        call();
        call();
        call();
        await().until(() -> log.entries(account, null, null, 10).size() == 3);

        var first = http.get()
                .uri("/api/v1/exchange-log?limit=2&account=" + account)
                .exchange();
        assertThat(first)
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(2);
        assertThat(first).bodyJson().extractingPath("$.next").isNotNull();
        assertThat(http.get().uri("/api/v1/exchange-log?from=" + Instant.now().plusSeconds(60)))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(0);
        assertThat(http.get().uri("/api/v1/exchange-log?account=nonsense")).hasStatus(400);
    }

    @Test
    void partitionsAreMadeAheadAndDroppedWhenTheyAreOld() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var old = entry(today.minusDays(31).atStartOfDay(ZoneOffset.UTC).toInstant());
        partitions.prepareFor(List.of(old));
        assertThat(days()).contains(today.minusDays(31));

        partitions.keep();
        partitions.keep();

        assertThat(days()).contains(today, today.plusDays(3)).doesNotContain(today.minusDays(31));
    }

    @Test
    void showsWhatEveryMarketplaceCanDoAndWhatIsUnknown() {
        drift.seen(new MarketplaceCode("allegro"), Drift.Kind.FIELD, Set.of("novelty"));
        drift.seen(new MarketplaceCode("allegro"), Drift.Kind.FIELD, Set.of("novelty"));

        var json =
                assertThat(http.get().uri("/api/v1/marketplaces")).hasStatusOk().bodyJson();

        json.extractingPath("$.items[0].code").isEqualTo("allegro");
        json.extractingPath("$.items[0].authorizations[0].kind").isEqualTo("DEVICE_CODE");
        json.extractingPath("$.items[0].capabilities.ORDER_HISTORY").isEqualTo("NATIVE");
        json.extractingPath("$.items[0].retention.changes").isEqualTo("PT1440H");
        json.extractingPath("$.items[0].drift[?(@.name=='novelty')].count")
                .asArray()
                .containsExactly(2);
    }

    @Test
    void showsHowQuantitiesAreWrittenInEachWayThatAMarketplaceHas() {
        var json =
                assertThat(http.get().uri("/api/v1/marketplaces")).hasStatusOk().bodyJson();

        json.extractingPath("$.items[?(@.code=='allegro')].stock.length()")
                .asArray()
                .containsExactly(1);
        json.extractingPath("$.items[?(@.code=='amazon')].stock[0]")
                .asArray()
                .containsExactly(Map.of(
                        "kinds",
                        List.of("ABSOLUTE"),
                        "groupSize",
                        10_000,
                        "readSize",
                        1,
                        "later",
                        true,
                        "minimumInterval",
                        "PT0S",
                        "longestDelay",
                        "PT8H",
                        "readingLag",
                        "PT0S",
                        "zero",
                        true,
                        "endsAtZero",
                        false));
        json.extractingPath("$.items[?(@.code=='wix')].stock[*].kinds")
                .asArray()
                .containsExactly(List.of("CONDITIONAL"), List.of("ABSOLUTE", "RELATIVE"));
        json.extractingPath("$.items[?(@.code=='wix')].stock[*].readingLag")
                .asArray()
                .containsExactly("PT10S", "PT0S");
        json.extractingPath("$.items[?(@.code=='wix')].stock[1].groupSize")
                .asArray()
                .containsExactly(300);
    }

    private Set<LocalDate> days() {
        return Set.copyOf(jdbc.sql("""
                        select to_date(right(relname, 8), 'YYYYMMDD') from pg_inherits
                        join pg_class on pg_class.oid = inhrelid
                        where inhparent = 'marketplaces.exchange_log'::regclass
                        """).query(LocalDate.class).list());
    }

    private LoggedAttempt entry(Instant at) {
        return new LoggedAttempt(0, at, account, "test", "test", "GET", "/", 200, 1, Map.of(), null, 1, "Ok", null);
    }

    private void call() {
        var api = clients.create(
                Api.class, stub.url(), headers -> {}, new Harmless(Set.of("errors[].code"), Set.of("limit")));
        exchange.perform(
                new Call(
                        new MarketplaceCode("test"),
                        account,
                        Operation.read("orders", "orders.get"),
                        Lane.LIVE_ORDERS,
                        List.of(new Budget("all", "us", new Limit(100, 60_000)))),
                () -> api.order(3, "the_login"),
                Reply::body);
    }
}
