package dev.kontor.privacy.vault;

import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.privacy.keys.AnotherInstance;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.UnusableKeys;
import dev.kontor.privacy.vault.BuyerTrees.TreeInfo;
import dev.kontor.privacy.vault.Deposits.Sealed;

import static dev.kontor.privacy.vault.Deposited.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which trees, files and copies still open what, and which Kontor starts with. */
class TreeCopyTests extends TreeFixture {

    @Test
    void aStolenTreeOpensNothingAfterTheEnd() {
        var orders = orders(20, "b");
        deposit(orders);
        var stolen = file.latest();
        assertThat(sealed(orders))
                .allSatisfy(it -> assertThat(opens(stolen, it)).isTrue());

        file.replace(it -> it.succeeded(Instant.now()));
        upkeep.run();

        assertThat(sealed(orders)).hasSize(20).allSatisfy(it -> {
            assertThat(opens(stolen, it)).isFalse();
            assertThat(opens(file.latest(), it)).isTrue();
        });
    }

    @Test
    void removesATreeOnlyWhenNothingNeedsIt() {
        var old = newest();
        var orders = orders(3, "b");
        deposit(orders);
        assertThatThrownBy(() -> removeLater(old)).isInstanceOf(Conflict.class).hasMessageContaining("replace");
        file.replace(it -> it.succeeded(Instant.now()));
        assertThatThrownBy(() -> removeLater(old))
                .as("the database does not know of the new tree yet")
                .isInstanceOf(Conflict.class);
        checks.follow(file);
        assertThatThrownBy(() -> trees.remove(old)).isInstanceOf(Conflict.class).hasMessageContaining("only just");
        assertThatThrownBy(() -> removeLater(old)).isInstanceOf(Conflict.class).hasMessageContaining("3 deposits");
        jdbc.sql("update privacy.deposits set version = 7 where document = ?")
                .param(orders.getFirst().document())
                .update(); // damaged by that

        upkeep.run();

        assertThatThrownBy(() -> removeLater(old)).isInstanceOf(Conflict.class).hasMessageContaining("1 deposits");
        jdbc.sql("update privacy.deposits set version = 1 where document = ?")
                .param(orders.getFirst().document())
                .update();
        upkeep.run();
        removeLater(old);

        assertThat(file.latest().trees()).hasSize(1);
        assertThatThrownBy(() -> removeLater(old)).isInstanceOf(NotFound.class);
        assertReadable(orders);
        assertThat(AnotherInstance.started(checks, keys))
                .as("Kontor starts with what is left")
                .isNotNull();
    }

    @Test
    void ofTwoWhoBeginAtOnceOneIsRefused() throws Exception {
        var old = newest();
        var both = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var refused = IntStream.range(0, 2)
                    .mapToObj(_ -> threads.submit(() -> {
                        both.await();
                        try {
                            trees.replace();
                            return false;
                        } catch (Conflict e) {
                            return true;
                        }
                    }))
                    .toList();
            assertThat(refused.getFirst().get()).isNotEqualTo(refused.getLast().get());
        }
        assertThat(trees.list()).extracting(TreeInfo::number).containsExactly(old, old + 1);
    }

    @Test
    void aFileFromBeforeTheReplacementIsRefusedAtTheStartAndByARunningKontor() throws Exception {
        var copy = Files.copy(keys.resolve("buyers.tree"), elsewhere.resolve("buyers.tree"));
        trees.replace();
        var orders = List.of(anOrder(account), anOrder(account), anOrder(account));
        deposit(orders);
        assertThatThrownBy(() -> AnotherInstance.started(checks, elsewhere))
                .isInstanceOf(UnusableKeys.class)
                .hasMessageStartingWith("KONTOR_KEYS: ")
                .hasMessageContaining("an older copy")
                .hasMessageEndingWith(".");

        var present = Files.readAllBytes(keys.resolve("buyers.tree"));
        Files.write(keys.resolve("buyers.tree"), Files.readAllBytes(copy));
        try {
            assertThat(file.latest().trees()).hasSize(2);
            assertReadable(orders);
            assertThatThrownBy(() -> vault.erase(buyerOf(orders.getFirst()))).hasStackTraceContaining("older copy");
            assertReadable(orders.subList(1, 3));
        } finally {
            Files.write(keys.resolve("buyers.tree"), present);
        }
        assertThat(vault.openAll(versions(orders)))
                .as("the erasure had been decided")
                .hasSize(2);
        erasure.resume();
        assertThat(stateOf(orders.getFirst())).isEqualTo("ERASED");
    }

    @Test
    void aCopyOfTheDatabaseFromBeforeIsReadAsLongAsItsTreeIsThereAndRefusedFromThenOn() throws Exception {
        var old = newest();
        var orders = orders(5, "b");
        deposit(orders);
        var copy = Copy.of(database, TABLES);
        file.replace(it -> it.succeeded(Instant.now()));
        upkeep.run();

        copy.putBack(database);
        assertThat(deposits.byTree()).isEqualTo(Map.of(old, 5L));
        assertReadable(orders);
        assertThat(AnotherInstance.started(checks, keys)).isNotNull();
        upkeep.run();
        assertThat(deposits.byTree()).isEqualTo(Map.of(old + 1, 5L));
        removeLater(old);
        var present = Copy.of(database, TABLES);

        copy.putBack(database);
        upkeep.run();
        assertThat(vault.openAll(versions(orders))).isEmpty();
        assertThat(trees.list()).anySatisfy(it -> {
            assertThat(it.number()).isEqualTo(old);
            assertThat(it.missing()).isTrue();
            assertThat(it.deposits()).isEqualTo(5);
        });
        assertThatThrownBy(() -> trees.replace()).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> AnotherInstance.started(checks, keys))
                .isInstanceOf(UnusableKeys.class)
                .hasMessageContaining("other keys");

        present.putBack(database);
        assertReadable(orders);
        assertThat(AnotherInstance.started(checks, keys)).isNotNull();
    }

    private static boolean opens(BuyerKeys with, Sealed sealed) {
        return with.trees().stream()
                .map(it -> it.keys().keys(List.of(sealed.leaf())).get(sealed.leaf()))
                .anyMatch(key -> {
                    try {
                        Seal.open(key, sealed.document(), sealed.version(), sealed.ciphertext());
                        return true;
                    } catch (GeneralSecurityException e) {
                        return false;
                    }
                });
    }
}
