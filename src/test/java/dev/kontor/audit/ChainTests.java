package dev.kontor.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.IllegalTransactionStateException;

import dev.kontor.TestDatabase;
import dev.kontor.audit.chain.Verdict.Break;
import dev.kontor.audit.chain.Verdict.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How entries come about, are sealed, and tell when somebody has laid hands on them. */
class ChainTests {

    private String url;
    private Logbook log;

    @BeforeEach
    void open() {
        url = TestDatabase.create();
        Logbook.migrate(url, "postgres");
        log = new Logbook(url);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aChangeThatIsRolledBackLeavesNoEntry() {
        log.transaction.executeWithoutResult(status -> {
            log.log().record(Logbook.aChange());
            status.setRollbackOnly();
        });
        assertThat(log.entries()).isEmpty();
    }

    @Test
    void nothingIsRecordedOutsideOfTheTransactionOfTheChange() {
        assertThatThrownBy(() -> log.log().record(Logbook.aChange()))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void aReadingIsRecordedEvenIfWhatFollowsFails() {
        log.transaction.executeWithoutResult(status -> {
            log.log().recordAtOnce(Act.of("personal-data.read", "order", UUID.randomUUID()));
            status.setRollbackOnly();
        });
        assertThat(log.entries()).hasSize(1);
    }

    @Test
    void aTextGetsInOnlyWhereItsCallerVouchesForIt() {
        var change = Act.of("account.renamed", "account", UUID.randomUUID());
        assertThatThrownBy(() -> change.field("name", "Jan Kowalski"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name")
                .hasMessageNotContaining("Kowalski");
        assertThat(change.label("name", "Shop", "My shop").hidden("credentials").after())
                .containsEntry("name", "My shop")
                .containsEntry("credentials", "***");
    }

    @Test
    void fieldsThatDidNotChangeAreLeftOut() {
        var change = Act.of("policy.set", "account", UUID.randomUUID())
                .field("buffer", 1, 1L)
                .field("minimum", 2, 3);
        assertThat(change.before()).containsOnlyKeys("minimum").containsEntry("minimum", 2L);
        assertThat(change.after()).containsOnlyKeys("minimum").containsEntry("minimum", 3L);
    }

    @Test
    void aPersonWhoIsCalledByAnAddressOrANumberIsNotNamedInClear() {
        assertThat(Actor.person(UUID.randomUUID(), "anna.nowak@example.org").name())
                .isEqualTo("a***");
        assertThat(Actor.person(UUID.randomUUID(), "+48 601 234 567").name()).isEqualTo("+48***");
        assertThat(Actor.person(UUID.randomUUID(), "Anna 2").name()).isEqualTo("Anna 2");
    }

    @Test
    void whatIsCommittedIsSealedOnceAndHolds() {
        log.change(2_500); // more than are sealed in one go
        assertThat(log.verify().unsealed()).isEqualTo(2_500);
        assertThat(log.seal()).isEqualTo(2_500);
        assertThat(log.seal()).isZero();
        log.change(1);
        assertThat(log.seal()).isEqualTo(1);

        var verdict = log.verify();
        assertThat(verdict.intact()).isTrue();
        assertThat(verdict.links()).isEqualTo(2_501);
        assertThat(verdict.unsealed()).isZero();
        assertThat(verdict.head().sequence()).isEqualTo(2_501);
    }

    @Test
    void anEmptyLogHolds() {
        var verdict = log.verify();
        assertThat(verdict.intact()).isTrue();
        assertThat(verdict.head()).isNull();
    }

    /** Its entry is older, by number and by transaction, than many that are sealed before it can be seen. */
    @Test
    void whoCommitsLateIsNotPassedOver() throws Exception {
        try (var late = DriverManager.getConnection(url, "postgres", "postgres")) {
            late.setAutoCommit(false);
            var template = log.entries();
            assertThat(template).isEmpty();
            log.change(1);
            copyAnEntry(late);
            for (int round = 0; round < 5; round++) {
                log.change(3);
                assertThat(log.seal()).isEqualTo(round == 0 ? 4 : 3);
            }
            late.commit();
        }
        assertThat(log.verify().unsealed()).isEqualTo(1);
        assertThat(log.verify().first().kind()).isEqualTo(Kind.ENTRY_INSERTED); // a copy is not Kontor's
        assertThat(log.seal()).isZero();
    }

    /** Kontor's own late entry, among others that are faster. */
    @Test
    void aChangeThatTakesLongIsSealedWhenItEnds() throws Exception {
        var recorded = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> log.transaction.executeWithoutResult(_ -> {
                log.log().record(Act.of("items.imported", "items", "slow"));
                recorded.countDown();
                wait(others);
            }));
            recorded.await();
            for (int round = 0; round < 4; round++) {
                log.change(2);
                assertThat(log.seal()).isEqualTo(2);
            }
            others.countDown();
            slow.get();
        }
        assertThat(log.seal()).isEqualTo(1);
        assertThat(log.verify().intact()).isTrue();
        assertThat(log.jdbc.sql("""
                        select l.sequence from audit.links l join audit.entries e on e.id = l.entry
                        where e.object_id = 'slow'""").query(Long.class).single()).isEqualTo(9);
        assertThat(log.entries().getLast().entry().objectId()).isEqualTo("slow");
    }

    /** In a copy of the database on another server transactions are numbered anew. */
    @Test
    void whatWasRestoredFromACopyIsSealedByWhoBeginsWithIt() {
        log.change(3);
        log.seal();
        log.change(2);
        log.tamper("update audit.entries set transaction = '4000000000' where number > 2");
        try (var restored = new Logbook(url)) {
            assertThat(restored.seal()).isEqualTo(2);
            restored.change(4);
            assertThat(restored.seal()).isEqualTo(4);
            assertThat(restored.verify().unsealed()).isZero();
            assertThat(restored.verify().intact()).isTrue();
        }
    }

    @Test
    void manyRecordWhileTwoSealAndNothingIsLostOrSealedTwice() throws Exception {
        var recording = new AtomicBoolean(true);
        try (var other = new Logbook(url);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sealers = new ArrayList<Future<?>>();
            for (var sealer : new Logbook[] {log, other}) {
                sealers.add(threads.submit(() -> {
                    while (recording.get()) {
                        sealer.seal();
                    }
                }));
            }
            var writers = new ArrayList<Future<?>>();
            for (int writer = 0; writer < 8; writer++) {
                var own = writer % 2 == 0 ? log : other;
                writers.add(threads.submit(() -> {
                    for (int change = 0; change < 100; change++) {
                        var several = ThreadLocalRandom.current().nextInt(1, 4);
                        var undone = change % 10 == 9;
                        own.transaction.executeWithoutResult(status -> {
                            for (int each = 0; each < several; each++) {
                                own.log().record(Logbook.aChange());
                                Thread.yield();
                            }
                            if (undone) {
                                status.setRollbackOnly();
                            }
                        });
                    }
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
            recording.set(false);
            for (var sealer : sealers) {
                sealer.get();
            }
            log.seal();
            other.seal();
        }
        var entries = log.entries().size();
        assertThat(entries).isGreaterThanOrEqualTo(8 * 90);
        var verdict = log.verify();
        assertThat(verdict.first()).isNull();
        assertThat(verdict.links()).isEqualTo(entries);
        assertThat(verdict.unsealed()).isZero();
    }

    /** @param at the link that is named, or nothing where no link is about it */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update audit.entries set action = 'account.resumed' where number = 4                        | ENTRY_CHANGED  | 4
            update audit.entries set actor_id = 'somebody else' where number = 4                        | ENTRY_CHANGED  | 4
            update audit.entries set actor_kind = 'NOBODY' where number = 4                             | ENTRY_CHANGED  | 4
            update audit.entries set at = at - interval '1 microsecond' where number = 4                | ENTRY_CHANGED  | 4
            update audit.entries set before = '{"paused": false}' where number = 4                      | ENTRY_CHANGED  | 4
            update audit.entries set after = null where number = 4                                      | ENTRY_CHANGED  | 4
            update audit.entries set address = '10.0.0.1' where number = 4                              | ENTRY_CHANGED  | 4
            update audit.entries set correlation = 'x' where number = 4                                 | ENTRY_CHANGED  | 4
            update audit.entries set mac = (select mac from audit.entries where number = 5) where number = 4 | ENTRY_CHANGED | 4
            delete from audit.entries where number = 4                                                  | ENTRY_REMOVED  | 4
            delete from audit.links where sequence = 4                                                  | LINK_REMOVED   | 4
            delete from audit.links where sequence = 1                                                  | LINK_REMOVED   | 1
            update audit.links set hash = sha256('x') where sequence = 4                                | LINK_CHANGED   | 4
            update audit.links set sealed_at = sealed_at - interval '1 second' where sequence = 4       | LINK_CHANGED   | 4
            update audit.links set sequence = 11 where sequence = 10                                    | LINK_REMOVED   | 10
            insert into audit.entries (id, at, actor_kind, actor_id, actor_name, action, object_type, object_id, correlation, mac) select gen_random_uuid(), at, actor_kind, actor_id, actor_name, action, object_type, object_id, correlation, mac from audit.entries where number = 4 | ENTRY_INSERTED |
            """)
    void namesTheFirstPlaceThatDoesNotHold(String tampering, Kind kind, Long at) {
        log.change(10);
        log.seal();
        assertThat(log.verify().intact()).isTrue();

        log.tamper(tampering);

        var verdict = log.verify();
        assertThat(verdict.first()).isNotNull();
        assertThat(verdict.first().kind()).isEqualTo(kind);
        assertThat(verdict.first().sequence()).isEqualTo(at);
        log.change(1);
        log.seal();
        assertThat(log.verify().first()).as("goes on beside it").isEqualTo(verdict.first());
    }

    @Test
    void anEntryInsertedWithALinkOfItsOwnDoesNotFollow() {
        log.change(3);
        log.seal();
        log.tamper("""
                with forged as (insert into audit.entries (id, at, actor_kind, actor_id, actor_name, action, object_type,
                  object_id, correlation, mac) select gen_random_uuid(), at, actor_kind, actor_id, actor_name, action,
                  object_type, object_id, correlation, mac from audit.entries where number = 3 returning id)
                insert into audit.links (sequence, entry, sealed_at, hash) select 4, id, now(), sha256('x') from forged""");
        assertThat(log.verify().first().sequence()).isEqualTo(4);
    }

    @Test
    void theOrderOfEntriesCannotBeExchanged() {
        log.change(4);
        log.seal();
        log.tamper(
                "update audit.links set entry = gen_random_uuid() where sequence = 2",
                "update audit.links set entry = (select id from audit.entries where number = 2) where sequence = 3",
                "update audit.links set entry = (select id from audit.entries where number = 3) where sequence = 2");
        assertThat(log.verify().first())
                .isEqualTo(new Break(
                        Kind.LINK_CHANGED, 2L, log.entries().get(1).entry().id()));
    }

    @Test
    void aTailThatWasCutOffShowsAgainstAnEarlierHead() {
        log.change(5);
        log.seal();
        var head = log.verify().head();
        log.change(3);
        log.seal();
        assertThat(log.verify(head).intact()).isTrue();
        var newest = log.verify().head();

        log.tamper("delete from audit.entries where number > 6", "delete from audit.links where sequence > 6");

        assertThat(log.verify().intact()).as("nothing else can tell").isTrue();
        assertThat(log.verify(head).intact()).isTrue();
        assertThat(log.verify(newest).first()).isEqualTo(new Break(Kind.TAIL_REMOVED, 7L, null));
        log.change(5);
        log.seal();
        assertThat(log.verify(newest).first().kind()).as("others in its place").isEqualTo(Kind.HEAD_CHANGED);
    }

    @Test
    void afterwardsAllBreaksAreCountedAndTheFirstIsNamed() {
        log.change(10);
        log.seal();
        log.tamper(
                "update audit.entries set action = 'x' where number in (7, 3)",
                "delete from audit.entries where number = 9");
        var verdict = log.verify();
        assertThat(verdict.broken()).isEqualTo(3);
        assertThat(verdict.first().sequence()).isEqualTo(3);
    }

    private static void copyAnEntry(Connection connection) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into audit.entries (id, at, actor_kind, actor_id, actor_name, action, object_type, object_id,
                      correlation, mac) select gen_random_uuid(), at, actor_kind, actor_id, actor_name, action, object_type,
                      object_id, correlation, mac from audit.entries limit 1""");
        }
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
