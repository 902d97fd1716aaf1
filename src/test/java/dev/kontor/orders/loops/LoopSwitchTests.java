package dev.kontor.orders.loops;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.orders.Shops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A loop that a setting switches off. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "kontor.administrator.password=only-for-this-test",
            "kontor.orders.loops.fake.feed=false",
            "kontor.orders.loops.fake.sweep=true"
        })
@Import(Shops.class)
@ExtendWith(OutputCaptureExtension.class)
class LoopSwitchTests {

    @LocalServerPort
    int port;

    @Autowired
    LoopSchedule schedule;

    @Autowired
    Shops shops;

    @Autowired
    JdbcClient jdbc;

    @Test
    void doesNotRunAndIsSeenNotToRun() {
        var shop = new FakeMarketplace();
        var account = shops.open(shop);

        schedule.start(account.id());

        await().until(() -> isPlannedAnew(account));
        assertThat(shop.calls(Operation.END)).isZero();
        var shown = HttpCaller.nobody(port)
                .login("administrator", "only-for-this-test")
                .get("/api/v1/accounts/" + account.id() + "/intervals")
                .json();
        assertThat(shown.at("/switchedOff").valueStream().map(it -> it.asString()))
                .containsExactly("feed");
        assertThat(shown.at("/seconds/feed").asInt()).isEqualTo(60);
    }

    /** The job was there, and has looked. */
    private boolean isPlannedAnew(AccountView account) {
        return jdbc.sql("select count(*) from scheduled_tasks where task_name = 'orders-feed' and task_instance = ?"
                                + " and not picked and execution_time > ?")
                        .params(
                                account.id().toString(),
                                Timestamp.from(Instant.now().plusSeconds(20)))
                        .query(Integer.class)
                        .single()
                == 1;
    }

    @Test
    void isToldOfAtTheStart(CapturedOutput output) {
        var properties = new LoopProperties(Map.of("fake", Map.of("feed", false)));

        var switches = new LoopSwitches(
                properties, Marketplaces.of(new FakeMarketplace()), List.of(new Idler("feed"), new Idler("sweep")));

        assertThat(output)
                .contains("The feed of every account of fake is switched off by KONTOR_ORDERS_LOOPS_FAKE_FEED");
        assertThat(switches.off(new FakeMarketplace().code())).containsExactly("feed");
    }

    private record Idler(Kind kind) implements Loop {

        Idler(String name) {
            this(new Kind(name, Duration.ofMinutes(1), 0));
        }

        @Override
        public Next run(AccountView account, Run run) {
            return new Next.Regular();
        }
    }
}
