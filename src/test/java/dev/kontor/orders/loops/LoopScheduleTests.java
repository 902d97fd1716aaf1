package dev.kontor.orders.loops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;

import dev.kontor.TestDatabase;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.RunFinished;
import dev.kontor.audit.RecordedActs;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.orders.DatabaseFailed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LoopScheduleTests {

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.create(), "postgres", "");
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final AccountId account = new AccountId(UUID.randomUUID());
    private final OneAccount accounts = new OneAccount();
    private final Turns loop = new Turns();
    private final List<Object> told = new CopyOnWriteArrayList<>();
    private final Wishes wishes = new Wishes(jdbc);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private Scheduler scheduler;
    private LoopSchedule schedule;

    /** Has nothing to do for an hour, after a turn that lasts until the test lets it end. */
    private static final class Turns implements Loop {

        private final Semaphore begun = new Semaphore(0);
        private final Semaphore mayEnd = new Semaphore(0);
        private volatile RuntimeException fault;

        @Override
        public Kind kind() {
            return new Kind("test", Duration.ofHours(1), 0);
        }

        @Override
        public Next run(Accounts.AccountView account, Run run) {
            begun.release();
            mayEnd.acquireUninterruptibly();
            if (fault != null) {
                throw fault;
            }
            return new Next.Idle(Instant.now().plus(Duration.ofHours(1)));
        }

        void awaitNext() throws InterruptedException {
            assertThat(begun.tryAcquire(30, TimeUnit.SECONDS))
                    .as("another turn")
                    .isTrue();
        }
    }

    private final class OneAccount implements Accounts {

        @Override
        public Optional<AccountView> find(AccountId id) {
            return Optional.of(new AccountView(id, "Shop", new MarketplaceCode("fake"), true, Instant.EPOCH));
        }

        @Override
        public List<AccountView> active() {
            return List.of(find(account).orElseThrow());
        }
    }

    @BeforeEach
    void start() throws IOException {
        jdbc.sql("create schema orders").update();
        migrate("__root/V1__library_tables.sql");
        migrate("orders/V2__loops.sql");
        var clock = Clock.systemUTC();
        var runs = new RunLog(told::add, clock);
        var switches = new LoopSwitches(new LoopProperties(Map.of()), Marketplaces.of(), List.of(loop));
        var task = new LoopTasks(
                        accounts, new Intervals(jdbc, List.of(loop), new RecordedActs()), wishes, runs, switches, clock)
                .of(loop);
        scheduler = Scheduler.create(new TransactionAwareDataSourceProxy(database), task)
                .threads(2)
                .pollingInterval(Duration.ofMillis(50))
                .enablePriority()
                .build();
        var beans = new StaticListableBeanFactory();
        beans.addBean("scheduler", scheduler);
        beans.addBean("loop", loop);
        schedule = new LoopSchedule(
                beans.getBeanProvider(SchedulerClient.class),
                beans.getBeanProvider(Loop.class),
                wishes,
                accounts,
                jdbc,
                transaction,
                clock);
        scheduler.start();
    }

    private void migrate(String script) throws IOException {
        jdbc.sql(new ClassPathResource("db/migration/" + script).getContentAsString(StandardCharsets.UTF_8))
                .update();
    }

    @AfterEach
    void stop() {
        loop.mayEnd.release(100);
        scheduler.stop();
    }

    private boolean atRest() {
        return jdbc.sql("""
                        select count(*) from scheduled_tasks
                        where not picked and execution_time > now() + interval '30 minutes'""").query(Integer.class).single() == 1;
    }

    @Test
    void aTurnThatIsAskedForDuringATurnFollowsIt() throws InterruptedException {
        schedule.runNow("test", account);
        loop.awaitNext();

        schedule.runNow("test", account);
        schedule.runNow("test", account);
        loop.mayEnd.release();

        loop.awaitNext();
        loop.mayEnd.release();
        await().until(this::atRest);
        assertThat(loop.begun.availablePermits()).isZero();
    }

    @Test
    void aTurnThatTheDatabaseFailedIsToldOfAsOneThatAnythingElseFailedIsNot() throws InterruptedException {
        loop.fault = new IllegalStateException("a fault of Kontor's own");
        schedule.runNow("test", account);
        loop.awaitNext();
        loop.mayEnd.release();
        await().until(() -> told.size() == 1);
        assertThat(told).hasOnlyElementsOfType(RunFinished.class);

        loop.fault = new CannotAcquireLockException("another transaction wants the same");
        await().until(() -> {
            schedule.runNow("test", account);
            return loop.begun.tryAcquire();
        });
        loop.mayEnd.release();
        await().untilAsserted(() -> assertThat(told)
                .filteredOn(DatabaseFailed.class::isInstance)
                .singleElement()
                .extracting("account", "loop")
                .containsExactly(account, "test"));
        assertThat(told).filteredOn(RunFinished.class::isInstance).hasSize(2);
        loop.mayEnd.release(100);
    }

    @Test
    void twoTransactionsThatStartAnAccountAtOnceBothSucceed() throws Exception {
        var started = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> transaction.executeWithoutResult(_ -> {
                schedule.start(account);
                started.countDown();
                awaitEnd(mayEnd);
            }));
            started.await();
            var second = threads.submit(() -> transaction.executeWithoutResult(_ -> {
                schedule.start(account);
                jdbc.sql("select 1").query(Integer.class).single();
            }));
            await().until(() -> jdbc.sql("select exists (select from pg_stat_activity"
                            + " where datname = current_database() and wait_event_type = 'Lock')")
                    .query(Boolean.class)
                    .single());
            mayEnd.countDown();
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
        }
        loop.awaitNext();
        loop.mayEnd.release();
        await().until(this::atRest);
    }

    @Test
    void manyThatWantATurnAtOnceAllGetOne() throws Exception {
        loop.mayEnd.release(1_000);
        schedule.start(account);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(
                            () -> IntStream.range(0, 100).forEach(_ -> schedule.runNow("test", account))))
                    .toList();
            for (var each : asking) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
        var before = loop.begun.availablePermits();
        schedule.runNow("test", account);

        await().untilAsserted(() -> assertThat(loop.begun.availablePermits()).isGreaterThan(before));
        await().until(() -> {
            schedule.watch().execute(null, null);
            return wishes.of(account).isEmpty() && atRest();
        });
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWishThatCameTooLateForATurnIsFulfilledByTheWatch() throws InterruptedException {
        schedule.runNow("test", account);
        loop.awaitNext();
        loop.mayEnd.release();
        await().until(this::atRest);
        wishes.add(account, loop.kind());

        schedule.watch().execute(null, null);

        loop.awaitNext();
        loop.mayEnd.release();
        await().until(this::atRest);
        assertThat(wishes.of(account)).isEmpty();
    }
}
