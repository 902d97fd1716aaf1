package dev.kontor.privacy.vault;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.test.context.TestPropertySource;

import dev.kontor.privacy.RetentionFinished;
import dev.kontor.privacy.RetentionMissed;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.Vault.Deposit;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyFile;

import static dev.kontor.privacy.vault.Deposited.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@ApplicationModuleTest(module = "privacy", extraIncludes = "audit")
@Import(SearchIndex.class)
@TestPropertySource(properties = "kontor.privacy.retention.bazaar=10d")
class RetentionTests {

    @Autowired
    Vault vault;

    @Autowired
    Retention retention;

    @Autowired
    RetentionWatch watch;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SearchIndex index;

    @Autowired
    KeyFile<BuyerKeys> file;

    @Test
    void forgetsWhoWasNotRelevantForLongerThanTheMarketplaceAllows() {
        var account = UUID.randomUUID();
        var old = anOrder(account).by("old").of("Stary Klient").placed(daysAgo(31));
        var regular = anOrder(account).by("regular").placed(daysAgo(31));
        var recent = anOrder(account).by("regular").placed(daysAgo(3));
        for (var order : List.of(old, regular, recent)) {
            index.add(vault.deposit(List.of(order.deposit())));
        }
        retention.run();
        assertThat(vault.open(old.document(), 1)).as("nothing was asked for").isPresent();

        vault.keepFor(account, "elsewhere", Duration.ofDays(30));
        retention.run();
        assertThat(vault.open(old.document(), 1)).isEmpty();
        assertThat(index.find(vault.query("stary klient"))).isEmpty();
        assertThat(vault.open(regular.document(), 1)).contains(regular.values());
        assertThat(vault.open(recent.document(), 1)).contains(recent.values());

        vault.keepFor(account, "elsewhere", null);
        assertThat(vault.deposit(List.of(anOrder(account).placed(daysAgo(900)).deposit()))
                        .getFirst()
                        .words())
                .as("kept for ever again, on a day that is open")
                .isNotEmpty();
    }

    @Test
    void theSettingOverridesWhatTheMarketplaceDeclares() {
        var account = UUID.randomUUID();
        var order = anOrder(account).placed(daysAgo(11));
        vault.deposit(List.of(order.deposit()));
        vault.keepFor(account, "bazaar", Duration.ofDays(30));
        retention.run();
        assertThat(vault.open(order.document(), 1)).isEmpty();
    }

