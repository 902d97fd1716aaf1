package dev.kontor.privacy.vault;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.audit.AuditLog;
import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.Vault;
import dev.kontor.privacy.Vault.Receipt;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyChecks;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.vault.Deposits.Sealed;
import dev.kontor.privacy.words.BlindWords;

import static dev.kontor.privacy.vault.Deposited.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A vault whose tree of buyers' keys can be replaced, again for each test. */
@ApplicationModuleTest(module = "privacy", extraIncludes = "audit")
@AutoConfigureMockMvc(addFilters = false)
@Import(SearchIndex.class)
abstract class TreeFixture {

    static final List<String> TABLES =
            List.of("privacy.key_checks", "privacy.accounts", "privacy.buyers", "privacy.deposits");

    @Autowired
    Vault vault;

    @Autowired
    Deposits deposits;

    @Autowired
    Shelves shelves;

    @Autowired
    References references;

    @Autowired
    Buyers buyers;

    @Autowired
    Erasure erasure;

    @Autowired
    Erasures erasures;

    @Autowired
    BlindWords words;

    @Autowired
    BuyerTrees trees;

    @Autowired
    TreeUpkeep upkeep;

    @Autowired
    ErasureProofs proofs;

    @Autowired
    AuditLog audit;

    @Autowired
    KeyFile<BuyerKeys> file;

    @Autowired
    KeyChecks checks;

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    PlatformTransactionManager transactions;

    @Value("${kontor.keys}")
    Path keys;

    @TempDir
    Path elsewhere;

    final UUID account = UUID.randomUUID();
    BuyerTrees later;

    /** Neither by the job nor as what follows from a test before. */
    @BeforeEach
    void nothingIsBeingReplaced() {
        await().until(() -> jdbc.sql("update scheduled_tasks set execution_time = now() + interval '1 day'"
                                + " where task_name = 'privacy-buyer-trees' and not picked")
                        .update()
                == 1);
        await().until(() -> jdbc.sql(
                        "select count(*) = 0 from event_publication where status in ('PUBLISHED', 'PROCESSING')")
                .query(Boolean.class)
                .single());
        later = new BuyerTrees(
                file,
                checks,
                deposits,
                _ -> {},
                audit,
                Clock.offset(Clock.systemUTC(), BuyerTrees.UNTIL_UNUSED.plusSeconds(1)));
        jdbc.sql("delete from privacy.deposits").update();
        checks.follow(file);
        file.latest().trees().stream()
                .filter(it -> !it.equals(file.latest().newest()))
                .forEach(it -> file.replace(present -> present.withoutTree(it.number())));
    }

    /** When the grace is over. */
    void removeLater(int tree) {
        transaction.executeWithoutResult(_ -> later.remove(tree));
    }

    int newest() {
        return file.latest().newest().number();
    }

    List<Deposited> orders(int count, String buyers) {
        return IntStream.range(0, count)
                .mapToObj(number -> anOrder(account).by(buyers + number / 5).of("Jan " + number))
                .toList();
    }

    List<Receipt> deposit(List<Deposited> orders) {
        return vault.deposit(orders.stream().map(Deposited::deposit).toList());
    }

    void assertReadable(List<Deposited> orders) {
        assertThat(vault.openAll(versions(orders))).isEqualTo(values(orders));
    }

    static Map<UUID, Integer> versions(List<Deposited> orders) {
        return orders.stream().collect(Collectors.toMap(Deposited::document, Deposited::version));
    }

    static Map<UUID, Object> values(List<Deposited> orders) {
        return orders.stream().collect(Collectors.toMap(Deposited::document, Deposited::values));
    }

    List<Sealed> sealed(List<Deposited> orders) {
        return deposits.sealed(versions(orders));
    }

    Map<UUID, Object> openAll(DepositKeys with, List<Deposited> orders) {
        return with.open(with.known(), sealed(orders)).stream()
                .collect(Collectors.toMap(it -> it.sealed().document(), DepositKeys.Opened::values));
    }

    BuyerId buyerOf(Deposited order) {
        return new BuyerId(jdbc.sql("select buyer from privacy.deposits where document = ?")
                .param(order.document())
                .query(UUID.class)
                .single());
    }

    String stateOf(Deposited order) {
        return jdbc.sql("select state from privacy.buyers where id = ?")
                .param(buyerOf(order).value())
                .query(String.class)
                .single();
    }
}
