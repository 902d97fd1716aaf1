package dev.kontor.marketplaces.exchange;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.kontor.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class StoredTokensTests {

    private static final Limit SEARCHES = new Limit(20, 0.336, true);

    private final JdbcClient jdbc =
            JdbcClient.create(new DriverManagerDataSource(TestDatabase.create(), "postgres", ""));

    @BeforeEach
    void createTheTable() {
        jdbc.sql("create schema marketplaces").update();
        jdbc.sql("create table marketplaces.tokens (budget text primary key, tokens float8 not null,"
                        + " counted_at timestamptz not null)")
                .update();
    }

    private Tokens tokens(Limit limit) {
        return new StoredTokens(jdbc, "amazon:search-orders:seller", limit);
    }

    @Test
    void whoNeverCalledHasTheWholeBurstAndThenWaitsForMinutes() {
        var tokens = tokens(SEARCHES);
        for (int call = 0; call < 20; call++) {
            assertThat(tokens.take(1, 0)).isZero();
        }

        assertThat(tokens.take(1, 0)).isBetween(120_000_000_000L, 178_600_000_000L);
    }

    @Test
    void aRestartForgetsNoCall() {
        for (int call = 0; call < 20; call++) {
            assertThat(tokens(SEARCHES).take(1, 0)).isZero();
        }

        assertThat(tokens(SEARCHES).take(1, 0)).isPositive();
    }

    @Test
    void leavesAloneWhatIsKeptForOthers() {
        var tokens = tokens(SEARCHES);
        for (int call = 0; call < 16; call++) {
            assertThat(tokens.take(1, 4)).isZero();
        }

        assertThat(tokens.take(1, 4)).isPositive();
        assertThat(tokens.take(1, 0)).isZero();
    }

    @Test
    void fillsUpAsTimeGoesByButNotFurther() {
        var tokens = tokens(SEARCHES);
        tokens.take(20, 0);
        jdbc.sql("update marketplaces.tokens set counted_at = counted_at - interval '6 minutes'")
                .update();
        assertThat(tokens.take(2, 0)).isZero();
        assertThat(tokens.take(1, 0)).isPositive();

        jdbc.sql("update marketplaces.tokens set counted_at = counted_at - interval '10 days'")
                .update();
        assertThat(tokens.take(21, 0)).isPositive();
        assertThat(tokens.take(20, 0)).isZero();
    }

    @Test
    void givesBackAndBelievesWhoSaysThatNoneIsLeft() {
        var tokens = tokens(SEARCHES);
        tokens.take(20, 0);
        tokens.giveBack(2);
        assertThat(tokens.take(2, 0)).isZero();
        tokens.giveBack(5);

        tokens.atMost(0);

        assertThat(tokens.take(1, 0)).isPositive();
    }

    @Test
    void manyInstancesTakeNoneTwice() throws InterruptedException {
        var taken = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 40)
                    .forEach(each -> threads.submit(() -> {
                        if (tokens(SEARCHES).take(1, 0) == 0) {
                            taken.incrementAndGet();
                        }
                    }));
        }

        assertThat(taken).hasValue(20);
    }
}
