package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.reservations.Reservations;
import dev.kontor.inventory.retention.Forgetting;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.orders.ArchiveRobot;

import static org.assertj.core.api.Assertions.assertThat;

/** What is old is forgotten, and no number changes by that. */
class ForgettingTests extends PublicationFixture {

    private static final Duration LONG = Duration.ofDays(100);

    @Autowired
    Forgetting forgetting;

    @Autowired
    ShownQuantities quantities;

    @Autowired
    Reservations reservations;

    @Autowired
    ArchiveRobot archive;

    /** In other tests it is another time. */
    @AfterEach
    void letNothingBeForgotten() {
        jdbc.sql("update inventory.forgotten_sales set until = 'epoch'").update();
    }

    private long writes(Listing listing) {
        return count("writes", listing);
    }

    private long decisions(Listing listing) {
        return count("decisions", listing);
    }

    private long count(String table, Listing listing) {
        return jdbc.sql("select count(*) from inventory." + table + " where listing = ?")
                .param(listing.id().value())
                .query(Long.class)
                .single();
    }

    private List<Long> soldLines(Listing listing) {
        return jdbc.sql("select quantity from inventory.sold_lines where listing = ? order by placed_at")
                .param(listing.id().value())
                .query(Long.class)
                .list();
    }

    /** What is known of what it shows and may sell. */
    private Map<String, Object> numbers(Listing listing) {
        return jdbc.sql(
                        "select expected, exposure, excess, desired, shown from inventory.publications where listing = ?")
                .param(listing.id().value())
                .query()
                .singleRow();
    }

    private void stockUp(Item mug, int times) {
        for (int time = 0; time < times; time++) {
            stockroom.receive(mug, 1);
            clock.advance(Duration.ofSeconds(6));
            work();
        }
    }

    private FakeOrder sold(Stall stall, Listing listing, int quantity, String status) {
        var order = buy(stall, listing, quantity);
        hear(stall);
        work();
        stall.shop().change(order.id(), it -> it.withStatus(status));
        hear(stall);
        work();
        return order;
    }

    private void tellAgain(Stall stall, FakeOrder order) {
        reservations.judge(
                stall.account().id(),
                List.of(archive.get(stall.account(), order.id()).id()));
    }

    @Test
    void forgetsWritesButTheLastOfEachListing() {
        var one = aStall();
        var mug = stockroom.anItemWith(5);
        var plate = stockroom.anItemWith(5);
        var here = list(one, mug, 5);
        var there = list(one, plate, 5);
        work();
        stockUp(mug, 3);
        stockUp(plate, 1);
        assertThat(writes(here)).isEqualTo(3);
        assertThat(decisions(here)).isEqualTo(4);
        assertThat(count("sightings", here)).isEqualTo(4);
        clock.advance(LONG);
        stockUp(plate, 2);

        forgetting.forget();
        forgetting.forget();

        assertThat(writes(here)).isEqualTo(1);
        assertThat(decisions(here)).isEqualTo(1);
        assertThat(count("sightings", here)).isEqualTo(1);
        assertThat(row(here)).containsEntry("state", "VERIFIED").containsEntry("verified", 8L);
        assertThat(writes(there)).isEqualTo(2);
        assertThat(decisions(there)).isEqualTo(2);
    }

    @Test
    void forgetsSalesOfWhichNothingIsReserved() {
        var one = aStall();
        var mug = stockroom.anItemWith(20);
        var here = list(one, mug, 20);
        work();
        sold(one, here, 2, "SHIPPED");
        buy(one, here, 3);
        hear(one);
        work();
        clock.advance(LONG);
        buy(one, here, 4);
        hear(one);
        work();
        assertThat(soldLines(here)).containsExactly(2L, 3L, 4L);

        forgetting.forget();

        assertThat(soldLines(here)).containsExactly(3L, 4L);
    }

    @Test
    void whatIsShownIsKnownThoughItsSalesAreForgotten() {
        var one = aStall();
        var mug = stockroom.anItemWith(20);
        var here = list(one, mug, 20);
        work();
        sold(one, here, 2, "SHIPPED");
        clock.advance(LONG);
        forgetting.forget();
        assertThat(soldLines(here)).isEmpty();

        var shown = quantities.of(here.id(), null);

        assertThat(shown.published()).isEqualTo(18);
        assertThat(shown.differences()).isEmpty();
    }

    @Test
    void whatIsToldAgainOfAForgottenSaleIsNoNewSale() {
        var one = aStall();
        var mug = stockroom.anItemWith(20);
        var here = list(one, mug, 20);
        work();
        var order = sold(one, here, 2, "SHIPPED");
        clock.advance(LONG);
        forgetting.forget();
        assertThat(soldLines(here)).isEmpty();
        var before = numbers(here);
        assertThat(before).containsEntry("expected", 18L).containsEntry("exposure", 18L);

        tellAgain(one, order);

        assertThat(numbers(here)).isEqualTo(before);
        assertThat((Double) row(here).get("pace")).as("units sold lately").isLessThan(0.01);
        assertThat(row(here)).containsEntry("read_wanted", true);
        assertThat(soldLines(here)).containsExactly(2L);
        work();
        assertThat(one.shows(here)).isEqualTo(18);
        assertThat(stockroom.available(mug)).isEqualTo(18);
    }

    @Test
    void aForgottenSaleThatIsCancelledAfterAllIsLookedAt() {
        var one = aStall();
        var mug = stockroom.anItemWith(20);
        var here = list(one, mug, 20);
        work();
        var order = sold(one, here, 2, "SHIPPED");
        clock.advance(LONG);
        forgetting.forget();
        var before = numbers(here);

        one.shop().putBack(here.externalId(), 2);
        one.shop().change(order.id(), it -> it.withStatus("CANCELLED"));
        hear(one);
        tellAgain(one, order);

        assertThat(numbers(here)).isEqualTo(before);
        assertThat(row(here)).containsEntry("read_wanted", true);
        work();
        clock.advance(Duration.ofSeconds(10));
        hear(one);
        work();
        assertThat(row(here)).containsEntry("state", "VERIFIED");
        assertThat((long) one.shows(here)).isEqualTo(stockroom.available(mug));
    }
}
