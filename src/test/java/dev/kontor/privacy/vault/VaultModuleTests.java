package dev.kontor.privacy.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.Vault.Deposit;
import dev.kontor.privacy.Vault.Receipt;

import static dev.kontor.privacy.vault.Deposited.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ApplicationModuleTest(module = "privacy", extraIncludes = "audit")
class VaultModuleTests {

    @Autowired
    Vault vault;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    private UUID account = UUID.randomUUID();

    @BeforeEach
    void startWithAnAccountOfItsOwn() {
        account = UUID.randomUUID();
    }

    @Test
    void opensWhatWasDeposited() {
        var order = anOrder(account).of("Zażółć Gęślą");
        vault.deposit(List.of(order.deposit()));
        assertThat(vault.open(order.document(), 1)).contains(order.values());
        assertThat(vault.open(order.document(), 2)).isEmpty();
        assertThat(vault.open(UUID.randomUUID(), 1)).isEmpty();
    }

    @Test
    void replacesAVersionThatIsThereAndKeepsTheOthers() {
        var first = anOrder(account).of("Jan");
        vault.deposit(List.of(first.deposit(), first.version(2).of("Jan N").deposit()));
        vault.deposit(List.of(first.version(2).of("Jan Nowak").deposit()));
        assertThat(vault.open(first.document(), 1)).contains(first.values());
        assertThat(vault.open(first.document(), 2))
                .contains(first.of("Jan Nowak").values());
    }

    @Test
    void opensManyInOneGoAndLeavesOutWhatIsNotThere() {
        var orders = Stream.generate(() -> anOrder(account)).limit(300).toList();
        vault.deposit(orders.stream().map(Deposited::deposit).toList());
        var wanted = new HashMap<UUID, Integer>(Map.of(UUID.randomUUID(), 1));
        orders.forEach(order -> wanted.put(order.document(), 1));
        var opened = vault.openAll(wanted);
        assertThat(opened).hasSize(300);
        orders.forEach(order -> assertThat(opened.get(order.document())).isEqualTo(order.values()));
    }

    @Test
    void knowsABuyerAgainWithinAnAccountAndOnlyThere() {
        var orders = List.of(
                anOrder(account).by("7"),
                anOrder(account).by("7"),
                anOrder(UUID.randomUUID()).by("7"));
        var receipts = vault.deposit(orders.stream().map(Deposited::deposit).toList());
        var later = vault.deposit(List.of(anOrder(account).by("7").deposit())).getFirst();
        assertThat(receipts.get(0).buyer())
                .isEqualTo(receipts.get(1).buyer())
                .isEqualTo(later.buyer())
                .isNotEqualTo(receipts.get(2).buyer());
    }

    @Test
    void makesADocumentWithoutABuyerABuyerOfItsOwn() {
        var one = anOrder(account).by(null);
        var other = anOrder(account).by(null);
        var receipts = vault.deposit(List.of(one.deposit(), other.deposit()));
        assertThat(receipts.get(0).buyer()).isNotEqualTo(receipts.get(1).buyer());
        assertThat(vault.deposit(List.of(one.version(2).deposit())).getFirst().buyer())
                .isEqualTo(receipts.get(0).buyer());
    }

    @Test
    void givesWordsByWhichTheDocumentIsFound() {
        var receipt = vault.deposit(List.of(anOrder(account).of("Łukasz Żółć").deposit()))
                .getFirst();
        assertThat(receipt.words()).containsAll(vault.query("zolc LUKASZ"));
        assertThat(receipt.words()).containsAll(vault.query("500000000"));
        assertThat(receipt.words()).doesNotContainAnyElementsOf(vault.query("nowak"));
        assertThat(vault.query(" - ")).isEmpty();
    }

    @Test
    void findsAnOrderNumberOnlyAsAWhole() {
        for (var number :
                List.of("AB-12/3", "29738e61-7f6a-11ee-b962-0242ac120002", "111-2222222-3333333", "123456789")) {
            assertThat(vault.whole(number)).isNotEmpty().isEqualTo(vault.query(number));
        }
        assertThat(vault.whole("AB-12/3")).doesNotContainAnyElementsOf(vault.query("12"));
        assertThat(vault.whole(" - ")).isEmpty();
    }

    @Test
    void withdrawsAllVersionsOfADocumentAndNoOthers() {
        var order = anOrder(account).by("1");
        var other = anOrder(account).by("1");
        vault.deposit(List.of(order.deposit(), order.version(2).deposit(), other.deposit()));

        transaction.executeWithoutResult(status -> vault.withdraw(List.of(order.document(), UUID.randomUUID())));

        assertThat(vault.openAll(Map.of(order.document(), 1, other.document(), 1)))
                .containsOnlyKeys(other.document());
        assertThat(vault.open(order.document(), 2)).isEmpty();
    }

    @Test
    void withdrawsOnlyTogetherWithWhatItsCallerDoes() {
        var order = anOrder(account).by(null);
        vault.deposit(List.of(order.deposit()));

        assertThatThrownBy(() -> vault.withdraw(List.of(order.document())))
                .isInstanceOf(IllegalTransactionStateException.class);
        transaction.executeWithoutResult(status -> {
            vault.withdraw(List.of(order.document()));
            status.setRollbackOnly();
        });

        assertThat(vault.open(order.document(), 1)).contains(order.values());
    }

