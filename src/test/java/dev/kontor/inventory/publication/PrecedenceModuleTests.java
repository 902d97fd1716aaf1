package dev.kontor.inventory.publication;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.publication.Recalculation.Queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is recalculated first, and what beside each other: by one instance or by several. */
class PrecedenceModuleTests extends PublicationFixture {

    @Autowired
    Recalculation recalculation;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void aSaleIsRecalculatedBeforeAMassChange() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        var there = list(other, mug, 500);
        var cup = stockroom.anItemWith(10);
        list(one, cup, 10);
        work();

        changes(cup, 1_000);
        buy(one, here, 3);
        hear(one);
        theFirst("follow");
        theFirst("recalculate");

        assertThat(row(there)).containsEntry("desired", 497L);
        assertThat(waiting(cup)).isEqualTo(1_000);
        work();
        assertThat(waiting(cup)).isZero();
        assertThat(other.shows(there)).isEqualTo(497);
    }

    @Test
    void aSaleDoesNotWaitForTheRecalculationOfOtherItems() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        var there = list(other, mug, 500);
        var cup = stockroom.anItemWith(500);
        var cupHere = list(one, cup, 500);
        work();
        buy(one, cupHere, 1);
        hear(one);
        theFirst("follow");

        transaction.executeWithoutResult(status -> {
            assertThat(recalculation.recalculate(Queue.SALES)).isTrue();
            elsewhere(() -> {
                buy(one, here, 3);
                hear(one);
                theFirst("follow");
                assertThat(recalculation.recalculate(Queue.SALES)).isTrue();
                assertThat(row(there)).containsEntry("desired", 497L);
            });
        });
    }

    @Test
    void twoThatRecalculateTheSameItemDoSoOneAfterTheOther() throws Exception {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        var there = list(other, mug, 500);
        work();
        buy(one, here, 3);
        hear(one);
        theFirst("follow");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = transaction.execute(status -> {
                assertThat(recalculation.recalculate(Queue.SALES)).isTrue();
                elsewhere(() -> stockroom.receive(mug, 4));
                var later = threads.submit(() -> recalculation.recalculate(Queue.THE_REST));
                await().until(() -> blocked() > 0);
                return later;
            });
            assertThat(second.get()).isTrue();
        }

        assertThat(row(there)).containsEntry("desired", 501L);
    }

    private void theFirst(String name) {
        var duty = duties.due().stream()
                .filter(it -> it.name().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing to " + name));
        assertThat(duty.work().getAsBoolean()).isTrue();
    }

    private void changes(Item item, int times) {
        jdbc.sql("insert into inventory.changed_items (item) select ? from generate_series(1, ?)")
                .params(item.id().value(), times)
                .update();
    }

    private int waiting(Item item) {
        return jdbc.sql("select count(*) from inventory.changed_items where item = ?")
                .param(item.id().value())
                .query(Integer.class)
                .single();
    }

    private int blocked() {
        return jdbc.sql("""
                        select count(*) from pg_stat_activity where datname = current_database()
                          and wait_event_type = 'Lock' and query like '%inventory.items%'""").query(Integer.class).single();
    }

    /** By another connection, as by another thread or instance. */
    private static void elsewhere(Runnable work) {
        try (var thread = Executors.newSingleThreadExecutor()) {
            thread.submit(work).get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
