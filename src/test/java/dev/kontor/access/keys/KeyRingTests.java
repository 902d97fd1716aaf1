package dev.kontor.access.keys;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.AccessFixture;
import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.access.Scope;
import dev.kontor.api.Conflict;
import dev.kontor.audit.AuditLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several instances have one database and nothing else in common; each of these has a key ring of its own. */
class KeyRingTests extends AccessFixture {

    private static final int INSTANCES = 8;
    private static final CreateApiKey WISH =
            new CreateApiKey("program", List.of(Scope.ORDERS_READ), SourceAddresses.EVERYWHERE, null);
    private static final RotateApiKey ROTATION = new RotateApiKey(Duration.ofHours(1), null);

    @Autowired
    AuditLog audit;

    @Autowired
    ApiKeys keys;

    @Autowired
    KeySecrets secrets;

    @Autowired
    TransactionOperations transaction;

    Caller administrator;

    @BeforeEach
    void somebody() {
        var id = jdbc.sql("select id from access.users where name = 'administrator'")
                .query(UUID.class)
                .single();
        administrator = Caller.person(id, "administrator", Role.ADMINISTRATOR);
    }

    @Test
    void instancesThatGetTheSameRequestAtTheSameMomentMakeOneKey() {
        var request = UUID.randomUUID().toString();

        var made = onAll(() -> anInstance().create(WISH, request, administrator));

        assertThat(made)
                .extracting(issued -> issued.key().id())
                .containsOnly(made.getFirst().key().id());
        assertThat(made).filteredOn(issued -> issued.text() != null).hasSize(1);
        assertThat(made.getFirst().key().secrets()).hasSize(1);
        assertThat(jdbc.sql("select count(*) from access.api_keys k where not exists (select from"
                                + " access.api_key_secrets s where s.key_id = k.id)")
                        .query(Long.class)
                        .single())
                .as("keys without a secret")
                .isZero();
    }

    @Test
    void instancesThatGetTheSameRequestAtTheSameMomentRotateOnce() {
        var key = anInstance().create(WISH, null, administrator).key().id();
        var request = UUID.randomUUID().toString();

        var rotated = onAll(() -> anInstance().rotate(key, ROTATION, request, administrator));

        assertThat(rotated).filteredOn(issued -> issued.text() != null).hasSize(1);
        assertThat(anInstance().get(key).secrets()).hasSize(2);
        assertThat(anInstance().get(key).version()).isEqualTo(2);
    }

    @Test
    void ofManyRotationsAtTheSameMomentAsManyHappenAsThereIsRoomFor() {
        var key = anInstance().create(WISH, null, administrator).key().id();

        var outcomes = onAll(() -> {
            try {
                return anInstance().rotate(key, ROTATION, null, administrator).text() != null;
            } catch (Conflict e) {
                return false;
            }
        });

        assertThat(outcomes).filteredOn(rotated -> rotated).hasSize(2);
        assertThat(anInstance().get(key).secrets()).hasSize(3);
    }

    @Test
    void aSecretThatWasReplacedElsewhereEndsHereWhenItWasSaidTo() {
        var here = aCheck();
        var made = anInstance().create(WISH, null, administrator);
        assertThat(here.check(made.text(), "127.0.0.1")).isPresent();
        anInstance().rotate(made.key().id(), ROTATION, null, administrator);
        assertThat(aCheck().check(made.text(), "127.0.0.1")).isPresent();

        advance(Duration.ofHours(1));

        assertThatThrownBy(() -> aCheck().check(made.text(), "127.0.0.1")).hasMessageContaining("good until");
    }

    @Test
    void ofManyUsesAtTheSameMomentOnSeveralInstancesOneIsWritten() {
        var made = anInstance().create(WISH, null, administrator);
        countWrites();

        onAll(() -> {
            var uses = new KeyUses(secrets, clock);
            new KeyCheck(secrets, uses, clock).check(made.text(), "127.0.0.1");
            uses.write();
            return true;
        });

        assertThat(anInstance().get(made.key().id()).secrets().getFirst().lastUsedAt())
                .isEqualTo(clock.instant());
        assertThat(jdbc.sql("select count(*) from access.counted_writes")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    private void countWrites() {
        jdbc.sql("create table access.counted_writes (at timestamptz)").update();
        jdbc.sql("""
                        create function access.count_write() returns trigger language plpgsql as
                        'begin insert into access.counted_writes values (now()); return new; end'""").update();
        jdbc.sql("""
                        create trigger count_write after update of last_used_at on access.api_key_secrets
                        for each row execute function access.count_write()""").update();
    }

    @AfterEach
    void countNoMore() {
        jdbc.sql("drop function if exists access.count_write cascade").update();
        jdbc.sql("drop table if exists access.counted_writes").update();
    }

    private KeyCheck aCheck() {
        return new KeyCheck(secrets, new KeyUses(secrets, clock), clock);
    }

    private KeyRing anInstance() {
        return new KeyRing(keys, secrets, aCheck(), transaction, clock, audit);
    }

    private static <T> List<T> onAll(Callable<T> work) {
        try (var threads = Executors.newFixedThreadPool(INSTANCES)) {
            return threads.invokeAll(Collections.nCopies(INSTANCES, work)).stream()
                    .map(Future::resultNow)
                    .toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
