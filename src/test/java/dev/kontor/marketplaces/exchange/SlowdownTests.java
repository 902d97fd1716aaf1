package dev.kontor.marketplaces.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What a limit learns from a marketplace that finds it too high. */
class SlowdownTests {

    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
    private static final String KEY = "allegro:application:x";
    private static final Duration BAN = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock(NOW);
    private final ExchangeProperties properties = TestExchange.properties(Map.of());
    private final Slowdowns slowdowns = slowdowns();

    private Slowdowns slowdowns() {
        return new Slowdowns(properties, clock, new StaticListableBeanFactory().getBeanProvider(RedisLink.class));
    }

    private void refused() {
        slowdowns.add(KEY, clock.instant().plus(BAN));
    }

    @Test
    void usesTheWholeLimitAsLongAsNobodyComplains() {
        assertThat(slowdowns.pace(KEY)).isEqualTo(1);
    }

    @Test
    void halvesThePaceOfThatBudgetAlone() {
        refused();

        assertThat(slowdowns.pace(KEY)).isEqualTo(0.5);
        assertThat(slowdowns.pace("allegro:application:y")).isEqualTo(1);
    }

    @Test
    void countsAllThatOneBanRefusesAsOne() {
        refused();
        clock.advance(Duration.ofSeconds(59));
        refused();

        assertThat(slowdowns.pace(KEY)).isEqualTo(0.5);
    }

    @Test
    void countsCallsThatWereUnderWayAsOneAlsoWhereNoSilenceIsAskedFor() {
        slowdowns.add(KEY, NOW);
        slowdowns.add(KEY, NOW);

        assertThat(slowdowns.pace(KEY)).isEqualTo(0.5);
    }

    @Test
    void neverComesToAStandstill() {
        for (int times = 0; times < 20; times++) {
            refused();
            clock.advance(BAN);
        }

        assertThat(slowdowns.pace(KEY)).isEqualTo(0.1);
    }

    @Test
    void recoversSlowlyAndNoFurtherThanTheLimit() {
        refused();
        clock.advance(BAN);
        clock.advance(Duration.ofMinutes(15));
        assertThat(slowdowns.pace(KEY)).isEqualTo(0.75, within(0.001));

        clock.advance(Duration.ofHours(9));

        assertThat(slowdowns.pace(KEY)).isEqualTo(1);
    }

    @Test
    void recoversSoonerWhereLessSilenceIsAskedFor() {
        slowdowns.add(KEY, NOW.plusSeconds(1));
        clock.advance(Duration.ofSeconds(10)); // refusals of that time count as one
        assertThat(slowdowns.pace(KEY)).isEqualTo(0.5, within(0.001));

        clock.advance(Duration.ofSeconds(15));
        assertThat(slowdowns.pace(KEY)).isEqualTo(0.75, within(0.001));
        clock.advance(Duration.ofSeconds(15));

        assertThat(slowdowns.pace(KEY)).isEqualTo(1, within(0.001));
    }

    @Test
    void aCallThenCostsWhatThePaceSays() throws InterruptedException {
        var taken = new AtomicInteger();
        var budgets = new Budgets(
                properties,
                (key, limit) -> new Counted(taken),
                new Bans(clock, new StaticListableBeanFactory().getBeanProvider(RedisLink.class)),
                slowdowns,
                clock);
        var call = new Call(
                new MarketplaceCode("allegro"),
                UUID.randomUUID(),
                Operation.read("things", "things.get"),
                Lane.LIVE_ORDERS,
                List.of(new Budget("application", "x", new Limit(100, 60_000))));
        assertThat(budgets.acquire(call)).isEmpty();

        budgets.ban(call, NOW.plus(BAN));
        assertThat(budgets.acquire(call)).contains(NOW.plus(BAN));
        clock.advance(BAN);
        taken.set(0);
        for (int number = 0; number < 10; number++) {
            assertThat(budgets.acquire(call)).isEmpty();
        }

        assertThat(taken.get()).isBetween(19, 20); // the last one's second is owed
    }

    private record Counted(AtomicInteger taken) implements Tokens {
        @Override
        public long take(long count, long keep) {
            taken.incrementAndGet();
            return 0;
        }

        @Override
        public void giveBack(long count) {
            taken.decrementAndGet();
        }

        @Override
        public void atMost(long left) {}
    }
}
