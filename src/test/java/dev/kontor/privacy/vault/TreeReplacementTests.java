package dev.kontor.privacy.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault.Receipt;
import dev.kontor.privacy.keys.AnotherInstance;
import dev.kontor.privacy.vault.BuyerTrees.TreeInfo;

import static dev.kontor.privacy.vault.Deposited.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The tree of buyers' keys is replaced while deposits are read, written and erased. */
class TreeReplacementTests extends TreeFixture {

    @Test
    void movesEverythingOnTwoInstancesWhileOthersReadWriteAndErase() throws Exception {
        var old = newest();
        var kept = orders(700, "kept");
        var doomed = orders(300, "doomed");
        deposit(kept);
        var condemned = deposit(doomed).stream().map(Receipt::buyer).distinct().toList();
        var otherFile = AnotherInstance.buyerKeys(keys);
        var otherKeys = new DepositKeys(otherFile);
        var otherIntake = new Intake(
                shelves,
                references,
                new Holders(buyers, erasures, otherFile),
                buyers,
                deposits,
                otherFile,
                words,
                Clock.systemUTC());
        var otherUpkeep = new TreeUpkeep(otherFile, checks, deposits, otherKeys, transactions);
        var over = new AtomicBoolean();
        var begun = new CyclicBarrier(5);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(begin(begun, () -> {
                for (int index = 0; !over.get(); index = (index + 50) % kept.size()) {
                    var some = kept.subList(index, index + 50);
                    transaction.executeWithoutResult(_ -> otherIntake.take( // for a second under the old tree still
                            some.stream().map(Deposited::deposit).toList()));
                }
            }));
            var adder = threads.submit(begin(begun, () -> {
                for (int index = 0; !over.get(); index = (index + 1) % kept.size()) {
                    var one = kept.get(index);
                    transaction.executeWithoutResult(_ -> vault.add(one.document(), 1, one.values()));
                }
            }));
            var reader = threads.submit(begin(begun, () -> {
                while (!over.get()) {
                    assertReadable(kept);
                    assertThat(openAll(otherKeys, kept)).isEqualTo(values(kept));
                }
            }));
            var eraser = threads.submit(begin(begun, () -> condemned.forEach(vault::erase)));
            try {
                begun.await();
                trees.replace();
                eraser.get();
                await().pollDelay(Duration.ofMillis(1500)) // until the other instance has heard of it
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> {
                            otherUpkeep.run();
                            upkeep.run();
                            return !deposits.byTree().containsKey(old);
                        });
            } finally {
                over.set(true);
            }
            for (var it : List.of(writer, adder, reader, eraser)) {
                it.get();
            }
        }
        removeLater(old);
        assertReadable(kept);
        assertThat(vault.openAll(versions(doomed))).isEmpty();
        assertThat(condemned).isNotEmpty().allSatisfy(it -> {
            assertThat(file.latest().covers(leafOf(it))).isFalse();
            assertThat(proofs.check(it).keyDestroyed()).isTrue();
        });
        assertThat(trees.list()).singleElement().satisfies(it -> {
            assertThat(it.newest()).isTrue();
            assertThat(it.number()).isEqualTo(old + 1);
            assertThat(it.deposits()).isEqualTo(kept.size());
        });
    }

    @Test
    void goesOnWhereItWasCutOff() {
        var old = newest();
        var orders = orders(TreeUpkeep.BATCH + 200, "b");
        deposit(orders);
        file.replace(it -> it.succeeded(Instant.now())); // and here the power went

        upkeep.moveBehind(null); // and here again

        assertThat(deposits.byTree())
                .isEqualTo(Map.of(old, 200L, old + 1, (long) TreeUpkeep.BATCH))
                .isEqualTo(trees.list().stream().collect(Collectors.toMap(TreeInfo::number, TreeInfo::deposits)));
        assertThat(checks.hasFollowed(file)).isFalse();
        assertReadable(orders);

        upkeep.run();

        assertThat(deposits.byTree()).isEqualTo(Map.of(old + 1, (long) orders.size()));
        assertThat(checks.hasFollowed(file)).isTrue();
        assertReadable(orders);
    }

    @Test
    void whatSomebodyElseHoldsIsNotWaitedForAndMovesTheNextTime() throws Exception {
        var old = newest();
        var orders = orders(10, "b");
        deposit(orders);
        file.replace(it -> it.succeeded(Instant.now()));
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "update privacy.deposits set version = version where document = ?")) {
            connection.setAutoCommit(false);
            statement.setObject(1, orders.getFirst().document());
            statement.executeUpdate();

            upkeep.run();

            assertThat(deposits.byTree()).isEqualTo(Map.of(old, 1L, old + 1, 9L));
            connection.rollback();
        }
        upkeep.run();
        assertThat(deposits.byTree()).isEqualTo(Map.of(old + 1, 10L));
    }

    @Test
    void anotherInstanceReadsAtOnceWhatLiesUnderATreeItHasNotHeardOf() {
        var other = new DepositKeys(AnotherInstance.buyerKeys(keys));
        file.replace(it -> it.succeeded(Instant.now()));
        var orders = orders(3, "b");
        deposit(orders);
        assertThat(deposits.byTree()).containsOnlyKeys(newest());

        assertThat(openAll(other, orders)).isEqualTo(values(orders));
    }

    @Test
    void whoWasErasedBeforeOrMeanwhileStaysErasedUnderBothTreesAlsoInACopy() throws Exception {
        var before = anOrder(account);
        var meanwhile = anOrder(account);
        var kept = anOrder(account);
        deposit(List.of(before, meanwhile, kept));
        var one = buyerOf(before);
        var other = buyerOf(meanwhile);
        var copy = Copy.of(database, TABLES);

        vault.erase(one);
        file.replace(it -> it.succeeded(Instant.now()));
        vault.erase(other);

        assertThat(file.latest().trees())
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.keys().keys(List.of(leafOf(one), leafOf(other), leafOf(buyerOf(kept)))))
                        .containsOnlyKeys(leafOf(buyerOf(kept))));
        copy.putBack(database);
        for (var erased : List.of(before, meanwhile)) {
            assertThat(vault.open(erased.document(), 1)).isEmpty();
        }
        upkeep.run();
        new RestoredCopies(file, checks, erasure).start();
        assertThat(List.of(stateOf(before), stateOf(meanwhile), stateOf(kept)))
                .containsExactly("ERASED", "ERASED", "ACTIVE");
        for (var erased : List.of(before, meanwhile)) {
            assertThat(vault.open(erased.document(), 1)).isEmpty();
        }
        assertReadable(List.of(kept));
        assertThat(deposits.byTree()).containsOnlyKeys(newest());
    }

    private long leafOf(BuyerId buyer) {
        return jdbc.sql("select leaf from privacy.buyers where id = ?")
                .param(buyer.value())
                .query(Long.class)
                .single();
    }

    private static Callable<Boolean> begin(CyclicBarrier together, Runnable work) {
        return () -> {
            together.await();
            work.run();
            return true;
        };
    }
}
