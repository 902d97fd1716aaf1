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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;

import dev.kontor.TestDatabase;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.audit.RecordedActs;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Marketplaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LoopScheduleTests {

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.create(), "postgres", "");
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final AccountId account = new AccountId(UUID.randomUUID());
    private final OneAccount accounts = new OneAccount();
    private final Turns loop = new Turns();
    private final Wishes wishes = new Wishes(jdbc);
    private Scheduler scheduler;
    private LoopSchedule schedule;

    /** Has nothing to do for an hour, after a turn that lasts until the test lets it end. */
    private static final class Turns implements Loop {

        private final Semaphore begun = new Semaphore(0);
        private final Semaphore mayEnd = new Semaphore(0);

        @Override
        public Kind kind() {
            return new Kind("test", Duration.ofHours(1), 0);
        }

        @Override
        public Next run(Accounts.AccountView account, Run run) {
            begun.release();
            mayEnd.acquireUninterruptibly();
            return new Next.Idle(Instant.now().plus(Duration.ofHours(1)));
        }

        void awaitNext() throws InterruptedException {
            assertThat(begun.tryAcquire(10, TimeUnit.SECONDS))
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
        var runs = new RunLog(event -> {}, clock);
        var switches = new LoopSwitches(new LoopProperties(Map.of()), Marketplaces.of(), List.of(loop));
        var task = new LoopTasks(
                        accounts, new Intervals(jdbc, List.of(loop), new RecordedActs()), wishes, runs, switches, clock)
                .of(loop);
        scheduler = Scheduler.create(database, task)
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
