package dev.kontor.privacy.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;

import dev.kontor.access.SealedColumn;
import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.privacy.Cipher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The key set for credentials is rotated while things are sealed, opened and changed. */
@ApplicationModuleTest(module = "privacy", extraIncludes = "audit")
@Import(KeySetRotationTests.Things.class)
class KeySetRotationTests {

    private static final int ROWS = 250;

    @TestConfiguration
    static class Things {
        @Bean
        SealedColumn thingsColumn() {
            return new SealedColumn("things", "id", "sealed", id -> "thing " + id);
        }
    }

    @Autowired
    CredentialKeySet keySet;

    @Autowired
    KeySetUpkeep upkeep;

    @Autowired
    KeyFile<CredentialKeys> file;

    @Autowired
    KeyChecks checks;

    @Autowired
    Cipher cipher;

    @Autowired
    List<SealedColumn> columns;

    @Autowired
    JdbcClient jdbc;

    @Value("${kontor.keys}")
    Path keys;

    @TempDir
    Path elsewhere;

    private List<UUID> ids;

    /** Neither the job nor what follows the rotation of a test before. */
    @BeforeEach
    void nobodyElseSealsAgain() {
        await().until(() -> jdbc.sql("update scheduled_tasks set execution_time = now() + interval '1 day'"
                                + " where task_name = 'privacy-key-set' and not picked")
                        .update()
                == 1);
        await().until(() -> jdbc.sql(
                        "select count(*) = 0 from event_publication where status in ('PUBLISHED', 'PROCESSING')")
                .query(Boolean.class)
                .single());
        sealSomething();
    }

    private void sealSomething() {
        jdbc.sql("create table if not exists things (id uuid primary key, sealed bytea)")
                .update();
        jdbc.sql("delete from things").update();
        ids = IntStream.range(0, ROWS).mapToObj(_ -> UUID.randomUUID()).toList();
        ids.forEach(id -> write(id, cipher));
    }

