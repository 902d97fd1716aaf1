package dev.kontor.privacy.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class KeyFileTests {

    @TempDir
    Path temporary;

    private Path keys = Path.of("");
    private KeyDirectory directory = new KeyDirectory(keys);
    private final BuyerKeysFormat format = new BuyerKeysFormat();

    @BeforeEach
    void startWithoutADirectory() {
        keys = temporary.resolve("deep/keys");
        directory = new KeyDirectory(keys);
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        KeyFile.openOrCreate(directory, format).replace(it -> it.without(List.of(LeafRange.of(7))));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        for (var file : List.of("buyers.tree", "lock")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(keys).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void manyWhoStartAtOnceGetTheSameKeys() throws Exception {
        var barrier = new CyclicBarrier(8);
        var files = new ArrayList<Future<KeyFile<BuyerKeys>>>();
        var ids = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                files.add(threads.submit(() -> {
                    barrier.await();
                    return KeyFile.openOrCreate(new KeyDirectory(keys), format);
                }));
            }
            for (var file : files) {
                ids.add(file.get().keys().newest().id());
            }
        }
        assertThat(ids).hasSize(1);
    }

    @Test
    void punctersInTwoInstancesLoseNothingOfEachOther() throws Exception {
        var instances =
                List.of(KeyFile.openOrCreate(directory, format), KeyFile.openOrCreate(new KeyDirectory(keys), format));
        try (var threads = Executors.newFixedThreadPool(2)) {
            var work = new ArrayList<Future<?>>();
            for (int instance = 0; instance < 2; instance++) {
                var own = instance;
                work.add(threads.submit(() -> {
                    for (int index = 0; index < 25; index++) {
                        var leaf = LeafRange.of(2L * index + own);
                        instances.get(own).replace(it -> it.without(List.of(leaf)));
                    }
                }));
            }
            for (var it : work) {
                it.get();
            }
        }
        for (var instance : instances) {
            assertThat(instance.latest().generation()).isEqualTo(50);
            for (long leaf = 0; leaf < 50; leaf++) {
                assertThat(instance.latest().tree().covers(leaf)).isFalse();
            }
        }
    }

    @Test
    void noticesWhatAnotherInstanceDidWithinASecondOrSo() {
        var one = KeyFile.openOrCreate(directory, format);
        var other = KeyFile.openOrCreate(new KeyDirectory(keys), format);
        one.replace(it -> it.without(List.of(LeafRange.of(7))));
        assertThat(one.keys().tree().covers(7)).isFalse();
        await().untilAsserted(() -> assertThat(other.keys().tree().covers(7)).isFalse());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void refusesADamagedFileInOneSentence(long seed) throws Exception {
        var random = new Random(seed);
        for (var it : List.of(format, new IndexKeyFormat(), new CredentialKeysFormat(Clock.systemUTC()))) {
            KeyFile.openOrCreate(directory, it);
            damage(keys.resolve(it.fileName()), random);
            assertThatThrownBy(() -> KeyFile.openOrCreate(directory, it))
                    .as("seed %d", seed)
                    .isInstanceOf(UnusableKeys.class)
                    .hasMessageStartingWith("KONTOR_KEYS: " + keys.resolve(it.fileName()))
                    .hasMessageEndingWith(".");
        }
    }

    @Test
    void goesOnWithTheKeysItHasWhenTheFileIsGoneButNeverReplacesIt() throws Exception {
        var file = KeyFile.openOrCreate(directory, format);
        Files.delete(keys.resolve("buyers.tree"));
        assertThat(file.latest().tree().covers(1)).isTrue();
        assertThatThrownBy(() -> file.replace(it -> it.without(List.of(LeafRange.of(1)))))
                .hasMessageContaining("buyers.tree");
        assertThat(keys.resolve("buyers.tree")).doesNotExist();
    }

    private static void damage(Path file, Random random) throws IOException {
        var content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, random.nextInt(content.length)));
    }
}
