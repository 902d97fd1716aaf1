package dev.kontor.inventory.publication;

import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.publication.Street.Trade;

import static org.assertj.core.api.Assertions.assertThat;

/** All is told and nothing goes wrong any more, until there is nothing left to do; then all numbers are right. */
class Evening {

    private final Duties duties;
    private final News news;
    private final Hours hours;
    private final Promises promises;
    private final Guards guards;
    private final Oversold oversold;
    private final Stockroom stockroom;
    private final Fate fate;
    private final JdbcClient jdbc;

    Evening(
            Duties duties,
            News news,
            Hours hours,
            Promises promises,
            Guards guards,
            Oversold oversold,
            Stockroom stockroom,
            Fate fate,
            JdbcClient jdbc) {
        this.duties = duties;
        this.news = news;
        this.hours = hours;
        this.promises = promises;
        this.guards = guards;
        this.oversold = oversold;
        this.stockroom = stockroom;
        this.fate = fate;
        this.jdbc = jdbc;
    }

    void quiet(Day day) {
        day.nesting = 0;
        fate.spares();
        assertThat(jdbc.sql("select count(*) from inventory.told_orders where tries > 0")
                        .query(Long.class)
                        .single())
                .as("orders that could not be followed")
                .isZero();
        for (int round = 0; round < 80; round++) { // what was sent twice is not settled before half an hour
            day.stalls.forEach(stall -> news.hear(day, stall, true));
            for (int turn = 0; ; turn++) {
                boolean any = false;
                for (var duty : duties.due()) {
                    any |= duty.work().getAsBoolean();
                }
                if (!any) {
                    break;
                }
                assertThat(turn).as("there is no end to it").isLessThan(200);
            }
            hours.pass(day, Duration.ofSeconds(40));
            if (round > 3 && done()) {
                return;
            }
        }
    }

    /** A listing that takes only plain values may wait with fewer than it is to show. */
    private boolean done() {
        return jdbc.sql("""
                        select not exists (select from inventory.publications
                          where command is not null or read_wanted or reading is distinct from expected
                          or unsure or exposure <> expected or case when desired = expected then state <> 'VERIFIED'
                            else kind <> 'ABSOLUTE' or desired < expected or expected = 0 end)
                        and not exists (select from inventory.told_orders)
                        and not exists (select from inventory.changed_items)""").query(Boolean.class).single();
    }

    void close(Day day) {
        day.tell("evening");
        for (var stall : day.stalls) {
            hours.settleLate(day, stall, day.dice.nextBoolean());
            stall.shop().heal();
        }
        if (day.byHand) { // all listings are read now and then, and nothing else tells of what somebody did
            jdbc.sql("update inventory.publications set read_wanted = true").update();
        }
        quiet(day);
        promises.check(day);
        guards.close(day);
        oversold.isExplained(day);
        for (var item : day.goods.items) {
            assertThat(stockroom.available(item))
                    .as("left of %s", item.sku())
                    .isEqualTo(day.goods.remaining(item.id()));
        }
        for (var offer : day.goods.offers) {
            var row = jdbc.sql("select * from inventory.publications where listing = ?")
                    .param(offer.listing.id().value())
                    .query()
                    .singleRow();
            assertThat(row.get("command")).as("%s: %s", offer, row).isNull();
            long desired = (Long) row.get("desired");
            if ((Boolean) row.get("guarded") && patient(offer, desired)) {
                day.totals.add("units withheld by plain writes", desired - offer.shown());
            } else {
                assertThat((long) offer.shown()).as("%s: %s", offer, row).isEqualTo(desired);
                assertThat(offer.stall.shop().onSale(offer.id()) || desired == 0)
                        .as("%s is on sale: %s", offer, row)
                        .isTrue();
                assertThat(row.get("state")).as("%s: %s", offer, row).isEqualTo("VERIFIED");
            }
        }
        day.totals.add("days", 1);
    }

    /** Where only plain values can be written, a listing is emptied for more only when it has sold most of what it had. */
    private static boolean patient(Offer offer, long desired) {
        return offer.stall.trade() == Trade.PLAIN
                && offer.shown() > 0
                && offer.shown() < desired
                && offer.shown() * 4L > desired - offer.shown();
    }
}