    @Test
    void doesNotForgetAnErasureWhenADocumentIsWithdrawn() {
        var order = anOrder(account).by("1");
        vault.erase(vault.deposit(List.of(order.deposit())).getFirst().buyer());

        transaction.executeWithoutResult(status -> vault.withdraw(List.of(order.document())));
        vault.deposit(List.of(order.version(2).deposit()));

        assertThat(vault.open(order.document(), 2)).isEmpty();
    }

    @Test
    void erasesABuyerForGood() {
        var orders = List.of(
                anOrder(account).by("1"),
                anOrder(account).by("1"),
                anOrder(account).by("2"));
        var receipts = vault.deposit(orders.stream().map(Deposited::deposit).toList());
        assertThat(vault.erase(receipts.getFirst().buyer())).isTrue();
        assertThat(vault.erase(receipts.getFirst().buyer())).isFalse();
        assertThat(vault.erase(new BuyerId(UUID.randomUUID()))).isFalse();
        assertThat(vault.open(orders.get(0).document(), 1)).isEmpty();
        assertThat(vault.open(orders.get(1).document(), 1)).isEmpty();
        assertThat(vault.open(orders.get(2).document(), 1))
                .contains(orders.get(2).values());
    }

    @Test
    void doesNotBringErasedDataBackWhenAnOldOrderIsReadAgain() {
        var old = anOrder(account).by("1");
        var erased = vault.deposit(List.of(old.deposit())).getFirst().buyer();
        vault.erase(erased);
        var buyers = countBuyers();
        for (var again : List.of(old, old.version(2), old.version(3).by("1-renamed"))) {
            assertThat(vault.deposit(List.of(again.deposit())))
                    .containsExactly(new Receipt(old.document(), erased, false, Set.of()));
            assertThat(vault.open(old.document(), again.version())).isEmpty();
        }
        assertThat(countBuyers()).isEqualTo(buyers);
    }

    @Test
    void givesSomebodyWhoBuysAgainAfterHisErasureANewKey() {
        var old = anOrder(account).by("1");
        var erased = vault.deposit(List.of(old.deposit())).getFirst().buyer();
        vault.erase(erased);
        var fresh = anOrder(account).by("1");
        var receipts = vault.deposit(List.of(old.version(2).deposit(), fresh.deposit()));
        assertThat(receipts.get(0).buyer()).isEqualTo(erased);
        assertThat(receipts.get(1).buyer()).isNotEqualTo(erased);
        assertThat(vault.open(fresh.document(), 1)).contains(fresh.values());
        assertThat(vault.open(old.document(), 2)).isEmpty();
    }

    @Test
    void twoImportsOfTheSameBuyersNeitherBlockNorDoubleThem() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var barrier = new CyclicBarrier(4);
        var work = new ArrayList<Future<List<Receipt>>>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                var batch = new ArrayList<Deposit>();
                for (int index = 0; index < 400; index++) {
                    batch.add(anOrder(account).by("b" + random.nextInt(120)).deposit());
                }
                work.add(threads.submit(() -> {
                    barrier.await();
                    return vault.deposit(batch);
                }));
            }
            var buyers = new HashSet<BuyerId>();
            for (var receipts : work) {
                receipts.get().forEach(receipt -> buyers.add(receipt.buyer()));
            }
            assertThat(buyers).as("seed %d", seed).hasSizeLessThanOrEqualTo(120);
            assertThat(countBuyers()).as("seed %d", seed).isEqualTo(buyers.size());
        }
    }

    @Test
    void whatIsAddedByManyAtOnceIsAllThere() throws Exception {
        var order = anOrder(account);
        vault.deposit(List.of(order.deposit()));
        var barrier = new CyclicBarrier(8);
        var added = new HashMap<String, JsonNode>(order.values());
        try (var threads = Executors.newFixedThreadPool(8)) {
            var work = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 8; thread++) {
                var value = Map.<String, JsonNode>of("/note/" + thread, StringNode.valueOf("note " + thread));
                added.putAll(value);
                work.add(threads.submit(() -> {
                    barrier.await();
                    transaction.executeWithoutResult(_ -> vault.add(order.document(), 1, value));
                    return null;
                }));
            }
            for (var one : work) {
                one.get();
            }
        }
        assertThat(vault.open(order.document(), 1)).contains(added);
    }

    @Test
    void storesNothingForWhatTheRetentionHasEnded() {
        vault.keepFor(account, "somewhere", Duration.ofDays(30));
        var expired = anOrder(account).placed(Instant.now().minus(Duration.ofDays(31)));
        var recent = anOrder(account).placed(Instant.now().minus(Duration.ofDays(29)));
        var receipts = vault.deposit(List.of(expired.deposit(), recent.deposit()));
        assertThat(receipts.get(0).words()).isEmpty();
        assertThat(vault.open(expired.document(), 1)).isEmpty();
        assertThat(vault.open(recent.document(), 1)).contains(recent.values());
    }

    private int countBuyers() {
        return jdbc.sql("select count(*) from privacy.buyers where account = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }
}
