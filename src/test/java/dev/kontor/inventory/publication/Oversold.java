package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.Comparator;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.SettableClock;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.inventory.oversells.Cause;
import dev.kontor.inventory.oversells.Examination;
import dev.kontor.inventory.oversells.Oversells;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was sold and was not there. Under escrow only somebody's hand excuses it, or what was given before; mirrored, it has
 * an explanation, and in the evening Kontor has found one too.
 */
class Oversold {

    /** How {@link Totals} name what mirrored listings have sold too much. */
    static final String MIRRORED = "oversold units";

    private final Records records;
    private final Guards guards;
    private final Examination examination;
    private final Oversells oversells;
    private final JdbcClient jdbc;
    private final SettableClock clock;

    Oversold(
            Records records,
            Guards guards,
            Examination examination,
            Oversells oversells,
            JdbcClient jdbc,
            SettableClock clock) {
        this.records = records;
        this.guards = guards;
        this.examination = examination;
        this.oversells = oversells;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void by(Day day, Sale sale, ItemId item, long units) {
        var goods = day.goods;
        if (day.strategy != Strategy.ESCROW) {
            day.totals.add(MIRRORED, units);
            guards.oversold(day, item, units);
            explain(day, sale, item);
            goods.oversold.add(item);
            return;
        }
        if (!day.byHand || !hasBeenTouched(goods, item)) {
            throw new AssertionError("oversold " + units + " of " + item + " by " + sale.id);
        }
        day.totals.add("oversold by hand", units);
    }

    /** Goods were taken away, or somebody made a listing show more. */
    private boolean hasBeenTouched(Goods goods, ItemId item) {
        return goods.missing(item)
                || goods.offers.stream()
                        .filter(offer -> offer.each.containsKey(item))
                        .anyMatch(offer -> offer.byHand > 0 || records.of(offer).excess() > 0);
    }

    /** A sale elsewhere was not yet shown here, or somebody's hand was at it. */
    private void explain(Day day, Sale sale, ItemId item) {
        records.learn(day);
        var cause = day.goods.sales.stream()
                .filter(other -> other != sale && other.offer.each.containsKey(item))
                .filter(other -> other.knownAt == null || !records.verifiedSince(sale.offer, other.knownAt))
                .max(Comparator.comparing(other -> other.at));
        if (cause.isPresent()) {
            day.totals.add(cause.get().knownAt == null ? "explained: not heard yet" : "explained: not shown yet", 1);
            return;
        }
        var putBackAt = sale.offer.putBackAt;
        if (day.byHand && hasBeenTouched(day.goods, item)) {
            day.totals.add("explained: by hand", 1);
            return;
        }
        if (putBackAt == null || records.verifiedSince(sale.offer, putBackAt)) {
            throw new AssertionError("oversold without any explanation: " + item + " by " + sale.id);
        }
        day.totals.add("explained: put back by the marketplace", 1);
    }

    /** What the ledger has come to know of it is written down with its cause. */
    void isExplained(Day day) {
        clock.advance(Duration.ofMinutes(2)); // what was looked at in vain is looked at again
        int looked = 100;
        while (looked == 100) {
            looked = examination.examine();
        }
        for (var item : day.goods.oversold) {
            var found = oversells.list(new Oversells.Filter(null, item, null), null, 1_000);
            assertThat(found.isEmpty() && wasShort(item))
                    .as("%s was short, and nobody has noticed", item)
                    .isFalse();
            found.forEach(it -> {
                assertThat(it.cause())
                        .as("cause of %s\n%s", it, records.around(it))
                        .isNotNull()
                        .isNotEqualTo(Cause.UNEXPLAINED);
                day.totals.add("oversells " + it.cause(), 1);
            });
        }
    }

    /** At the end of some transaction, for within one it may have been so for another reason. */
    private boolean wasShort(ItemId item) {
        return jdbc.sql("""
                        select exists (select from inventory.movements m join inventory.positions p on p.id = m.position
                          where p.item = ? and m.oversold > 0 and not exists (select from inventory.movements next
                            where next.position = m.position and next.number > m.number and next.at = m.at))""").param(item.value()).query(Boolean.class).single();
    }
}
