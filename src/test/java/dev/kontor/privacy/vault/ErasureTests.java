package dev.kontor.privacy.vault;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.audit.Act;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.Vault.Receipt;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyChecks;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.keys.LeafRange;
import dev.kontor.privacy.vault.ErasureProof.Reason;

import static dev.kontor.privacy.vault.Deposited.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApplicationModuleTest(module = "privacy", extraIncludes = "audit")
@AutoConfigureMockMvc(addFilters = false)
@Import(SearchIndex.class)
class ErasureTests {

    private static final List<String> TABLES =
            List.of("privacy.key_checks", "privacy.accounts", "privacy.buyers", "privacy.deposits", "search_index");

    @Autowired
    Vault vault;

    @Autowired
    Erasure erasure;

    @Autowired
    Erasures erasures;

    @Autowired
    KeyFile<BuyerKeys> file;

    @Autowired
    KeyChecks checks;

    @Autowired
    SearchIndex index;

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    MockMvcTester mvc;

    @Test
    void aCopyTakenBeforeTheErasureShowsNothingWhenItIsPutBack() throws Exception {
        var account = UUID.randomUUID();
        var order = anOrder(account).by("kup-7").of("Bożydar Niezapomniany");
        var other = anOrder(account).of("Ktoś Inny");
        var receipt = deposit(order);
        deposit(other);
        assertThat(index.find(vault.query("bozydar niezapomniany"))).containsExactly(order.document());
        var copy = Copy.of(database, TABLES);

        vault.erase(receipt.buyer());
        assertThat(index.find(vault.query("niezapomniany"))).isEmpty();
        copy.putBack(database);

        assertThat(jdbc.sql("select count(*) from privacy.deposits where document = ? and ciphertext is not null")
                        .param(order.document())
                        .query(Integer.class)
                        .single())
                .as("the ciphertext is really back")
                .isOne();
        assertThat(vault.open(order.document(), 1)).isEmpty();
        assertThat(vault.open(other.document(), 1)).contains(other.values());
        await().untilAsserted(() -> {
            assertThat(index.find(vault.query("niezapomniany"))).isEmpty();
            assertThat(mvc.get().uri("/api/v1/buyers/{id}", receipt.buyer().value()))
                    .bodyJson()
                    .extractingPath("$.state")
                    .isEqualTo("ERASED");
        });
        assertThat(index.find(vault.query("ktos inny"))).containsExactly(other.document());
        assertThat(deposit(order).words()).isEmpty();
    }

    @Test
    void aCopyPutBackIsNotFilledWithErasedDataByReadingTheOrderAgain() throws Exception {
        var order = anOrder(UUID.randomUUID()).by("kup-8").of("Zofia Znikająca");
        var receipt = deposit(order);
        var copy = Copy.of(database, TABLES);
        vault.erase(receipt.buyer());
        copy.putBack(database);

        var again = deposit(order.version(2));
        assertThat(again).isEqualTo(new Receipt(order.document(), receipt.buyer(), false, Set.of()));
        assertThat(vault.open(order.document(), 2)).isEmpty();

        var fresh = anOrder(order.account()).by("kup-8");
        assertThat(deposit(fresh).buyer()).isNotEqualTo(receipt.buyer());
        assertThat(vault.open(fresh.document(), 1)).contains(fresh.values());
    }

    @Test
    void noColumnOfTheWholeDatabaseHoldsPlainValues() {
        var order = anOrder(UUID.randomUUID()).by("Käufer-Sauerkraut").of("Wirbelwind Sauerkraut");
        var receipt = deposit(order);
        for (var phase : List.of("stored", "erased")) {
            for (var column : columns()) {
                for (var word : List.of("sauerkraut", "wirbelwind", "500 000 000", "500000000")) {
                    assertThat(rowsWith(column, word))
                            .as("%s holds %s when %s", column, word, phase)
                            .isZero();
                }
            }
            vault.erase(receipt.buyer());
        }
    }

    @Test
    void anInterruptedErasureIsResumed() {
        var condemned = anOrder(UUID.randomUUID());
        var punctured = anOrder(UUID.randomUUID());
        var one = deposit(condemned);
        var other = deposit(punctured);
        erasure.condemn(
                List.of(one.buyer().value(), other.buyer().value()),
                Erasures.EVER,
                Reason.RETENTION,
                _ -> Act.of("x", "x", 1));
        var leaf = jdbc.sql("select leaf from privacy.buyers where id = ?")
                .param(other.buyer().value())
                .query(Long.class)
                .single();
        file.replace(keys -> keys.without(List.of(LeafRange.of(leaf)))); // and here the power went

        new RestoredCopies(file, checks, erasure).start();

        for (var receipt : List.of(one, other)) {
            assertThat(jdbc.sql("select state from privacy.buyers where id = ?")
                            .param(receipt.buyer().value())
                            .query(String.class)
                            .single())
                    .isEqualTo("ERASED");
            assertThat(jdbc.sql("select count(*) from search_index where buyer = ?")
                            .param(receipt.buyer().value())
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
        assertThat(checks.generation(BuyerKeys.NAME)).isEqualTo(file.latest().generation());
    }

    @Test
    void erasingWhileTheSameBuyersAreReadAgainLeavesNothingBehind() throws Exception {
        var account = UUID.randomUUID();
        var orders = IntStream.range(0, 60)
                .mapToObj(number -> anOrder(account).by("b" + number % 20))
                .toList();
        var first = orders.stream()
                .map(this::deposit)
                .map(Receipt::buyer)
                .distinct()
                .toList();
        var barrier = new CyclicBarrier(3);
        try (var threads = Executors.newFixedThreadPool(3)) {
            var sweep = threads.submit(() -> {
                barrier.await();
                for (int version = 2; version < 12; version++) {
                    var next = version;
                    transaction.executeWithoutResult(status -> index.add(vault.deposit(orders.stream()
                            .map(order -> order.version(next).deposit())
                            .toList())));
                }
                return true;
            });
            var erasers = IntStream.range(0, 2)
                    .mapToObj(half -> threads.submit(() -> {
                        barrier.await();
                        first.subList(half * 10, half * 10 + 10).forEach(vault::erase);
                        return true;
                    }))
                    .toList();
            assertThat(sweep.get()).isTrue();
            for (var eraser : erasers) {
                assertThat(eraser.get()).isTrue();
            }
        }
        for (var order : orders) {
            for (int version = 1; version < 12; version++) {
                assertThat(vault.open(order.document(), version)).isEmpty();
            }
            assertThat(jdbc.sql("select count(*) from search_index where document = ?")
                            .param(order.document())
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
        assertThat(jdbc.sql("select count(*) from privacy.buyers where account = ? and state <> 'ERASED'")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private Receipt deposit(Deposited order) {
        var receipts = vault.deposit(List.of(order.deposit()));
        index.add(receipts);
        return receipts.getFirst();
    }

    record Column(String table, String name) {}

    private List<Column> columns() {
        return jdbc.sql("""
                        select quote_ident(table_schema) || '.' || quote_ident(table_name) as "table", quote_ident(column_name) as name
                        from information_schema.columns join information_schema.tables using (table_schema, table_name)
                        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
                        """).query(Column.class).list();
    }

    /** As text, and bytes also as the text that they spell. */
    private int rowsWith(Column column, String word) {
        var text = "%s::text".formatted(column.name());
        return jdbc.sql("select count(*) from %s where %s ilike ? or %s ilike ?".formatted(column.table(), text, text))
                .params("%" + word + "%", "%" + HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8)) + "%")
                .query(Integer.class)
                .single();
    }
}