    @Test
    void forgettingManyCostsLittleMoreThanRememberingTheRest() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var account = UUID.randomUUID();
        var batch = new ArrayList<Deposit>();
        var kept = new ArrayList<Deposited>();
        for (int index = 0; index < 2000; index++) {
            var order = anOrder(account).placed(daysAgo(100 + random.nextInt(300)));
            batch.add(order.deposit());
            if (index % 400 == 0) {
                batch.add(anOrder(account).by(order.buyer()).placed(daysAgo(1)).deposit());
                kept.add(order);
            }
        }
        vault.deposit(batch);
        var before = file.latest().tree();
        vault.keepFor(account, "elsewhere", Duration.ofDays(50));
        retention.run();
        for (var order : kept) {
            assertThat(vault.open(order.document(), 1)).as("seed %d", seed).contains(order.values());
        }
        var opened = 0;
        for (var deposit : batch) {
            opened += vault.open(deposit.document(), 1).isPresent() ? 1 : 0;
        }
        assertThat(opened).as("seed %d", seed).isEqualTo(2 * kept.size());
        assertThat(file.latest().tree().size() - before.size())
                .as("seed %d", seed)
                .isLessThan(64 * 2 * (kept.size() + 1));
    }

    @Test
    void aChangedSettingHoldsForAccountsThatAreKnownAlready() {
        var account = UUID.randomUUID();
        vault.deposit(List.of(anOrder(account).placed(daysAgo(11)).deposit()));
        vault.keepFor(account, "bazaar", Duration.ofDays(30));
        jdbc.sql("update privacy.accounts set keep_days = 30 where account = ?") // as another setting would have it
                .param(account)
                .update();

        retention.applySettings();

        assertThat(jdbc.sql("select keep_days from privacy.accounts where account = ?")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isEqualTo(10);
    }

    @Test
    void leavesARunForEachAccountWithWhatItForgot(AssertablePublishedEvents events) {
        var account = UUID.randomUUID();
        var other = UUID.randomUUID();
        for (int index = 0; index < 3; index++) {
            vault.deposit(List.of(anOrder(account).placed(daysAgo(40)).deposit()));
        }
        var kept = anOrder(account).placed(daysAgo(1));
        vault.deposit(List.of(kept.deposit(), anOrder(other).placed(daysAgo(1)).deposit()));
        vault.keepFor(account, "elsewhere", Duration.ofDays(30));
        vault.keepFor(other, "elsewhere", Duration.ofDays(30));

        assertThat(retention.run()).isTrue();

        assertThat(runs(events, account)).singleElement().satisfies(run -> {
            assertThat(run.forgotten()).isEqualTo(3);
            assertThat(run.error()).isNull();
        });
        assertThat(runs(events, other))
                .singleElement()
                .satisfies(run -> assertThat(run.forgotten()).isZero());
        assertThat(jdbc.sql("select count(*) from privacy.erasures where account = ? and cause = 'RETENTION'")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
        assertThat(vault.open(kept.document(), 1)).isPresent();
    }

    @Test
    void twoInstancesForgetEverybodyOnce(AssertablePublishedEvents events) throws Exception {
        var account = UUID.randomUUID();
        var batch = IntStream.range(0, 1200)
                .mapToObj(_ -> anOrder(account).placed(daysAgo(40)).deposit())
                .toList();
        vault.deposit(batch);
        vault.keepFor(account, "elsewhere", Duration.ofDays(30));
        try (var threads = Executors.newFixedThreadPool(2)) {
            var one = threads.submit(retention::run);
            var other = threads.submit(retention::run);
            assertThat(one.get()).isTrue();
            assertThat(other.get()).isTrue();
        }
        assertThat(jdbc.sql("""
                        select count(*) from privacy.erasures where account = ? and completed_at is not null""").param(account).query(Integer.class).single()).isEqualTo(1200);
        assertThat(jdbc.sql("select count(*) from privacy.buyers where account = ? and state <> 'ERASED'")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void oneAccountsFailureIsToldAndKeepsNoOtherFromItsTurn(AssertablePublishedEvents events) {
        var broken = UUID.randomUUID();
        var well = UUID.randomUUID();
        vault.deposit(List.of(anOrder(broken).placed(daysAgo(40)).deposit()));
        vault.deposit(List.of(anOrder(well).placed(daysAgo(40)).deposit()));
        vault.keepFor(broken, "elsewhere", Duration.ofDays(30));
        vault.keepFor(well, "elsewhere", Duration.ofDays(30));
        jdbc.sql("""
                create function refuse_erasure() returns trigger language plpgsql as $$ begin
                  if new.account = '%s' then raise exception 'the disk is full'; end if; return new;
                end $$""".formatted(broken)).update();
        jdbc.sql(
                        "create trigger refuse before insert on privacy.erasures for each row execute function refuse_erasure()")
                .update();
        try {
            assertThat(retention.run()).isFalse();
        } finally {
            jdbc.sql("drop function refuse_erasure cascade").update();
        }
        assertThat(runs(events, broken))
                .singleElement()
                .satisfies(run -> assertThat(run.error()).startsWith("it was cut off"));
        assertThat(alarms(events, broken)).hasSize(1);
        assertThat(runs(events, well))
                .singleElement()
                .satisfies(run -> assertThat(run.forgotten()).isOne());
        assertThat(alarms(events, well)).isEmpty();
        assertThat(retention.run()).as("and the next round makes up for it").isTrue();
    }

    @Test
    void whoIsKeptForTooLongIsAnAlarmOnceADayWhateverTheRoundsSay(AssertablePublishedEvents events) {
        var account = UUID.randomUUID();
        vault.deposit(List.of(anOrder(account).placed(daysAgo(31)).deposit()));
        vault.keepFor(account, "elsewhere", Duration.ofDays(30));
        watch.look();
        assertThat(alarms(events, account))
                .as("a round may still be on its way")
                .isEmpty();

        vault.deposit(List.of(anOrder(account).placed(daysAgo(29)).deposit()));
        vault.keepFor(account, "elsewhere", Duration.ofDays(28));
        watch.look();
        watch.look();

        assertThat(alarms(events, account))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.keptSince()).isCloseTo(daysAgo(31), within(1, ChronoUnit.HOURS)));
        retention.run();
        jdbc.sql("update privacy.accounts set overdue_told_at = null where account = ?")
                .param(account)
                .update();
        watch.look();
        assertThat(alarms(events, account)).hasSize(1);
    }

    private static List<RetentionFinished> runs(AssertablePublishedEvents events, UUID account) {
        var found = new ArrayList<RetentionFinished>();
        events.ofType(RetentionFinished.class)
                .matching(it -> it.account().equals(account))
                .forEach(found::add);
        return found;
    }

    private static List<RetentionMissed> alarms(AssertablePublishedEvents events, UUID account) {
        var found = new ArrayList<RetentionMissed>();
        events.ofType(RetentionMissed.class)
                .matching(it -> it.account().equals(account))
                .forEach(found::add);
        return found;
    }

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }
}