    @Test
    void sealsEverythingAgainOnTwoInstancesWhileOthersReadAndWrite() throws Exception {
        var old = file.latest().primary();
        var otherFile = KeyFile.open(new KeyDirectory(keys), new CredentialKeysFormat(Clock.systemUTC()));
        var otherCipher = new KeySetCipher(otherFile);
        var other =
                new KeySetUpkeep(columns, new SealedColumns(jdbc, otherCipher), otherFile, checks, Clock.systemUTC());
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> {
                for (int index = 0; !over.get(); index++) {
                    write(ids.get(index % ROWS), otherCipher); // for a second with the old key still
                }
                return true;
            });
            var reader = threads.submit(() -> {
                while (!over.get()) {
                    ids.forEach(id -> assertThat(read(id)).isEqualTo(id.toString()));
                }
                return true;
            });
            try {
                keySet.rotate();
                other.sealAgain();
                await().pollDelay(Duration.ofMillis(1500)) // until the other instance has heard of it
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> {
                            upkeep.sealAgain();
                            return !upkeep.uses().containsKey(old);
                        });
            } finally {
                over.set(true);
            }
            assertThat(writer.get()).isTrue();
            assertThat(reader.get()).isTrue();
        }
        assertThat(keySet.list()).last().satisfies(key -> {
            assertThat(key.primary()).isTrue();
            assertThat(key.needed()).containsEntry("things.sealed", (long) ROWS);
        });
    }

    @Test
    void tellsHowMuchIsLeftAndGoesOnWhereItWasCutOff() {
        var old = file.latest().primary();
        file.replace(KeySetRotationTests::rotated); // and here the power went
        ids.subList(0, 100).forEach(id -> write(id, cipher));
        assertThat(upkeep.uses().get(old)).containsEntry("things.sealed", ROWS - 100L);

        upkeep.sealAgain();

        assertThat(upkeep.uses()).doesNotContainKey(old);
        ids.forEach(id -> assertThat(read(id)).isEqualTo(id.toString()));
    }

    @Test
    void removesAKeyOnlyWhenNothingNeedsIt() {
        var old = file.latest().primary();
        var later = new KeySetUpkeep(
                columns,
                new SealedColumns(jdbc, cipher),
                file,
                checks,
                Clock.offset(Clock.systemUTC(), KeySetUpkeep.UNTIL_UNUSED.plusSeconds(1)));
        assertThatThrownBy(() -> later.remove(old)).isInstanceOf(Conflict.class).hasMessageContaining("rotate");
        var first = ids.getFirst();
        var sealedBefore = cipher.encrypt(first.toString().getBytes(UTF_8), "thing " + first);
        file.replace(KeySetRotationTests::rotated);
        later.sealAgain();
        assertThatThrownBy(() -> later.remove(old))
                .as("the database does not know of the new key yet")
                .isInstanceOf(Conflict.class);
        keySet.announce();
        ids.forEach(id -> assertThat(read(id)).isEqualTo(id.toString()));
        assertThatThrownBy(() -> upkeep.remove(old))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("only just");
        assertThat(file.latest().has(old)).isTrue();

        jdbc.sql("update things set sealed = :sealed where id = :id")
                .param("sealed", sealedBefore)
                .param("id", first)
                .update();
        assertThatThrownBy(() -> later.remove(old)).isInstanceOf(Conflict.class).hasMessageContaining("things.sealed");
        later.sealAgain();

        later.remove(old);

        assertThat(file.latest().has(old)).isFalse();
        assertThatThrownBy(() -> later.remove(old)).isInstanceOf(NotFound.class);
        ids.forEach(id -> assertThat(read(id)).isEqualTo(id.toString()));
        assertThat(checks.open(new KeyDirectory(keys), new CredentialKeysFormat(Clock.systemUTC())))
                .as("Kontor starts with what is left")
                .isNotNull();
    }

    @Test
    void whoCannotRemoveAKeyLeavesNoEntry() {
        var primary = Integer.toUnsignedString(file.latest().primary());

        assertThatThrownBy(() -> keySet.remove(primary)).isInstanceOf(Conflict.class);

        assertThat(jdbc.sql("select count(*) from audit.entries where action = 'key-set.key-removed'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatCannotBeOpenedKeepsItsKeyAndHoldsUpNothingElse() {
        var old = file.latest().primary();
        var moved = ids.getFirst();
        jdbc.sql("update things set sealed = :sealed where id = :id")
                .param("sealed", cipher.encrypt("x".getBytes(UTF_8), "thing of somebody else"))
                .param("id", moved)
                .update();
        file.replace(KeySetRotationTests::rotated);

        upkeep.sealAgain();

        assertThat(upkeep.uses().get(old)).containsEntry("things.sealed", 1L);
    }

    @Test
    void aKeyFileFromBeforeARotationIsRefusedAtTheStart() throws Exception {
        Files.copy(keys.resolve("credentials.json"), elsewhere.resolve("credentials.json"));
        keySet.rotate();
        assertThatThrownBy(() -> checks.open(new KeyDirectory(elsewhere), new CredentialKeysFormat(Clock.systemUTC())))
                .isInstanceOf(UnusableKeys.class)
                .hasMessageStartingWith("KONTOR_KEYS: ")
                .hasMessageEndingWith(".");
    }

    private static CredentialKeys rotated(CredentialKeys keys) {
        try {
            return keys.rotated(Clock.systemUTC().instant());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(UUID id, Cipher with) {
        jdbc.sql("insert into things values (:id, :sealed) on conflict (id) do update set sealed = excluded.sealed")
                .param("id", id)
                .param("sealed", with.encrypt(id.toString().getBytes(UTF_8), "thing " + id))
                .update();
    }

    private String read(UUID id) {
        var sealed = jdbc.sql("select sealed from things where id = ?")
                .param(id)
                .query(byte[].class)
                .single();
        return new String(cipher.decrypt(sealed, "thing " + id), UTF_8);
    }
}
