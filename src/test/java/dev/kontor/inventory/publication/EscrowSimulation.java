package dev.kontor.inventory.publication;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.SettableClock;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.orders.ShopClock;

/**
 * Buyers buy the last units everywhere at once, orders are told late, twice and in disorder, answers of marketplaces get
 * lost or lie, writes come late, Kontor is killed between any two steps, and two of it work at the same time. Under escrow
 * nothing is ever for sale that is not there; mirrored, whatever is sold too much is explained by a write that was not
 * there yet; and where the last units are kept under escrow, nothing is given beyond what was given before. When all is
 * told, all numbers are right again.
 *
 * <p>Time is cut into days. Each has new shops and new goods and a seed of its own, which a failure names, so that
 * {@code -Dsimulation.seed} throws the same dice for that day alone; threads and ids are its own each time.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "kontor.administrator.password=only-for-this-test",
            "kontor.inventory.publishing=false",
        })
@Import({
    ShopClock.class,
    Stockroom.class,
    Fate.class,
    Street.class,
    Morning.class,
    Course.class,
    Buyers.class,
    Seller.class,
    News.class,
    Hours.class,
    Troubles.class,
    Turns.class,
    Records.class,
    Guards.class,
    Promises.class,
    Oversold.class,
    Evening.class
})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EscrowSimulation {

    @Autowired
    Street street;

    @Autowired
    Course course;

    @Autowired
    Records records;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Guards guards;

    @BeforeEach
    void watchTheGuards() {
        guards.watch();
    }

    @AfterEach
    void leaveTheStrategyToKontorAgain() {
        guards.leave();
        jdbc.sql("delete from inventory.policies where level = 'DEFAULT'").update();
    }

    private void forAll(Strategy strategy) {
        jdbc.sql("""
                        insert into inventory.policies (level, subject, strategy, changed_by, changed_at)
                        values ('DEFAULT', '00000000-0000-0000-0000-000000000000', ?, 'test', now())
                        on conflict (level, subject) do update set strategy = excluded.strategy""").param(strategy.name()).update();
    }

    /**
     * @param operations at least so many; the last day is lived to its end
     * @return what came of it
     */
    Totals simulate(Strategy strategy, long seed, int operations) {
        var totals = new Totals();
        forAll(strategy);
        long began = System.nanoTime();
        try {
            for (int day = 0; totals.operations() < operations; day++) {
                var today = new Day(
                        seed + day, strategy, Math.floorMod(seed + day, 4) == 3, street.open(clock), totals, clock);
                try {
                    course.pass(today);
                } catch (Throwable failure) {
                    throw new AssertionError(
                            "%s, day %d, -Dsimulation.seed=%d%n%s%n%s"
                                    .formatted(strategy, day, seed + day, today.story(), records.state(today)),
                            failure);
                } finally {
                    cleanUp();
                }
                if (day % 50 == 49) {
                    System.out.println(strategy + " " + totals + since(began));
                }
            }
        } finally {
            System.out.println(strategy + " from seed " + seed + ": " + totals + since(began));
        }
        return totals;
    }

    private static String since(long began) {
        return " in " + (System.nanoTime() - began) / 1_000_000_000 + " s";
    }

    private void cleanUp() {
        for (var table : List.of(
                "writes",
                "decisions",
                "sold_lines",
                "told_orders",
                "changed_items",
                "listing_contents",
                "publications",
                "unmatched_lines",
                "switches",
                "takeovers")) {
            jdbc.sql("delete from inventory." + table).update();
        }
    }
}
