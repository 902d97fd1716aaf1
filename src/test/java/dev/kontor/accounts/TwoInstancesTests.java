package dev.kontor.accounts;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;
import dev.kontor.Kontor;
import dev.kontor.TestDatabase;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakePush;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Push;
import dev.kontor.marketplaces.Seller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two whole Kontors, with their schedulers running, on one database and one marketplace. */
class TwoInstancesTests {

    private static final int CALLERS = 8;

    private static final TestMarketplace marketplace = new TestMarketplace(Clock.systemUTC());
    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;

    private AccountId account;

    @BeforeAll
    static void start() {
        var database = TestDatabase.create();
        var data = "target/test-data/two-instances-" + UUID.randomUUID();
        first = start(database, data);
        second = start(database, data);
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    @BeforeEach
    void connectAnAccount() {
        marketplace.open();
        var wish = new ConnectAccount("Corner shop", new MarketplaceCode("fake"), UUID.randomUUID(), null);
        account = ((Outcome.Begun) first.getBean(Enrolment.class).connect(wish)).account();
        marketplace.shop().sellerConfirms();
        await().atMost(Duration.ofSeconds(60)).until(() -> isActiveFor(first) && isActiveFor(second));
    }

    /** Or its loops would go on asking the next test's shop with credentials of this one. */
    @AfterEach
    void pauseTheAccount() {
        jdbc().sql("update accounts.accounts set state = 'PAUSED'").update();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc().sql(
                                "select not exists (select from scheduled_tasks where picked and task_instance like :account)")
                        .param("account", "%" + account + "%")
                        .query(Boolean.class)
                        .single());
    }

    @Test
    void onlyOneOfThemAsksForTheSellersDecision() {
        assertThat(marketplace.shop().calls(Operation.POLL)).isEqualTo(1);
        assertThat(marketplace.shop().calls(Operation.SELLER)).isEqualTo(1);
        await().untilAsserted(() -> assertThat(jobs("account-authorization")).isZero());
        assertThat(jobs("account-renewal")).isEqualTo(1);
    }

    @Test
    void renewOnceForAllTheirCallers() throws Exception {
        var allRefused = new CountDownLatch(2 * CALLERS);
        marketplace.shop().accessExpires();
        marketplace.shop().onCall((operation, argument) -> {
            if (operation == Operation.SELLER) {
                allRefused.countDown();
            } else if (operation == Operation.RENEW) {
                awaitAll(allRefused);
            }
        });
        try (var threads = Executors.newFixedThreadPool(2 * CALLERS)) {
            var calls = new ArrayList<Callable<Answer<Seller>>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                calls.add(() -> askForTheSeller(first));
                calls.add(() -> askForTheSeller(second));
            }
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isInstanceOf(Answer.Ok.class);
            }
        }
        assertThat(marketplace.shop().calls(Operation.RENEW)).isEqualTo(1);
    }

    @Test
    void renewOnceWhenTheCredentialsAreDue() {
        var version = credentialsVersion();
        jdbc().sql("update accounts.credentials set renew_at = now() where account_id = :account")
                .param("account", account.value())
                .update();
        jdbc().sql(
                        "update scheduled_tasks set execution_time = now() where task_name = 'account-renewal' and task_instance = :account")
                .param("account", account.toString())
                .update();

        await().atMost(Duration.ofSeconds(30)).until(() -> credentialsVersion() > version);

        assertThat(askForTheSeller(second)).isInstanceOf(Answer.Ok.class);
        assertThat(marketplace.shop().calls(Operation.RENEW)).isEqualTo(1);
        await().untilAsserted(() -> assertThat(jdbc().sql("""
                        select t.execution_time > now() from scheduled_tasks t
                        where task_name = 'account-renewal' and task_instance = :account""")
                        .param("account", account.toString())
                        .query(Boolean.class)
                        .single())
                .isTrue());
    }

    @Test
    void keepWhatBothAreToldAtOnceOnce() throws Exception {
        var order = marketplace.shop().placeSilently(FakeOrder.anOrder("o-1", Instant.now()));
        var request = FakePush.request(
                marketplace.seller().id(), FakePush.ofOrder("told-1", order.id(), Instant.now()), Instant.now());
        try (var threads = Executors.newFixedThreadPool(2 * CALLERS)) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int caller = 0; caller < CALLERS; caller++) {
                calls.add(() -> tell(first, request));
                calls.add(() -> tell(second, request));
            }
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }
        await().untilAsserted(() -> assertThat(jdbc().sql("select state from accounts.deliveries where account_id = ?")
                        .param(account.value())
                        .query(String.class)
                        .list())
                .containsExactly("PROCESSED"));
        assertThat(marketplace.shop().calls(Operation.ORDER))
                .isLessThanOrEqualTo(1); // a proof of today may bring it first
    }

    private static int tell(ConfigurableApplicationContext kontor, Push.Request request) {
        var port = kontor.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return HttpCaller.nobody(port)
                .with("X-Fake-Proof", request.headers().get("X-Fake-Proof").getFirst())
                .post("/hooks/v1/fake", new String(request.body(), StandardCharsets.UTF_8))
                .status();
    }

    private static ConfigurableApplicationContext start(String database, String data) {
        return new SpringApplicationBuilder(Kontor.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("testMarketplace", Marketplace.class, () -> marketplace))
                .run(
                        "--kontor.database.url=" + database,
                        "--kontor.database.user=postgres",
                        "--kontor.data=" + data,
                        "--kontor.sandbox.enabled=false",
                        "--server.port=0",
                        "--db-scheduler.polling-interval=200ms",
                        "--spring.datasource.hikari.maximum-pool-size=20",
                        "--spring.datasource.hikari.minimum-idle=1");
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer<Seller> askForTheSeller(ConfigurableApplicationContext kontor) {
        return kontor.getBean(Connections.class)
                .call(account, Lane.LIVE_ORDERS, (called, connection) -> called.seller(connection));
    }

    private boolean isActiveFor(ConfigurableApplicationContext kontor) {
        return kontor.getBean(Accounts.class)
                .find(account)
                .map(Accounts.AccountView::active)
                .orElse(false);
    }

    private long credentialsVersion() {
        return jdbc().sql("select version from accounts.credentials where account_id = :account")
                .param("account", account.value())
                .query(Long.class)
                .single();
    }

    private int jobs(String task) {
        return jdbc().sql("select count(*) from scheduled_tasks where task_name = :task and task_instance = :account")
                .param("task", task)
                .param("account", account.toString())
                .query(Integer.class)
                .single();
    }

    private static JdbcClient jdbc() {
        return first.getBean(JdbcClient.class);
    }
}
